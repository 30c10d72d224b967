/* The table of words: phrases hashed to their meanings, in the order in which they were added.
 *
 * Phrases are normalised when they are added just as text is cut into tokens (letters and digits
 * apart, everything else one space), so that "laki2", "laki-laki" and "sp.og" are written naturally
 * in the files.
 */
#include "parsers/words/lexicon.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/text/error.h"
#include "parsers/words/ignore.h"
#include "parsers/words/rewrite.h"
#include "parsers/words/word_class.h"

#define PHRASE_MAX  96
#define NEAREST_MIN 5
#define SHORT_MOST  16 /* letters of a shortened word */
#define HASH_BITS   15
#define HASHES      (1u << HASH_BITS)
#define LETTERS     32 /* first letters told apart */

struct slot {
	uint32_t hash;
	struct lexicon_entry *entry;
};

/* An entry as it is compared with a slip of it. */
struct near {
	int next; /* the next one of the class with the same first letter, -1 */
	uint32_t letters;
};

struct lexicon {
	struct arena *arena;
	const char **classes;
	struct members {
		struct lexicon_entry *first, *last;
	} *members; /* of each class */
	size_t nclass;
	int *class_next; /* of classes: the next one whose name has the same bit, -1 */
	int class_heads[LEXICON_NAMES];
	struct lexicon_entry **entries; /* in order */
	size_t nentry;
	struct slot *slots;
	size_t nslot; /* a power of two */
	size_t nfilled;
	uint64_t hashes[HASHES / 64]; /* of the phrases, a bit each: most other words end there */
	struct near *near; /* of each entry, where a slip may mean it */
	struct sieve *sieve; /* of the rules of both */
	struct ignores *ignores;
	struct rewrites *rewrites;
	struct lexicon *shorts; /* of the class of that name, apart: no token is one; NULL: none */
	int *heads; /* by class and first letter, for lexicon_nearest() */
};

/* The first classes of every lexicon, whether it has words of them or not. */
static const char *const word_classes[CLASS_COUNT] = {
	[CLASS_TITLE] = "gelar",
	[CLASS_FILLER] = "isi",
	[CLASS_NOT_NAME] = "bukan_nama",
	[CLASS_ALSO_NAME] = "nama_juga",
	[CLASS_UNIT] = "satuan",
	[CLASS_MONTH] = "bulan",
	[CLASS_DAY] = "hari",
	[CLASS_WEEKDAY] = "hari_minggu",
	[CLASS_DAY_WORD] = "kata_hari",
	[CLASS_TIME_ZONE] = "zona_waktu",
	[CLASS_AND] = "dan",
	[CLASS_AGO] = "lalu",
	[CLASS_HOUR] = "jam",
	[CLASS_NUMBER] = "angka",
	[CLASS_NIHIL] = "nihil",
	[CLASS_TRAINING] = "latih",
	[CLASS_TWINS] = "kembar",
	[CLASS_DEATH] = "meninggal",
	[CLASS_NO_DEATH] = "bukan_kematian",
	[CLASS_NEAR_DEATH] = "sekitar_kematian",
	[CLASS_ALSO] = "juga",
	[CLASS_CHAT] = "obrolan",
	[CLASS_NO_KEYWORD] = "bukan_kata_kunci",
	[CLASS_VAGUE_DAY] = "waktu_lalu",
	[CLASS_HALF] = "setengah",
	[CLASS_NO_SLIP] = "bukan_salah_tulis",
	[CLASS_GREETING] = "sapaan",
	[CLASS_POINT] = "koma",
	[CLASS_NEGATION] = "ingkar",
	[CLASS_IN] = "letak",
	[CLASS_CHILD] = "anak",
	[CLASS_MOTHER] = "ibunya",
	[CLASS_KIN] = "kerabat",
	[CLASS_OUTCOME] = "luaran",
	[CLASS_NIHIL_WORDS] = "isi_nihil",
	[CLASS_MINE] = "milikku",
	[CLASS_ASIDE] = "selingan",
	[CLASS_OWNER] = "milik_lain",
	[CLASS_HEDGE] = "kira_kira",
	[CLASS_FRACTION] = "pecahan",
	[CLASS_MINUTES] = "lewat_jam",
	[CLASS_DELIVERY] = "bersalin",
	[CLASS_ORDINAL] = "anak_ke",
	[CLASS_PREDICATE] = "perihal",
	[CLASS_MENDING] = "ralatan",
	[CLASS_NEXT_MONTH] = "bulan_depan",
	[CLASS_PERSON] = "orang",
	[CLASS_NEAR] = "dekat",
	[CLASS_BEFORE] = "dahulu",
	[CLASS_JOINING] = "sambungan",
	[CLASS_EARLIER] = "hari_lain",
	[CLASS_OTHER_MONTH] = "bulan_lain",
	[CLASS_NEGATIVE] = "negatif",
	[CLASS_SINCE] = "sejak",
	[CLASS_WIFE] = "istri",
	[CLASS_EVER] = "pernah",
	[CLASS_MAY] = "tanya_boleh",
	[CLASS_EXAMPLE] = "contoh_isian", [CLASS_NOT_YET] = "belum_jadi",
	[CLASS_CRY] = "darurat", [CLASS_CRY_AROUND] = "sekitar_darurat",
	[CLASS_KEYWORD] = "keyword",
};

/* Up to eight octets as one number. */
static uint64_t octets(const char *text, size_t length)
{
	uint32_t first, last;
	uint64_t eight;

	if (length == sizeof(eight)) {
		memcpy(&eight, text, sizeof(eight));
		return eight;
	}
	if (length < sizeof(first))
		return length == 0 ? 0 : (uint64_t)(unsigned char)text[0] |
			(uint64_t)(unsigned char)text[length / 2] << 8 |
			(uint64_t)(unsigned char)text[length - 1] << 16;
	memcpy(&first, text, sizeof(first));
	memcpy(&last, text + length - sizeof(last), sizeof(last));
	return first | (uint64_t)last << 32;
}

uint32_t lexicon_hash(const char *text, size_t length)
{
	uint64_t hash = length;

	for (; length > 8; text += 8, length -= 8)
		hash = (hash ^ octets(text, 8)) * 0x9e3779b97f4a7c15u;
	hash = (hash ^ octets(text, length)) * 0x9e3779b97f4a7c15u;
	return (uint32_t)(hash ^ hash >> 32);
}

static void rules_free(struct lexicon *lexicon)
{
	ignores_free(lexicon->ignores);
	rewrites_free(lexicon->rewrites);
	sieve_free(lexicon->sieve);
}

void lexicon_free(struct lexicon *lexicon)
{
	if (!lexicon)
		return;
	arena_free(lexicon->arena);
	free(lexicon->classes);
	free(lexicon->members);
	free(lexicon->class_next);
	free(lexicon->entries);
	free(lexicon->slots);
	free(lexicon->near);
	free(lexicon->heads);
	rules_free(lexicon);
	lexicon_free(lexicon->shorts);
	free(lexicon);
}

void lexicon_rules(struct lexicon *lexicon, struct sieve *sieve, struct ignores *ignores,
	struct rewrites *rewrites)
{
	rules_free(lexicon);
	lexicon->sieve = sieve;
	lexicon->ignores = ignores;
	lexicon->rewrites = rewrites;
}

const struct rewrites *lexicon_rewrites(const struct lexicon *lexicon)
{
	return lexicon->rewrites;
}

const struct ignores *lexicon_ignores(const struct lexicon *lexicon)
{
	return lexicon->ignores;
}

static struct slot *slot_find(
	const struct lexicon *lexicon, uint32_t hash, const char *phrase, size_t length)
{
	size_t i = hash & (lexicon->nslot - 1);

	while (lexicon->slots[i].entry) {
		const struct lexicon_entry *entry = lexicon->slots[i].entry;

		if (lexicon->slots[i].hash == hash && entry->length == length &&
		    memcmp(entry->phrase, phrase, length) == 0)
			break;
		i = (i + 1) & (lexicon->nslot - 1);
	}
	return &lexicon->slots[i];
}

/* The bit of a hash, of those that a slot is not found by. */
static uint32_t hash_bit(uint32_t hash)
{
	return hash >> (32 - HASH_BITS);
}

static void slots_grow(struct lexicon *lexicon)
{
	struct slot *old = lexicon->slots;
	size_t nold = lexicon->nslot;

	lexicon->nslot *= 2;
	lexicon->slots = xcalloc(lexicon->nslot, sizeof(*lexicon->slots));
	for (size_t i = 0; i < nold; i++) {
		if (old[i].entry)
			*slot_find(lexicon, old[i].hash, old[i].entry->phrase,
				old[i].entry->length) = old[i];
	}
	free(old);
}

static int *head_of(const struct lexicon *lexicon, int class_id, char letter)
{
	return &lexicon->heads[(size_t)class_id * LETTERS + (unsigned char)letter % LETTERS];
}

static int class_add(struct lexicon *lexicon, const char *name)
{
	int id = lexicon_class(lexicon, name), *head;

	if (id >= 0)
		return id;
	lexicon->class_next =
		xgrow(lexicon->class_next, lexicon->nclass, sizeof(*lexicon->class_next));
	head = &lexicon->class_heads[lexicon_name(name)];
	lexicon->class_next[lexicon->nclass] = *head;
	*head = (int)lexicon->nclass;
	lexicon->classes = xgrow(lexicon->classes, lexicon->nclass, sizeof(*lexicon->classes));
	lexicon->heads =
		xgrow(lexicon->heads, lexicon->nclass, LETTERS * sizeof(*lexicon->heads));
	lexicon->members = xgrow(lexicon->members, lexicon->nclass, sizeof(*lexicon->members));
	lexicon->members[lexicon->nclass] = (struct members){NULL, NULL};
	memset(lexicon->heads + lexicon->nclass * LETTERS, -1, LETTERS * sizeof(*lexicon->heads));
	lexicon->classes[lexicon->nclass] = arena_strdup(lexicon->arena, name);
	return (int)lexicon->nclass++;
}

struct lexicon *lexicon_new(void)
{
	struct lexicon *lexicon = xcalloc(1, sizeof(*lexicon));

	lexicon->arena = arena_new();
	lexicon->nslot = 64;
	lexicon->slots = xcalloc(lexicon->nslot, sizeof(*lexicon->slots));
	memset(lexicon->class_heads, -1, sizeof(lexicon->class_heads));
	for (size_t i = 0; i < CLASS_COUNT; i++)
		class_add(lexicon, word_classes[i]);
	return lexicon;
}

/* As tokens are cut; returns the number of words, 0 when nothing is left or it is too long. */
static unsigned phrase_normalise(const char *phrase, char out[PHRASE_MAX])
{
	size_t length = 0;
	unsigned words = 0;
	int last = 0; /* 0 nothing, 1 letter, 2 digit */

	for (const char *c = phrase; *c; c++) {
		unsigned char byte = (unsigned char)*c;
		int kind = isdigit(byte) ? 2 : isalpha(byte) || byte >= 0x80 ? 1 : 0;

		if (kind == 0 && byte == '\'' && last == 1)
			kind = 1;
		if (length + 3 > PHRASE_MAX)
			return 0;
		if (kind && kind != last) {
			if (length)
				out[length++] = ' ';
			words++;
		}
		if (kind)
			out[length++] = (char)tolower(byte);
		last = kind;
	}
	out[length] = '\0';
	return words;
}

/* Phrases of several words leave a mark under their first word: an entry of class -1 with the
 * number of words of the longest. */
static struct lexicon_entry *entry_put(struct lexicon *lexicon, const char *text, size_t length,
	int class_id, const char *canonical, unsigned words, bool *fresh)
{
	struct lexicon_entry *entry, *last = NULL;
	struct slot *slot;

	if (2 * (lexicon->nfilled + 1) > lexicon->nslot)
		slots_grow(lexicon);
	slot = slot_find(lexicon, lexicon_hash(text, length), text, length);
	for (struct lexicon_entry *e = slot->entry; e; e = (struct lexicon_entry *)e->next) {
		*fresh = e->class_id != class_id;
		if (!*fresh)
			return e;
		last = e;
	}
	*fresh = true;
	entry = arena_alloc(lexicon->arena, sizeof(*entry));
	entry->class_name = class_id < 0 ? "" : lexicon->classes[class_id];
	entry->name = class_id < 0 ? -1 : lexicon_name(lexicon->classes[class_id]);
	entry->class_id = class_id;
	entry->canonical = arena_strdup(lexicon->arena, canonical);
	entry->number = atoi(canonical);
	entry->phrase = last ? last->phrase : arena_strndup(lexicon->arena, text, length);
	entry->words = words;
	entry->length = (unsigned)length;
	entry->letters = fuzzy_letters(text, length);
	entry->longest = 1;
	if (last) {
		last->next = entry;
	} else {
		*slot = (struct slot){lexicon_hash(text, length), entry};
		lexicon->hashes[hash_bit(slot->hash) / 64] |= UINT64_C(1)
			<< hash_bit(slot->hash) % 64;
		lexicon->nfilled++;
	}
	class_put(&slot->entry->names, entry->name);
	class_put(&slot->entry->classes, class_id);
	return entry;
}

/* The first of the chain that an entry stands in. */
static struct lexicon_entry *first_of(const struct lexicon *lexicon, const struct lexicon_entry *e)
{
	return slot_find(lexicon, lexicon_hash(e->phrase, e->length), e->phrase, e->length)->entry;
}

static int phrase_add(
	struct lexicon *lexicon, const char *class_name, const char *canonical, const char *phrase)
{
	char text[PHRASE_MAX];
	unsigned words = phrase_normalise(phrase, text);
	int class_id = class_add(lexicon, class_name);
	struct lexicon_entry *entry, *mark, *first;
	struct members *members = &lexicon->members[class_id];
	bool fresh, marked;
	int *head;

	if (words == 0 || words > LEXICON_WORDS)
		return ERR_RANGE;
	entry = entry_put(lexicon, text, strlen(text), class_id, canonical, words, &fresh);
	if (!fresh)
		return same_name(entry->canonical, canonical) ? OK : ERR_EXISTS;
	if (words > 1) {
		mark = entry_put(lexicon, text, strcspn(text, " "), -1, "", words, &marked);
		mark->words = words > mark->words ? words : mark->words;
		first = first_of(lexicon, mark);
		first->longest = mark->words;
		first->followed |= spelt_bit(strchr(text, ' ') + 1);
		class_put(&first->opens, class_id);
	}
	lexicon->entries = xgrow(lexicon->entries, lexicon->nentry, sizeof(*lexicon->entries));
	lexicon->near = xgrow(lexicon->near, lexicon->nentry, sizeof(*lexicon->near));
	head = head_of(lexicon, class_id, text[0]);
	lexicon->near[lexicon->nentry] = (struct near){*head, entry->letters};
	if (words == 1 && entry->length >= NEAREST_MIN)
		*head = (int)lexicon->nentry;
	lexicon->entries[lexicon->nentry++] = entry;
	if (members->last)
		members->last->more = entry;
	else
		members->first = entry;
	members->last = entry;
	return OK;
}

int lexicon_add(
	struct lexicon *lexicon, const char *class_name, const char *canonical, const char *phrase)
{
	if (!same_name(class_name, LEXICON_SHORTS))
		return phrase_add(lexicon, class_name, canonical, phrase);
	if (!lexicon->shorts)
		lexicon->shorts = lexicon_new();
	return phrase_add(lexicon->shorts, class_name, canonical, phrase);
}

const char *lexicon_long_form(const struct lexicon *lexicon, const char *word, size_t length)
{
	const struct lexicon_entry *entry = lexicon->shorts && length <= SHORT_MOST
		? lexicon_find(lexicon->shorts, word, length) : NULL;

	return entry ? entry->canonical : NULL;
}

const struct lexicon_entry *lexicon_find(
	const struct lexicon *lexicon, const char *phrase, size_t length)
{
	return lexicon_find_hashed(lexicon, lexicon_hash(phrase, length), phrase, length);
}

const struct lexicon_entry *lexicon_find_hashed(
	const struct lexicon *lexicon, uint32_t hash, const char *phrase, size_t length)
{
	uint32_t bit = hash_bit(hash);

	return lexicon->hashes[bit / 64] >> bit % 64 & 1
		? slot_find(lexicon, hash, phrase, length)->entry : NULL;
}

const char *lexicon_word(const struct lexicon *lexicon, const char *class_name, const char *phrase)
{
	const struct lexicon_entry *entry = lexicon_find(lexicon, phrase, strlen(phrase));

	while (entry && !same_name(entry->class_name, class_name))
		entry = entry->next;
	return entry ? entry->canonical : NULL;
}

size_t lexicon_classes(const struct lexicon *lexicon)
{
	return lexicon->nclass;
}

int lexicon_class(const struct lexicon *lexicon, const char *class_name)
{
	int id = lexicon->class_heads[lexicon_name(class_name)];

	while (id >= 0 && !same_name(lexicon->classes[id], class_name))
		id = lexicon->class_next[id];
	return id;
}

static bool may_be_near(const char *a, size_t alen, const char *b, size_t blen)
{
	if (alen > blen + 1 || blen > alen + 1)
		return false;
	return a[0] == b[0] || (a[0] == b[1] && a[1] == b[0]);
}

/* One chain of entries; false when two meanings are as near. swapped: their first two letters. */
static bool nearest_in(const struct lexicon *lexicon, int head, const char *word, size_t length,
	uint32_t letters, bool swapped, const struct lexicon_entry **best)
{
	for (int i = head; i >= 0; i = lexicon->near[i].next) {
		const struct lexicon_entry *e;

		if (swapped ? letters != lexicon->near[i].letters
			    : fuzzy_too_far(letters, lexicon->near[i].letters, 1))
			continue; /* nearly always */
		e = lexicon->entries[i];
		if (!may_be_near(word, length, e->phrase, e->length) ||
			fuzzy_distance(word, length, e->phrase, e->length, 1) > 1)
			continue;
		if (*best && !same_name((*best)->canonical, e->canonical))
			return false;
		*best = e;
	}
	return true;
}

const struct lexicon_entry *lexicon_nearest(
	const struct lexicon *lexicon, int class_id, const char *word)
{
	int first = class_id < 0 ? -1 : *head_of(lexicon, class_id, word[0]);
	int second = class_id < 0 || word[0] == word[1] ? -1 : *head_of(lexicon, class_id, word[1]);
	size_t length = first < 0 && second < 0 ? 0 : strlen(word);
	const struct lexicon_entry *best = NULL;
	uint32_t letters;

	if (length < NEAREST_MIN - 1)
		return NULL;
	letters = fuzzy_letters(word, length);
	return nearest_in(lexicon, first, word, length, letters, false, &best) &&
		nearest_in(lexicon, second, word, length, letters, true, &best) ? best : NULL;
}

int lexicon_each(const struct lexicon *lexicon, const char *class_name,
	int (*each)(const struct lexicon_entry *entry, void *context), void *context)
{
	int class_id = lexicon_class(lexicon, class_name), result = 0;
	const struct lexicon_entry *e = class_id < 0 ? NULL : lexicon->members[class_id].first;

	for (; e && !result; e = e->more)
		result = each(e, context);
	return result;
}
