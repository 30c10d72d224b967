/* Emergencies: somebody bleeds or convulses, or an ambulance is called for, here and now. */
#include <string.h>

#include "parsers/cry/cry.h"
#include "parsers/cry/place.h"
#include "parsers/intent/intent.h"
#include "parsers/intent/intent_each.h"

#define CRY_SHOWN 480 /* octets: of a longer text what calls is shown, and what follows */

/* "tolong istri saya", "gawat ibu hamil": whom it is about. */
static void use_persons(struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *kind = words_phrase(words, "darurat", i, &length);

		if (kind && same_name(kind, "orang"))
			words_use(words, i, length);
	}
}

/* Nothing but a cry: TOLONG, SOS, "darurat bu", "tolong di ds nglebeng", "sos istri saya"; "nilai":
 * of a word that a question may have asked for: 119, perdarahan. NULL: none. */
static const char *only_cries(struct words *words)
{
	const char *cry = NULL;
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		const char *kind = words_phrase(words, "seruan", i, &length);

		if (kind)
			cry = same_name(kind, "nilai") && !cry ? kind : "seruan";
	}
	words_use_class(words, "seruan");
	words_use_class(words, "sela_seruan");
	use_persons(words);
	return words_unused(words) == 0 ? cry : NULL;
}

static bool holds_cry(const struct words *words)
{
	size_t length;

	for (size_t i = 0; i < words->count; i++) {
		if (words_phrase(words, "seruan", i, &length))
			return true;
	}
	return false;
}

bool intent_emergency(struct words *words, struct reading *out)
{
	struct words own = *words; /* what belongs to a place is marked in it */
	struct cry found = cry_read_words(words);
	bool told = cry_urgent(&found, false);
	const struct area *place;
	const char *cry;

	if (!told && !holds_cry(words))
		return false; /* before any place is looked up, which is dear */
	place = emergency_place(&own);
	cry = told ? NULL : only_cries(&own);
	if (!told && !cry)
		return false;
	out->intent = INTENT_EMERGENCY;
	if (told && strlen(words->call->text) > CRY_SHOWN)
		out->cry = arena_strdup(words->call->arena, words->call->text + found.at);
	out->command = cry;
	out->place = place;
	return true;
}

#define SIGNS_ALARMING (SIGN_DANGER | SIGN_TRANSPORT | SIGN_DYING | SIGN_ILL |           \
	SIGN_BLOOD | SIGN_AFTERBIRTH | SIGN_LIMB | SIGN_VITAL | SIGN_STUCK)

enum urgency intent_urgency(const struct intent_call *call, const char **cry)
{
	struct cry found = cry_read(call);

	*cry = NULL;
	if ((found.told & SIGN_DANGER && found.all & (SIGN_HELP | SIGN_TRANSPORT)) ||
		(found.told & SIGN_TRANSPORT && found.all & SIGN_HELP)) {
		if (strlen(call->text) > CRY_SHOWN)
			*cry = arena_strdup(call->arena, call->text + found.at);
		return URGENCY_CRIES;
	}
	return found.all & SIGNS_ALARMING ? URGENCY_ALARMING : URGENCY_NONE;
}

bool intent_tells_illness(const struct intent_call *call)
{
	unsigned told = cry_read(call).told;

	return told & SIGN_ILL && !(told & (SIGN_DANGER | SIGN_BROKEN | SIGN_DYING));
}

bool intent_cries(const struct intent_call *call, struct cry_place *place)
{
	struct cry cry = cry_read(call);

	if (!(cry.all & SIGN_HELP))
		cry.told &= ~(unsigned)SIGN_TRANSPORT;
	cry.told &= ~(unsigned)(SIGN_LABOUR | SIGN_BROKEN); /* what a birth's report is about */
	place->at = cry.at;
	place->apart = cry.apart;
	return cry_urgent(&cry, place->about_somebody);
}
