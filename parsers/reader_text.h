/* Inside the reader: one text as one message. */
#ifndef PARSERS_READER_TEXT_H
#define PARSERS_READER_TEXT_H

#include "parsers/intent/intent_words.h"
#include "parsers/parse/keyword.h"
#include "parsers/words/needs.h"

/* Folded and rewritten, without space at its ends, in the call's memory; *cut: it is longer than
 * what is read; *rules: what their sieve says of it. */
char *text_trimmed(
	const struct intent_call *call, const char *text, bool *cut, struct rule_set *rules);
/* Cuts a text into tokens: how many, more than TOKENS_MAX where only so many were kept. A midwife's
 * notation is a value where a report begins whose form reads it by a pattern, and says nothing
 * elsewhere: *with is then the text that still has it, else NULL. */
size_t text_cut(struct parse *parse, char *text, const char **with);
/* Does a word of the class stand anywhere in the tokens? */
bool text_has_word(const struct parse *parse, size_t count, enum word_class which);
/* Reads a message as it came; of the call its text is not asked. */
void read_whole(const struct intent_call *call, const char *text, struct reading *out);
/* Reads call->text, of so many tokens, into a cleared reading. */
void read_text(const struct intent_call *call, size_t count, struct reading *out);
/* Values that stand in the text itself; what is left over, and which twin it is, tell nothing. */
size_t report_written(const struct report *report);
bool report_of_nobody(const struct report *report); /* and of no day */
/* reader_asks.c: a month or more is named; something is asked, and no report of it told. */
bool reader_of_months(const struct intent_call *call);
bool reader_only_asks(const struct intent_call *call, const struct reading *told);
/* "posyandu melati belum diadakan", "… ditunda minggu depan": a session that is still to come, which
 * is not counted as one that was not held. */
bool session_to_come(
	const struct intent_call *call, size_t count, const struct class_set *classes);
/* What is asked behind a death that is told is answered, and the death is told besides. */
void reader_answer_too(const struct intent_call *call, struct reading *out);
/* Nothing was read of it, and it may ask for something that is counted. */
enum asking { ASKS_NOT, ASKS_PERHAPS, ASKS_BY_SIGN, ASKS_BY_WORD };
enum asking reader_asks_more(const struct intent_call *call, const struct reading *told);
/* How many, which, who, when, why, whether it came: nobody tells so. */
bool reader_word_asks(const struct words *words, size_t i);
/* reader_talk.c: as reader_read() without a look at its clauses. */
void reader_read_one(const struct intent_call *call, const char *text, struct reading *out);
/* reader_clauses.c: what whole, read of call->text, leaves unanswered is answered clause by clause;
 * out: the first answer, the further ones to be asked in out->query.then. */
bool reader_clauses_answer(
	const struct intent_call *call, const struct reading *whole, struct reading *out);
/* reader_bare.c: a question's text without the words that nothing knows, *left; NULL: there is none. */
const char *reader_bare(const struct intent_call *call, const char **left);

#endif
