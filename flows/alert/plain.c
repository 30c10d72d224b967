/* Words without links and foreign numbers. See plain.h. */
#include "flows/alert/plain.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "parsers/text/phone.h"

#define NUMBER_DIGITS 7 /* in one word; shorter ones are ages, days, weights */
#define RUN_DIGITS    9 /* in several words behind each other: "0 8 1 2 ..." */
#define WORDS_MOST    200

struct words {
	const char *list[WORDS_MOST];
	bool drop[WORDS_MOST];
	size_t count;
};

static const char *const signs[] = {"://", "www."};
static const char *const endings[] = {"com", "net", "org", "id", "me", "ly", "xyz", "top", "info",
	"site", "shop", "online", "link", "co", "vip", "app", "io", "cc", "gg", "biz", "web", "my",
	"sg", "store", "live", "club", "win", "bet", "fun", "pro", "page", "dev", "tk", "tv",
	"asia", "gl", "gd"};
static const char *const spelt[] = {"nol", "kosong", "satu", "dua", "tiga", "empat", "lima", "enam",
	"tujuh", "delapan", "sembilan", "siji", "loro", "telu", "papat", "limo", "nem", "pitu",
	"wolu", "songo"};

static bool is_one_of(const char *word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcasecmp(word, list[i]) == 0)
			return true;
	}
	return false;
}

/* "t.me/x", "slot88.vip", "bit?ly/a", whose dot was a sign that no phone shows as one. */
static bool ends_as_link(struct arena *arena, const char *word)
{
	size_t host = strcspn(word, "/"), start;
	bool path = word[host] == '/';

	while (host > 0 && !path && ispunct((unsigned char)word[host - 1]))
		host--;
	for (start = host; start > 0 && isalnum((unsigned char)word[start - 1]);)
		start--;
	return start > 1 && (path || word[start - 1] == '.' || (word[start - 1] & 0x80) != 0) &&
		is_one_of(arena_strndup(arena, word + start, host - start), endings,
			COUNT_OF(endings));
}

static bool is_link(struct arena *arena, const char *word)
{
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (strcasestr(word, signs[i]) != NULL)
			return true;
	}
	return ends_as_link(arena, word);
}

/* "0812", "O8I2", "08-12.", "delapan": how many digits a word stands for; 0: it is a word. */
static size_t digits_in(const char *word)
{
	size_t digits = 0, alike = 0;

	for (const char *at = word; *at != '\0'; at++) {
		if (isdigit((unsigned char)*at))
			digits++;
		else if (strchr("OoIil", *at) != NULL)
			alike++;
		else if (isalpha((unsigned char)*at))
			return is_one_of(word, spelt, COUNT_OF(spelt));
	}
	return digits > 0 ? digits + alike : 0;
}

/* "0812x345x678": so many digits are no age and no day, whatever stands between them. */
static bool is_mixed_number(const char *word)
{
	size_t digits = 0;

	for (const char *at = word; *at != '\0'; at++)
		digits += isdigit((unsigned char)*at) != 0;
	return digits >= NUMBER_DIGITS;
}

/* A number in one word or several, unless it is the writer's own. */
static void drop_numbers(struct words *words, const char *own)
{
	for (size_t i = 0; i < words->count; i++)
		words->drop[i] = digits_in(words->list[i]) == 0 && is_mixed_number(words->list[i]);
	for (size_t i = 0, end; i < words->count; i = end + (end == i)) {
		char joined[64] = "", phone[PHONE_TEXT];
		size_t digits = 0, most = 0;

		for (end = i; end < words->count; end++) {
			size_t here = digits_in(words->list[end]), used = strlen(joined);

			if (here == 0)
				break;
			digits += here;
			most = here > most ? here : most;
			copy_string(joined + used, sizeof(joined) - used, words->list[end]);
		}
		if ((most < NUMBER_DIGITS && digits < RUN_DIGITS) ||
			(phone_normalise(joined, phone) && strcmp(phone, own) == 0))
			continue;
		for (size_t k = i; k < end; k++)
			words->drop[k] = true;
	}
}

/* "x.com", and "x . com" with its dot and its end apart. */
static void drop_links(struct arena *arena, struct words *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->list[i];
		const char *next = i + 1 < words->count ? words->list[i + 1] : "";
		size_t length = strlen(word);
		bool dot = length > 0 && word[length - 1] == '.', end = *next == '.';

		if (is_link(arena, word))
			words->drop[i] = true;
		if (!(dot || end) || !is_one_of(next + end, endings, COUNT_OF(endings)))
			continue;
		words->drop[i] = words->drop[i + 1] = true;
		if (length == 1 && i > 0)
			words->drop[i - 1] = true;
	}
}

static struct words *split(struct arena *arena, const char *text)
{
	struct words *words = arena_alloc(arena, sizeof(*words));

	while (words->count < WORDS_MOST && *(text += strspn(text, " \t\r\n")) != '\0') {
		size_t length = strcspn(text, " \t\r\n");

		words->list[words->count++] = arena_strndup(arena, text, length);
		text += length;
	}
	return words;
}

static const char *kept(struct arena *arena, const struct words *words)
{
	struct strbuf out = {0};
	const char *plain;

	strbuf_puts(&out, "");
	for (size_t i = 0; i < words->count; i++) {
		if (!words->drop[i])
			strbuf_printf(&out, "%s%s", out.length > 0 ? " " : "", words->list[i]);
	}
	plain = arena_strdup(arena, out.text);
	strbuf_free(&out);
	return plain;
}

const char *plain_words(struct arena *arena, const char *text, const char *own)
{
	struct words *words = split(arena, text);

	drop_numbers(words, own);
	drop_links(arena, words);
	return kept(arena, words);
}

const char *plain_name(struct arena *arena, const char *text)
{
	struct words *words = split(arena, text);

	drop_numbers(words, "");
	drop_links(arena, words);
	for (size_t i = 0; i < words->count; i++)
		words->drop[i] |= strpbrk(words->list[i], "0123456789") != NULL;
	return kept(arena, words);
}
