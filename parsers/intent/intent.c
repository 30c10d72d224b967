/* Which intent a text is, when it is no report: see intent.h. One row per keyword. */
#include "parsers/intent/intent.h"

#include <string.h>

#include "parsers/intent/intent_asking.h"
#include "parsers/intent/intent_each.h"
#include "parsers/parse/scratch.h"
#include "parsers/text/phone.h"

#define GREETING_WORDS 8

/* keyword: what the lexicon's class "perintah" says. */
static const struct {
	const char *keyword;
	intent_function *read;
	bool politely; /* also behind a greeting: "mohon koreksi …" */
} keywords[] = {
	{"koreksi", intent_correct, true},
	{"ubah", intent_correct, true},
	{"batal", intent_cancel, true},
	{"daftar", intent_register, true},
	{"ganti_no", intent_profile, false},
	{"berhenti", intent_profile, false},
	{"pin", intent_profile, false},
	{"bahasa", intent_profile, false},
	{"mulai", intent_profile, false},
	{"jawab", intent_supervise, false},
	{"lagi", intent_more, false},
	{"cek", intent_status, true},
	{"cek_sehat", intent_checkup, true},
	{"bantuan", intent_help, false},
	{"kode", intent_help, false},
	{"terima", intent_supervise, false},
	{"padam", intent_supervise, false},
	{"pindah", intent_supervise, false},
	{"verifikasi", intent_supervise, false},
	{"tolak", intent_supervise, false},
	{"setuju", intent_supervise, false},
	{"blokir", intent_supervise, false},
	{"kabar", intent_supervise, false},
	{"reset_pin", intent_supervise, false},
	{"buka_blokir", intent_supervise, false},
};

/* The reports' room is large, and nothing looks at it while there are none. */
static void start(const struct intent_call *call, struct reading *out)
{
	reading_clear(out, out->training);
	out->intent = INTENT_HUMAN;
	out->text = call->text;
}

/* The first word that is no greeting. */
static size_t behind_greeting(const struct words *words)
{
	size_t i = 0, length;

	while (i < words->count && i < GREETING_WORDS &&
		!words_phrase(words, "perintah", i, &length) &&
		(words_phrase(words, "sapaan", i, &length) ||
			words_phrase(words, "pengisi", i, &length)))
		i += length;
	return i < words->count ? i : 0;
}

/* Nothing is told behind its keyword, so that it may be written with shortened words too. */
static bool only_asks(intent_function *read)
{
	return read == intent_status || read == intent_help || read == intent_more;
}

/* Whether the text starts with a keyword whose function takes it; asks: one that only asks. */
static bool read_keyword(const struct intent_call *call, const struct words *words, bool asks,
	struct reading *out)
{
	size_t length, at = words->count ? behind_greeting(words) : 0;
	const char *keyword =
		words->count ? words_phrase_near(words, "perintah", at, &length) : NULL;

	for (size_t i = 0; keyword && i < COUNT_OF(keywords); i++) {
		struct words own; /* a function may mark words and then decline */

		if (!same_name(keywords[i].keyword, keyword) ||
			(at > 0 && !keywords[i].politely) ||
			(asks && !only_asks(keywords[i].read)))
			continue;
		start(call, out);
		own = *words;
		return keywords[i].read(&own, at + length, keyword, out);
	}
	return false;
}

static bool try(const struct intent_call *call, const struct words *words, intent_try *read,
	struct reading *out)
{
	struct words own = *words;

	start(call, out);
	return read(&own, out);
}

/* Shortened words are read as the long ones in questions, and nowhere else. */
static bool read_question(
	const struct intent_call *call, const struct words *words, struct reading *out)
{
	/* needs: a word of that class, without which it asks nothing; NULL: any */
	static const struct {
		intent_try *read;
		const char *needs;
	} asking[] = {
		{intent_ref_asked, NULL},
		{intent_mend_asked, "keliru"},
		{intent_term_asked, NULL},
		{intent_code_asked, "kode_kata"},
		{intent_how_asked, "cara"},
		{intent_when_asked, "kapan"},
		{intent_mine_asked, "laporan_kata"},
		{intent_teller_asked, "peran"},
		{intent_sent_asked, "form_lapor"},
		{intent_unchecked_asked, "belum_verifikasi"},
		{intent_query, NULL},
		{intent_own_asked, NULL},
	};
	struct intent_call said;
	struct words full;
	const struct words *in_full = words_in_full(words, &said, &full);
	bool read = in_full != words && read_keyword(call, in_full, true, out);

	for (size_t i = 0; !read && i < COUNT_OF(asking); i++)
		read = (!asking[i].needs || words_have(in_full, asking[i].needs)) &&
			try(call, in_full, asking[i].read, out);
	out->text = call->text;
	return read;
}

static bool read_first(const struct intent_call *call, struct reading *out)
{
	const struct words *words;
	struct words own;

	if (phone_is_service(call->context->sender->phone)) {
		out->intent = INTENT_IGNORE;
		return true;
	}
	words = words_of(call, &own);
	if (words->count == 0 && !strchr(call->text, '?')) {
		intent_problem(out, "", PROBLEM_EMPTY, NULL);
		return true;
	}
	return try(call, words, intent_privacy, out) ||
		(words_have(words, "kode_kata") && try(call, words, intent_code_asked, out)) ||
		read_keyword(call, words, false, out) ||
		try(call, words, intent_mistake, out) || try(call, words, intent_topic, out) ||
		read_question(call, words, out) || try(call, words, intent_answer, out);
}

/* Thanks, or "ok": every word is one of courtesy, and thanks say more than "ok". NULL: it is more
 * than that. */
static const char *courtesy_of(const struct words *words)
{
	const char *found = NULL;
	size_t length;

	for (size_t i = 0; i < words->count; i += length) {
		const char *what = words_phrase(words, "basa_basi", i, &length);

		if (!what)
			return NULL;
		if (!same_name(what, "sapa") && (!found || same_name(found, "baik")))
			found = what;
	}
	return words->cut || strchr(words->call->text, '?') ? NULL : found;
}

/* "jml odgj", "stok vaksin panggul brp" of those who count, or who are counted. */
static bool asks_number(const struct words *words)
{
	const struct sender *sender = words->call->context->sender;
	size_t length;
	bool asks = false;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "tanya_waktu", i, &length))
			return false;
		asks = asks || words_phrase(words, "tanya_angka", i, &length);
	}
	if (!asks && intent_is_office(sender))
		asks = intent_of_month(words);
	return asks && (sender->role == ROLE_BIDAN || intent_is_office(sender));
}

/* Something is asked by those who count; who report write to people of theirs. */
static bool asks_other(const struct words *words)
{
	static const char *const asking[] = {"tanya", "kapan", "kenapa", "perorangan"};
	size_t length = strlen(words->call->text);
	bool asks = length > 0 && words->call->text[length - 1] == '?';

	for (size_t k = 0; k < COUNT_OF(asking); k++)
		asks = asks || words_have(words, asking[k]);
	return asks && intent_is_office(words->call->context->sender);
}

/* The words of the message, as its report was read from them: none asks, nor opens what does. */
static bool none_asks(const struct intent_call *call)
{
	const struct scratch *scratch = call->scratch;
	int asking = lexicon_class(call->lexicon, "tanya");
	size_t i = 0;

	if (scratch->parse.text != call->text || scratch->other_text)
		return false; /* other words were read since */
	for (; i < TOKENS_MAX && scratch->tokens[i].length > 0; i++) {
		const struct token *token = &scratch->tokens[i];
		const struct lexicon_entry *e = token->words;

		if (e && (class_in(&e->names, lexicon_name("tanya")) ||
			(class_in(&e->opens, asking) &&
				lexicon_longest_with(e, token[1].text) > 1)))
			return false;
	}
	return i < TOKENS_MAX;
}

bool intent_asks(const struct intent_call *call)
{
	struct words own;
	const struct words *words;

	if (!intent_is_office(call->context->sender) && none_asks(call))
		return false; /* nearly always */
	words = words_of(call, &own);
	return words_have(words, "tanya") || asks_other(words);
}

/* What nothing else was: a call for help, a question about what was sent, or for a person. */
static void read_last(const struct intent_call *call, struct reading *out)
{
	struct words own, full;
	const struct words *words = words_of(call, &own);
	struct intent_call said;
	bool asks;

	if (try(call, words, intent_emergency, out) ||
		try(call, words, intent_came_asked, out) ||
		try(call, words, intent_person_asked, out))
		return;
	start(call, out); /* the human inbox */
	out->courtesy = courtesy_of(words);
	words = words_in_full(words, &said, &full);
	asks = asks_number(words);
	out->command = asks && !words_name_counted(words) ? "tanya"
		: asks || asks_other(words) ? "tanya_lain" : NULL;
}

bool intent_read(const struct intent_call *call, enum intent_stage stage, struct reading *out)
{
	struct words own;

	start(call, out);
	if (stage == INTENT_LAST) {
		read_last(call, out);
		return true;
	}
	if (stage == INTENT_URGENT ? !try(call, words_of(call, &own), intent_emergency, out)
				   : !read_first(call, out)) {
		start(call, out);
		return false;
	}
	if (out->intent == INTENT_ANSWER)
		out->courtesy = courtesy_of(words_of(call, &own));
	return true;
}
