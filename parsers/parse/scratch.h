/* What one thread needs while it reads: the report it is at, room, and the step counter. */
#ifndef PARSERS_SCRATCH_H
#define PARSERS_SCRATCH_H

#include "parsers/parse/beam.h"
#include "parsers/parse/candidate.h"
#include "parsers/parse/reader_index.h"
#include "parsers/words/token.h"

#define CANDIDATES_MAX 768
#define STEPS_MAX      150000 /* of a message: some 3 ms; people's take less than 30,000 */
#define STEPS_OVER     150000 /* at most so many more: what is at work then looks for its end */

#define TAKEN_REMARK (-2) /* told behind a complete report, and no value of it */
struct parse { /* one report of a message while it is read */
	const struct reader *reader;
	const struct form_index *index;
	struct scratch *scratch;
	size_t *steps; /* of the message; all work is counted */
	struct arena *arena;
	const struct read_context *context;
	const char *text;
	struct token *tokens; /* of the whole message */
	size_t first, last; /* this report's, without its keyword */
	struct class_set classes; /* that a word of the stretch may mean */
	unsigned types; /* of the fields with candidates there, one bit each */
	size_t behind; /* what people say behind it ends there */
	bool strong, commas, practice; /* separators, or commas, part the fields; LATIH */
	unsigned children;
	struct candidate *candidates;
	size_t ncandidate;
	short taken[TOKENS_ROOM]; /* candidate that covers a token, -1, TAKEN_REMARK */
	short chosen[TOKENS_MAX];
	size_t nchosen;
	const struct form_index *read; /* what the candidates belong to; NULL: nothing read yet */
	size_t read_first, read_last;
	int worth;
	const char *told; /* the number that was written last, NULL: none yet */
	double told_value;
	bool keyed_counts; /* behind their keys: no number counts by its position ... */
	size_t row_end; /* ... or only those that are required, in front of this token */
	struct bare_count count;
	bool one_value; /* the text is one value behind a key, no message */
	bool counts_first; /* "4 bumil, 2 busui": each count stands in front of its key */
	bool unclear[REPORT_FIELDS]; /* a second reading is as good ... */
	const struct candidate *rival[REPORT_FIELDS]; /* ... with this value, or without one */
};

#define MEMOS_MAX 32
struct place_memo { /* the last places that were looked up; see place_memo.h */
	char name[64];
	const struct area *within;
	int rc;
	enum place_kind { PLACE_DESA, PLACE_UNIT, PLACE_UNIT_EXACT } kind;
	union {
		struct area_matches areas;
		struct posyandu_matches units;
	};
};
struct place_memos {
	struct place_memo list[MEMOS_MAX];
	size_t count; /* ever; 0 in front of each message */
};

#define KEPT_MAX 12
struct kept_reading { /* a stretch that was read, as it was then */
	struct parse parse;
	struct candidate *candidates;
	struct token_begun *begun; /* of its tokens */
};

/* Where the report behind a keyword ends, the last that was asked for. */
struct kept_region {
	const struct form_index *index; /* NULL: none since the tokens were cut */
	size_t from, count, end;
};

struct scratch {
	struct token tokens[TOKENS_ROOM];
	struct candidate candidates[CANDIDATES_MAX];
	struct candidate overflow; /* takes what no longer fits */
	short by_token[TOKENS_MAX + 1]; /* first candidate that begins at a token, -1 */
	struct move moves[CANDIDATES_MAX];
	struct beam_state beam[TOKENS_MAX + 1][BEAM];
	unsigned char nbeam[TOKENS_MAX + 1];
	int floor[TOKENS_MAX + 1]; /* what is not worth more need not apply: out of reach */
	int hope[TOKENS_MAX + 1]; /* the most that the tokens from here on may be worth */
	int skip[TOKENS_MAX]; /* what a token is worth that nothing explains */
	unsigned width; /* states kept at a token */
	struct place_memos places;
	struct kept_reading kept[KEPT_MAX];
	size_t nkept; /* since the tokens were cut */
	struct kept_region region;
	struct parse parse;
	struct reading asked; /* see reader_talk.c */
	bool other_text; /* the tokens are those of one value that was read meanwhile */
	size_t steps;
};

#endif
