/* What people say around a conversation: it answers no question, and no name is made of it. */
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_each.h"

static const char *const around[] = {
	"sapaan", "pengisi", "obrolan", "tunda", "jawab", "basa_basi", "sela_obrolan",
	"sela_seruan"};

bool intent_postpones(const struct intent_call *call)
{
	struct words words;
	size_t length;

	words_cut(call, &words);
	for (size_t i = 0; i < words.count; i++) {
		if (words_phrase(&words, "tunda", i, &length))
			return true;
	}
	return false;
}

const char *intent_takes_back(const struct intent_call *call)
{
	struct words words;
	size_t length;

	words_cut(call, &words);
	for (size_t i = 0; i < words.count; i++) {
		const char *what = words_phrase(&words, "tarik", i, &length);

		if (what)
			return what;
	}
	return NULL;
}

static bool orders(const struct words *words)
{
	size_t length;

	return words->count > 0 && (words_phrase(words, "perintah", 0, &length) ||
					   words_phrase(words, "seperti_perintah", 0, &length));
}

bool intent_orders(const struct intent_call *call)
{
	struct words words;

	words_cut(call, &words);
	return orders(&words);
}

bool intent_talk(const struct intent_call *call)
{
	struct words words;

	words_cut(call, &words);
	if (words.count == 0 || orders(&words))
		return true;
	for (size_t k = 0; k < COUNT_OF(around); k++)
		words_use_class(&words, around[k]);
	return words_unused(&words) == 0;
}

/* CEK SEHAT, and what it is about: that is data of its own. "cek kesehatan gratis kapan" asks. */
bool intent_checkup(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	size_t length;

	(void)keyword;
	for (size_t i = first; i < words->count; i++) {
		if (words_phrase(words, "tanya", i, &length) ||
			words_phrase(words, "tanya_waktu", i, &length))
			return false;
	}
	out->intent = INTENT_CHECKUP;
	out->topic = words_raw(words, first, words->count);
	return true;
}
