/* Inside the reader: the one answer to "where does a report begin and end".
 *
 * A message is a row of regions, each a stretch of tokens that is read as one form:
 *
 *   1. Candidates are found once for a stretch and kept (read/stretch.c): trials cost little.
 *   2. A region is proposed where a keyword stands first or behind greetings, or coded behind chat
 *      (opening.c), with a slip, at another posyandu's row, at a word of dying (story.c), or by
 *      the shape of its fields alone; last of all at any keyword further on.
 *   3. It ends where the next one is proposed: a keyword on a new line or among numbers, a row, a
 *      second event, a death that is told behind it (ending.c).
 *   4. Each proposal is scored by what it explains: good values, then what stays missing or
 *      unclear once it is judged, then words that nothing explains (aside/trial.h). The best
 *      stands.
 *   5. Talk around it is left out where the rest is no worse without it (aside/aside.h).
 *
 * parts.c asks the other way round: whether one SMS is several messages, each whole by itself. All of
 * it runs under the step limit. --explain shows each region that was taken and what was left out of it.
 * The parts of an SMS (parts.h) have a header of their own.
 */
#ifndef PARSERS_REGION_H
#define PARSERS_REGION_H

#include "parsers/parse/keyword.h"

/* opening.c: the first token that is no greeting. */
size_t skip_leading(const struct parse *parse, size_t count);
/* The first token of a report's fields: behind its keyword, or the keyword where it is a value. */
size_t region_start(const struct parse *parse, const struct keyword *keyword, size_t at);
/* A report behind chat whose fields separators part: its keyword, and *at its place. */
struct keyword coded_keyword(const struct parse *parse, size_t count, size_t *at);

/* ending.c: a keyword that only says when something of another report was, with fewer words of talk
 * behind its day. */
bool only_a_day(const struct parse *parse, const struct form_index *own,
	const struct keyword *next, size_t at, size_t talk);
/* Where the report behind a keyword ends. */
size_t region_end(struct parse *parse, const struct keyword *keyword, size_t count);
/* The keyword of the report at a token, behind another. */
struct keyword next_keyword(
	const struct parse *parse, const struct keyword *last, size_t at, size_t count);
/* "… HIDUP, MATI BAYI#…": the death behind a report has its own keyword and says whose it is. */
bool death_keyword(const struct parse *parse, size_t at);
/* Where a death is told that is no part of the report behind a keyword, or of "none this month"
 * (index NULL); end: nowhere. */
size_t story_behind(struct parse *parse, const struct keyword *keyword, size_t end);
/* "… N30 tadi pagi bu tini meninggal": in one breath with the person the day is the event's, not
 * the session's, where no other is told behind: where its words begin; person: none. */
size_t day_in_front(const struct parse *parse, const struct form_index *own, size_t first,
	size_t person);

/* A keyword further on than *at with a report that leaves least open, read from there or with what
 * its clause says in front of it (within); *at is then where it begins. end 0: none. */
struct keyword keyword_ahead(struct parse *parse, size_t count, size_t *at);

/* story.c: without a keyword, by a word of dying or by the shape of the fields */
bool read_story(struct parse *parse, size_t count, struct reading *out);
/* A death that is told in the tokens [first, end). */
void read_death(struct parse *parse, size_t first, size_t end, struct reading *out);
bool read_shape(struct parse *parse, size_t count, struct reading *out);

/* regions.c: the reports of a message */
bool read_any(struct parse *parse, size_t count, struct reading *out);
/* The same from a keyword on, behind what was read of it. */
void read_behind(struct parse *parse, size_t first, size_t count, struct reading *out);
/* A keyword and several fields: no command. */
bool plainly_report(struct parse *parse, size_t count);

#endif
