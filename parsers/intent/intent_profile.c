/* The sender's own settings, and what a verifier decides: GANTI NO, BERHENTI, PIN; TERIMA, SETUJU,
 * BLOKIR … */
#include <string.h>

#include "parsers/intent/intent_each.h"
#include "parsers/text/phone.h"

#define PHONE_DIGITS 9
#define PINS_DIGITS  12 /* the old one and the new one */

static bool nothing_left(struct words *words)
{
	words_use_class(words, "pengisi");
	return words_unused(words) == 0;
}

/* A phone number in the text, normalised; NULL. */
static const char *find_phone(struct words *words)
{
	char *digits = words_find_digits(words, PHONE_DIGITS);
	char phone[PHONE_TEXT];

	if (!digits || !phone_normalise(digits, phone))
		return NULL;
	return arena_strdup(words->call->arena, phone);
}

bool intent_profile(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	words_use(words, 0, first);
	out->intent = INTENT_PROFILE;
	out->command = keyword;
	if (same_name(keyword, "ganti_no")) {
		out->argument = find_phone(words);
		return out->argument || nothing_left(words);
	}
	if (same_name(keyword, "pin")) {
		char *digits = words_find_digits(words, 4);

		out->argument = digits;
		return nothing_left(words) && (!digits || strlen(digits) <= PINS_DIGITS);
	}
	if (same_name(keyword, "bahasa")) {
		size_t length;

		out->argument = words_phrase(words, "nama_bahasa", first, &length);
		if (out->argument)
			words_use(words, first, length);
	}
	return nothing_left(words);
}

static bool may_decide(const struct sender *sender)
{
	return sender->role >= ROLE_BIDAN && sender->role != ROLE_DESA;
}

/* What follows the reference: a class, a reason; the text as written. */
static const char *argument(struct words *words, size_t first)
{
	while (first < words->count && words->list[first].used)
		first++;
	return first < words->count ? words_raw(words, first, words->count) : NULL;
}

#define SENTENCE_WORDS 3 /* "jawab besok jam 9" is for somebody, "jawab L" answers us */

/* A decision names what it is about: a reference, a number, a registration; alone only from
 * somebody who decides. */
/* PINDAH SITI AMINAH KE TERBIS: somebody, and where to. */
static bool moves(const struct words *words, size_t first)
{
	for (size_t i = first + 1; i + 1 < words->count; i++) {
		if (word_is(words, i, "ke"))
			return true;
	}
	return false;
}

bool intent_supervise(struct words *words, size_t first, const char *keyword, struct reading *out)
{
	const char *ref, *phone;

	words_use(words, 0, first);
	out->intent = INTENT_SUPERVISE;
	out->command = keyword;
	if (same_name(keyword, "kabar")) /* KABAR 0812…, and nothing else */
		return (out->argument = find_phone(words)) != NULL && nothing_left(words);
	if (same_name(keyword, "jawab")) /* JAWAB 12 nggih bu; what is left out is asked for */
		return may_decide(words->call->context->sender) &&
			(first == words->count || words->list[first].kind == WORD_DIGITS ||
				(word_is(words, 0, "jawab") &&
					words->count - first >= SENTENCE_WORDS));
	ref = words_find_ref(words);
	phone = ref ? NULL : find_phone(words);
	out->ref = ref ? ref : NULL;
	if (ref && !*ref)
		intent_problem(out, "", PROBLEM_REF, NULL);
	if (strchr(words->call->text, '?')) { /* PADAM S2408-0003 ?: nothing is ordered */
		out->intent = ref ? INTENT_STATUS : INTENT_HELP;
		out->command = NULL;
		out->topic = ref ? NULL : keyword;
		return ref || nothing_left(words);
	}
	out->argument = phone ? phone : argument(words, first);
	if (ref || phone)
		return true;
	if (same_name(keyword, "pindah"))
		return may_decide(words->call->context->sender) && moves(words, first);
	if (!may_decide(words->call->context->sender))
		return false;
	if (out->argument && words->list[first].kind == WORD_DIGITS && words->count == first + 1)
		return true; /* SETUJU 3: one of a list */
	out->argument = NULL;
	return nothing_left(words);
}
