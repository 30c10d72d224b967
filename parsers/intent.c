/* Which intent a text is, when it is no report: see intent.h. One row per keyword. */
#include "parsers/intent.h"

#include <string.h>

#include "parsers/intent_words.h"
#include "parsers/phone.h"

/* keyword: what the lexicon's class "perintah" says. */
static const struct {
	const char *keyword;
	intent_function *read;
} keywords[] = {
	{"koreksi", intent_correct},
	{"ubah", intent_correct},
	{"batal", intent_cancel},
	{"daftar", intent_register},
	{"ganti_no", intent_profile},
	{"berhenti", intent_profile},
	{"pin", intent_profile},
	{"lagi", intent_more},
	{"cek", intent_status},
	{"bantuan", intent_help},
	{"kode", intent_help},
	{"terima", intent_supervise},
	{"verifikasi", intent_supervise},
	{"tolak", intent_supervise},
	{"setuju", intent_supervise},
	{"blokir", intent_supervise},
	{"buka_blokir", intent_supervise},
};

/* The reports' room is large, and nothing looks at it while there are none. */
static void start(const struct intent_call *call, struct reading *out)
{
	reading_clear(out, out->training);
	out->intent = INTENT_HUMAN;
	out->text = call->text;
}

/* Whether the text starts with a keyword whose function takes it. */
static bool read_keyword(const struct intent_call *call, const struct words *words, struct reading *out)
{
	size_t length;
	const char *keyword = words->count ? words_phrase_near(words, "perintah", 0, &length) : NULL;

	for (size_t i = 0; keyword && i < COUNT_OF(keywords); i++) {
		struct words own = *words; /* a function may mark words and then decline */

		if (strcmp(keywords[i].keyword, keyword) != 0)
			continue;
		start(call, out);
		return keywords[i].read(&own, length, keyword, out);
	}
	return false;
}

static bool try(const struct intent_call *call, const struct words *words,
	bool (*read)(struct words *words, struct reading *out), struct reading *out)
{
	struct words own = *words;

	start(call, out);
	return read(&own, out);
}

static bool read_first(const struct intent_call *call, struct reading *out)
{
	struct words words;

	if (phone_is_service(call->context->sender->phone)) {
		out->intent = INTENT_IGNORE;
		return true;
	}
	words_cut(call, &words);
	if (words.count == 0 && !strchr(call->text, '?')) {
		intent_problem(out, "", PROBLEM_EMPTY, NULL);
		return true;
	}
	return try(call, &words, intent_privacy, out) || read_keyword(call, &words, out) ||
		try(call, &words, intent_topic, out) || try(call, &words, intent_query, out) ||
		try(call, &words, intent_answer, out);
}

bool intent_read(const struct intent_call *call, enum intent_stage stage, struct reading *out)
{
	struct words words;

	start(call, out);
	if (stage == INTENT_FIRST) {
		if (read_first(call, out))
			return true;
		start(call, out);
		return false;
	}
	words_cut(call, &words);
	if (!intent_emergency(&words, out))
		start(call, out); /* the human inbox */
	return true;
}
