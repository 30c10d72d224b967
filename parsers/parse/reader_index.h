/* Inside the reader: what it knows about forms and words, compiled once. */
#ifndef PARSERS_READER_INDEX_H
#define PARSERS_READER_INDEX_H

#include "parsers/parse/reader_forms.h"
#include "parsers/form/form.h"
#include "parsers/words/class_set.h"
#include "parsers/words/word_class.h"

#define NO_CLASS (-2) /* a class that no lexicon file has */

/* What a value may begin with. */
enum begins {
	BEGINS_WORD = 1,
	BEGINS_DIGITS = 2,
	BEGINS_NUMBER = 4, /* in digits or words */
	BEGINS_DATE = 8,
	BEGINS_HALF = 16, /* "setengah" */
	BEGINS_SLIP = 32, /* a word that means nothing else: perhaps a slip */
	BEGINS_ALL = 64
};

/* A field that is read without its key, where one of these or a word of its class begins. */
struct unkeyed {
	int field;
	enum field_type type;
	unsigned begins;
	int word; /* that class; -1 */
};

/* A keyword as it is compared with a slip of it, which begins with its first or second letter. */
#define KEYWORD_SLIPS 4 /* letters: shorter keywords allow no slip */
#define SLIP_HEADS    32
struct slip_word {
	const char *text; /* small letters */
	size_t length;
	uint32_t letters; /* see fuzzy.h */
	const struct form_index *index;
	const struct slip_word *next[2]; /* of those with about the same first, second letter */
};

/* What a reader knows about one form beside the form itself. */
struct form_index {
	const struct form *form;
	int key_class; /* class of its keys in reader->keys */
	int words[REPORT_FIELDS]; /* lexicon class of each field's words; -1 */
	struct class_set meanings; /* all those classes */
	signed char order[REPORT_FIELDS]; /* position; -1: never by position */
	signed char repeat[REPORT_FIELDS]; /* which of the fields that each child has; -1: none */
	signed char by_order[REPORT_FIELDS]; /* the field at a position */
	struct unkeyed unkeyed[REPORT_FIELDS]; /* fields read without a key */
	size_t nunkeyed;
	unsigned long rows[BEGINS_ALL]; /* of those by what begins, one bit each ... */
	unsigned long classed; /* ... those with a class, one bit each ... */
	struct class_set classes; /* ... and all classes of those */
	size_t days; /* fields that are a day */
	bool months; /* a number is told in months */
	/* fields in front of a position, one bit each ... */
	unsigned long before[REPORT_FIELDS + 1];
	unsigned long alike[REPORT_FIELDS]; /* ... and all of the type of the field at a position */
	/* fields without a word for which a report is never whole, one bit each */
	unsigned long needs;
	unsigned long alone; /* those that are found where nobody tells them, one bit each */
	unsigned long row; /* counts that may be required, one bit each */
	bool patterns; /* a field is read by a pattern */
	uint64_t spelt; /* spelt_bit() of the choices of fields that have no words for them */
	/* the name by position; the field that a mother's title moves it to, -1 */
	int name, mother;
	int posyandu, area, story_class, prose_class;
};

struct reader {
	struct arena *arena;
	const struct form *const *forms;
	struct form_index *index;
	size_t nform;
	const struct lexicon *lexicon;
	const struct form **by_letter;
	struct lexicon *keys;
	struct vocabulary *asked; /* the words of questions */
	const char *cause_class; /* of what somebody died of; NULL ... */
	struct vocabulary *causes; /* ... and its words */
	struct lexicon *spelt; /* keys that can be spelt as one word: "beratbadan" */
	int yes_no;
	const struct slip_word *slips[2][SLIP_HEADS]; /* keywords by their first, second letter */
	struct class_set stories, proses; /* classes of words that tell a story, prose */
	bool *relevant; /* by lexicon class: words of reports, not of commands */
	size_t nclass;
	const struct faqs *faqs; /* NULL: none */
};

#endif
