/* What an account may see: whole numbers, messages, and how the rest is masked. */
#include <ctype.h>
#include <string.h>

#include "flows/desk/desk.h"
#include "flows/rules/scope.h"

#define NIK_DIGITS 16
#define NIK_SHOWN  6

bool desk_sees_number(const struct turn *turn, const struct person *person)
{
	struct sender target;

	if (turn->sender.role < ROLE_BIDAN || turn->sender.role > ROLE_DINKES ||
		turn->sender.role == ROLE_DESA)
		return false;
	person_to_sender(turn->flow, person, &target);
	return target.narea > 0 && scope_area(&turn->sender, target.areas[0]);
}

int desk_sees_phone(const struct turn *turn, const char *phone, bool *sees)
{
	struct person person;
	struct sender target;
	int error = store_person_by_phone(turn->flow->store, turn->flow->arena, phone, &person);

	*sees = false;
	if (error == ERR_NOT_FOUND) {
		*sees = turn->sender.role >= ROLE_DINKES;
		return OK;
	}
	if (error != OK)
		return error;
	person_to_sender(turn->flow, &person, &target);
	*sees = scope_supervises(&turn->sender) &&
		(target.narea == 0 ? turn->sender.role >= ROLE_DINKES
				   : scope_area(&turn->sender, target.areas[0]));
	return OK;
}

const char *desk_mask_phone(struct arena *arena, const char *phone)
{
	size_t length = phone ? strlen(phone) : 0;

	if (length < 9)
		return "****";
	return arena_printf(arena, "%.*s****%s", 5, phone, phone + length - 3);
}

/* Digits of one number: blanks, dots and dashes inside do not part it. */
static size_t number_length(const char *text, size_t *digits)
{
	size_t length = 0;

	for (*digits = 0; text[length] != '\0'; length++) {
		if (isdigit((unsigned char)text[length]))
			++*digits;
		else if (strchr(" .-", text[length]) == NULL ||
			!isdigit((unsigned char)text[length + 1]))
			break;
	}
	return length;
}

const char *desk_mask_text(struct arena *arena, const char *text)
{
	char *out = arena_strdup(arena, text ? text : "");
	size_t digits, shown;

	for (size_t at = 0; out[at] != '\0';) {
		size_t length =
			isdigit((unsigned char)out[at]) ? number_length(out + at, &digits) : 0;

		if (length == 0) {
			at++;
			continue;
		}
		shown = 0;
		for (size_t i = 0; digits >= NIK_DIGITS - 1 && i < length; i++) {
			if (isdigit((unsigned char)out[at + i]) && ++shown > NIK_SHOWN)
				out[at + i] = '*';
		}
		at += length;
	}
	return out;
}
