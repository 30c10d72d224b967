/* Inside the reader: one report of a message while it is read.
 *
 * Recognisers (one per field type, field*.c) look at every token and add candidates: "tokens 3 to 5 may be
 * berat = 3200, worth 24". assign.c then takes the set of candidates that do not overlap, use each field once
 * and are worth most together. What is worth what stands in enum worth.
 */
#ifndef PARSERS_PARSE_H
#define PARSERS_PARSE_H

#include "parsers/form.h"
#include "parsers/reader.h"
#include "parsers/token.h"

#define CANDIDATES_MAX 768
#define STEPS_MAX      60000

enum worth {
	WORTH_KEYED = 30, WORTH_UNIT = 22, WORTH_WORD = 20, WORTH_SLIP = 13, WORTH_LETTER = 9,
	WORTH_DATE = 24, WORTH_FULL_DATE = 44, WORTH_SHORT_DATE = 20, WORTH_NIK = 40, WORTH_CODE = 90, WORTH_NUMBER = 8, WORTH_WRONG = 3,
	WORTH_TITLE = 18, WORTH_NAME = 12, WORTH_PLACE = 24, WORTH_TOKEN = 2,
	WORTH_NEXT = 6, WORTH_EARLIER = -3, WORTH_USUAL = 3, WORTH_UNUSUAL = -6,
	WORTH_SKIP_NUMBER = -8, WORTH_SKIP_MEANING = -4, WORTH_SKIP_WORD = -1,
};

enum candidate_kind { KIND_KEYED, KIND_TYPED, KIND_BARE };
enum { FLAG_NIGHT = 1, FLAG_FUZZY = 2, FLAG_TITLE_IBU = 4, FLAG_TITLE_BAYI = 8, FLAG_DAWN = 16, FLAG_SURE = 32 };

struct candidate {
	unsigned short first, last; /* tokens [first, last) */
	signed char field;
	signed char problem; /* enum problem_code; -1: a good value */
	signed char kind;
	unsigned char flags;
	unsigned char child; /* 0; twins: 1 is the second child's */
	short worth;
	const char *value; /* canonical; NULL when there is a problem */
	const char *offer;
	const char *why; /* for --explain */
	unsigned long print; /* of field and value */
	const struct option *options; /* of an ambiguous place */
	size_t noption;
};

/* What a reader knows about one form beside the form itself. */
struct form_index {
	const struct form *form;
	int key_class; /* class of its keys in reader->keys */
	int words[REPORT_FIELDS]; /* lexicon class of each field's words; -1 */
	signed char order[REPORT_FIELDS]; /* position; -1: never by position */
	signed char by_order[REPORT_FIELDS]; /* the field at a position */
	int name, mother; /* the name by position; the field that a mother's title moves it to, -1 */
	int posyandu, area, story_class;
};

enum word_class { CLASS_TITLE, CLASS_FILLER, CLASS_NOT_NAME, CLASS_UNIT, CLASS_MONTH, CLASS_DAY, CLASS_WEEKDAY,
	CLASS_AGO, CLASS_HOUR, CLASS_NUMBER, CLASS_NIHIL, CLASS_TRAINING, CLASS_TWINS, CLASS_DEATH, CLASS_NO_DEATH,
	CLASS_CHAT, CLASS_NO_KEYWORD, CLASS_VAGUE_DAY, CLASS_HALF,
	CLASS_GREETING, CLASS_COUNT };

struct reader {
	const struct form *const *forms;
	struct form_index *index;
	size_t nform;
	const struct lexicon *lexicon;
	struct lexicon *keys;
	int keyword_class, yes_no;
	int classes[CLASS_COUNT];
	bool *relevant; /* by lexicon class: words of reports, not of commands */
	size_t nclass;
};

struct parse {
	const struct reader *reader;
	const struct form_index *index;
	struct scratch *scratch;
	struct arena *arena;
	const struct read_context *context;
	const char *text;
	struct token *tokens; /* of the whole message */
	size_t first, last; /* this report's, without its keyword */
	bool strong, commas; /* explicit separators, or commas, part the fields */
	unsigned children;
	struct candidate *candidates;
	size_t ncandidate;
	short taken[TOKENS_MAX]; /* candidate that covers a token, -1 */
	short chosen[TOKENS_MAX];
	size_t nchosen;
	int worth;
	bool keyed_counts; /* counts stand behind their keys: no number counts by its position */
	bool unclear[REPORT_FIELDS]; /* a second reading is as good ... */
	const struct candidate *rival[REPORT_FIELDS]; /* ... with this value, or without one */
};

/* Takes the best candidates: fills taken, chosen, unclear. */
void parse_assign(struct parse *parse);
/* Reads the tokens [first, last) as a report of a form: candidates, twins, assignment. */
void parse_region(struct parse *parse, const struct form_index *index, size_t first, size_t last);
/* The report of one child out of what was chosen, with its problems, not judged yet. */
void parse_report(struct parse *parse, unsigned child, struct report *report);
/* A form by its keyword at a token; end: the first token after it, 0: none. */
struct keyword {
	const struct form_index *index;
	size_t end;
	bool slip; /* not written exactly so: it counts only when fields read */
};
struct keyword keyword_at(const struct parse *parse, size_t at);
struct keyword keyword_slip(const struct parse *parse, size_t at);
struct keyword keyword_near(struct parse *parse, size_t *count, size_t at);
/* Whether a story of this form is told at a token: a word of dying that is nobody's lamp. */
bool story_word_at(const struct parse *parse, const struct form_index *index, size_t at);
bool read_story(struct parse *parse, size_t count, struct reading *out);
bool read_nihil(struct parse *parse, size_t count, struct reading *out);
bool read_shape(struct parse *parse, size_t count, struct reading *out);
/* Adds the region's reports to out, judged. */
void add_reports(struct parse *parse, bool story, bool slip, struct reading *out);
/* How much was read: fields, and words that nothing explains. */
size_t parse_fields_read(const struct parse *parse);
size_t parse_words_left(const struct parse *parse);
size_t parse_tokens_left(const struct parse *parse); /* fillers too */

/* Steps are counted, not timed; false: the limit is reached and reading stops. */
bool parse_step(struct parse *parse, size_t steps);

struct candidate *candidate_add(struct parse *parse, size_t first, size_t last, int field, int worth, const char *value,
	const char *why);
/* As candidate_add, for a value that cannot be accepted. */
struct candidate *candidate_wrong(struct parse *parse, size_t first, size_t last, int field, int worth,
	enum problem_code problem, const char *why);

/* Whether a word means anything in reports; a key of the form or a form's keyword. */
bool token_means(const struct parse *parse, size_t i);
bool token_is(const struct token *token, int class_id);
const char *token_meaning(const struct token *token, int class_id); /* canonical; NULL */
/* The longest phrase of a class that begins at a token: its end, 0 when there is none. */
size_t phrase_at(const struct parse *parse, size_t first, int class_id, const char **meaning);
int parse_class(const struct parse *parse, enum word_class which);
bool parse_crosses(const struct parse *parse, size_t token); /* an explicit separator stands in front of it */
/* Twins: every candidate of a repeated field once more for a further child. */
void candidates_twin(struct parse *parse, unsigned child);
size_t parse_segment_end(const struct parse *parse, size_t first);
bool parse_starts_segment(const struct parse *parse, size_t token);

#endif
