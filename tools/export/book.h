/* What the code book says of a form: for the book and the card. */
#ifndef TOOLS_BOOK_H
#define TOOLS_BOOK_H

#include "flows/reply/reply.h"
#include "gateway/config/config_load.h"
#include "parsers/form/form.h"

enum book_need { BOOK_MAY, BOOK_SOMETIMES, BOOK_MUST };
enum book_need book_need(const struct form *form, const struct form_field *field);
const char *book_label(const struct form_field *field); /* "berat (gram)" */
size_t book_label_length(const char *label); /* without "(gram)" */

/* One page of A5 for a kader's pocket, as PDF on standard output; more pages when the forms are too
 * many. ERR_SYSTEM. */
int card_write(const struct config *config, struct reply_context *context) MUST_CHECK;

#endif
