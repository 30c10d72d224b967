/* A reader: forms and words, compiled once. What is inside: reader_index.h; reading with it:
 * parsers/reader.h. */
#ifndef PARSERS_READER_FORMS_H
#define PARSERS_READER_FORMS_H

#include "parsers/form/reading.h"

struct lexicon; /* parsers/words/lexicon.h */
struct reader;

/* Takes ownership of nothing; forms and lexicon must outlive the reader. */
struct reader *reader_new(
	const struct form *const *forms, size_t nform, const struct lexicon *lexicon);
void reader_free(struct reader *reader);
struct faqs; /* parsers/meaning/faq.h */
/* What else is explained; it must outlive the reader too. */
void reader_explain(struct reader *reader, const struct faqs *faqs);
const struct form *reader_form(const struct reader *reader, const char *name); /* "lahir"; NULL */
/* The i-th form, by the order of the files; NULL behind the last. */
const struct form *reader_form_at(const struct reader *reader, size_t i);
/* The next one from *i on whose reports belong to cases; *i is then behind it. */
const struct form *reader_form_with_cases(const struct reader *reader, size_t *i);
/* Does a word (small letters) mean something here? For struct text_knows. */
bool reader_knows(const void *reader, const char *word, size_t length);
const struct form *reader_form_by_letter(const struct reader *reader, char letter); /* 'L'; NULL */

#endif
