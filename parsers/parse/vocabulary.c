/* Words of questions by their first letter: see vocabulary.h. */
#include "parsers/parse/vocabulary.h"

#include <string.h>

#include "parsers/words/fuzzy.h"

#define LETTERS	    32 /* first letters told apart */
#define SLIP_LEAST  4  /* letters of a word with a slip in it; of so few none is another one */
#define VOWEL_LEAST 3  /* of one whose vowels are left out ... */
#define SHORT_MOST  5  /* ... and of what it then stands for */

#define HASHES	    4096

struct vocabulary {
	struct arena *arena;
	uint64_t hashes[HASHES / 64]; /* of the words, a bit each: most others end there */
	struct known_word *heads[LETTERS];
	bool core; /* while it is filled: what the class says */
};

static const char *const core_classes[] = {"indikator", "indikator_sambung", "indikator_akhir",
	"bulan", "periode", "satuan_periode", "bagian_tahun", "terakhir", "yang_lalu", "sejak",
	"sampai", "tanya", "tingkat_daftar", "waktu_daftar", "unit_daftar", "tiap", "banding",
	"urutan_daftar", "salin_oleh", "rinci_isian", "hadir_siapa", "hadir_kata", "arti", "tren",
	"form_lapor", "meninggal", "kecuali"};
static const char *const other_classes[] = {
	"pengisi_tanya", "dan_juga", "penghubung", "yang", "punya", "di_dalam"};

static struct known_word **head_of(const struct vocabulary *vocabulary, char letter)
{
	return (struct known_word **)&vocabulary->heads[(unsigned char)letter % LETTERS];
}

const struct known_word *vocabulary_find(
	const struct vocabulary *vocabulary, const char *text, size_t length)
{
	uint32_t hash = lexicon_hash(text, length) % HASHES;
	const struct known_word *word = length && vocabulary->hashes[hash / 64] >> hash % 64 & 1
		? *head_of(vocabulary, *text) : NULL;

	while (word && (word->length != length || memcmp(word->text, text, length) != 0))
		word = word->next;
	return word;
}

static int add(const struct lexicon_entry *entry, void *context)
{
	struct vocabulary *vocabulary = context;

	for (const char *at = entry->phrase; *at;) {
		size_t length = strcspn(at, " ");

		if (!vocabulary_find(vocabulary, at, length)) {
			struct known_word *word = arena_alloc(vocabulary->arena, sizeof(*word)),
					  **head = head_of(vocabulary, *at);
			uint32_t hash = lexicon_hash(at, length) % HASHES;

			*word = (struct known_word){arena_strndup(vocabulary->arena, at, length),
				length, fuzzy_letters(at, length), vocabulary->core, *head};
			*head = word;
			vocabulary->hashes[hash / 64] |= UINT64_C(1) << hash % 64;
		}
		at += length + (at[length] == ' ');
	}
	return 0;
}

struct vocabulary *vocabulary_new(struct arena *arena, const struct lexicon *lexicon)
{
	struct vocabulary *vocabulary = arena_alloc(arena, sizeof(*vocabulary));

	vocabulary->arena = arena;
	vocabulary->core = true;
	for (size_t i = 0; i < COUNT_OF(core_classes); i++)
		(void)lexicon_each(lexicon, core_classes[i], add, vocabulary);
	vocabulary->core = false;
	for (size_t i = 0; i < COUNT_OF(other_classes); i++)
		(void)lexicon_each(lexicon, other_classes[i], add, vocabulary);
	return vocabulary;
}

struct vocabulary *vocabulary_of_class(
	struct arena *arena, const struct lexicon *lexicon, const char *class_name)
{
	struct vocabulary *vocabulary = arena_alloc(arena, sizeof(*vocabulary));

	vocabulary->arena = arena;
	vocabulary->core = true;
	(void)lexicon_each(lexicon, class_name, add, vocabulary);
	return vocabulary;
}

/* How many vowels of a word are left out of text; 0: it is another one. */
static size_t vowels_left_out(const char *text, size_t length, const struct known_word *word)
{
	return length < VOWEL_LEAST || (length == VOWEL_LEAST && word->length > SHORT_MOST)
		? 0 : fuzzy_vowels_left_out(text, length, word->text, word->length);
}

bool vocabulary_is_short_for(const char *text, size_t length, const struct known_word *word)
{
	return vowels_left_out(text, length, word) > 0;
}

/* One slip; of a short word no letter is another one. */
static bool is_slip(
	const char *text, size_t length, uint32_t letters, const struct known_word *word)
{
	return length >= SLIP_LEAST && word->length >= SLIP_LEAST &&
		!fuzzy_too_far(letters, word->letters, 1) &&
		(length > SLIP_LEAST || word->length != length || letters == word->letters) &&
		fuzzy_near(text, length, word->text, word->length);
}

size_t vocabulary_near(const struct vocabulary *vocabulary, const char *text, size_t length,
	const struct known_word **near, size_t room)
{
	const char first[2] = {text[0], length > 1 && text[1] != text[0] ? text[1] : '\0'};
	uint32_t letters = fuzzy_letters(text, length);
	size_t best = 0, count = 0;

	for (size_t k = 0; k < COUNT_OF(first) && first[k]; k++) {
		for (const struct known_word *word = *head_of(vocabulary, first[k]); word;
			word = word->next) {
			size_t slips = is_slip(text, length, letters, word)
				? 1 : vowels_left_out(text, length, word);

			if (slips == 0 || (k == 1 && word->text[1] != text[0]) ||
				(best > 0 && slips > best))
				continue;
			count = slips == best ? count : 0;
			best = slips;
			if (count < room)
				near[count++] = word;
		}
	}
	return count;
}
