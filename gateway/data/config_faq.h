/* conf/lexicon/faq*.ini: [name] when (lines of words that lead to it), the answer in each language
 * (id, jv, su, en), example (questions that must lead to it), not (such that must not). */
#ifndef GATEWAY_CONFIG_FAQ_H
#define GATEWAY_CONFIG_FAQ_H

#include "flows/reply/catalogue.h"
#include "gateway/ini/config_file.h"
#include "parsers/meaning/faq.h"
#include "parsers/reader.h"

#define FAQ_FILES "faq" /* how their names begin */

/* The words; catalogue: takes the answers too, NULL: they are not needed. */
int config_faqs_read(struct faqs *faqs, const struct lexicon *lexicon, struct catalogue *catalogue,
	const char *directory, struct config_errors *errors) MUST_CHECK;
/* Runs the examples. */
int config_faqs_prove(const struct reader *reader, const char *directory,
	struct config_errors *errors) MUST_CHECK;

#endif
