/* The catalogue: what loading proves, and that a filled text is always one SMS. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "flows/reply/catalogue.h"
#include "gateway/data/config_messages.h"
#include "parsers/text/gsm7.h"

static struct catalogue *installed(void)
{
	struct catalogue *catalogue = catalogue_new();
	struct config_errors *errors = config_errors_new();
	char path[1000];
	int error;

	snprintf(path, sizeof(path), "%s/conf/messages", getenv("top_srcdir"));
	error = config_messages_read(catalogue, path, errors);
	config_errors_print(errors, stderr);
	assert_int_equal(error, OK);
	config_errors_free(errors);
	return catalogue;
}

static void installed_texts_are_proven(void **state)
{
	struct catalogue *catalogue = installed();

	(void)state;
	assert_null(catalogue_missing(catalogue, "id", 0));
	assert_string_equal(catalogue_word(catalogue, "id", "month.8"), "Agt");
	catalogue_free(catalogue);
}

static void proof_names_what_is_wrong(void **state)
{
	struct catalogue *catalogue = catalogue_new();
	char detail[200], longer[200];

	(void)state;
	assert_int_equal(catalogue_set(catalogue, "id", "acepted", "x", detail, sizeof(detail)),
		ERR_NOT_FOUND);
	assert_int_equal(
		catalogue_set(catalogue, "id", "accepted", "{ref} {ekho}", detail, sizeof(detail)),
		ERR_SYNTAX);
	assert_non_null(strstr(detail, "{ekho}"));
	assert_int_equal(
		catalogue_set(catalogue, "id", "accepted", "{ref} ok", detail, sizeof(detail)),
		ERR_SYNTAX);
	assert_non_null(strstr(detail, "{echo}"));
	memset(longer, 'x', sizeof(longer));
	longer[130] = '\0';
	strcat(longer, "{ref}{echo}");
	assert_int_equal(catalogue_set(catalogue, "id", "accepted", longer, detail, sizeof(detail)),
		ERR_LIMIT);
	assert_int_equal(catalogue_set(catalogue, "id", "accepted", "{ref} {echo} \u4e00", detail,
				 sizeof(detail)),
		ERR_SYNTAX);
	assert_int_equal(
		catalogue_set(catalogue, "id", "accepted", "{ref} {echo}", detail, sizeof(detail)),
		OK);
	assert_int_equal(
		catalogue_set(catalogue, "id", "accepted", "{ref} {echo}", detail, sizeof(detail)),
		ERR_EXISTS);
	catalogue_free(catalogue);
}

static void long_names_are_shortened(void **state)
{
	struct catalogue *catalogue = installed();
	struct arena *arena = arena_new();
	char name[400];
	char *text;

	(void)state;
	for (size_t i = 0; i < sizeof(name) - 1; i++)
		name[i] = i % 9 == 8 ? ' ' : '[';
	name[sizeof(name) - 1] = '\0';
	text = message_text(
		catalogue, arena, "id", MESSAGE_ACCEPTED, "ref", "L2408-0007", "echo", name, NULL);
	assert_true(gsm7_septets(text) <= SMS_SEPTETS);
	assert_true(gsm7_septets(text) > SMS_SEPTETS - 25);
	assert_non_null(strstr(text, ".. Terima kasih") != NULL ? text : strstr(text, "..") );
	assert_ptr_equal(strstr(text, "L2408-0007 "), text);
	text = message_text(
		catalogue, arena, "xx", MESSAGE_ACCEPTED, "ref", NULL, "echo", "Siti \u4e00", NULL);
	assert_string_equal(text, "Siti ?. Terima kasih.");
	arena_free(arena);
	catalogue_free(catalogue);
}

/* A value that stands three times takes its room three times. */
static void repeated_values_fit_too(void **state)
{
	struct catalogue *catalogue = installed();
	struct arena *arena = arena_new();
	const char *echo = "Endah Puspita, P 3000g 48cm, 13/8/24, RS, dokter, hidup, satu dua tiga";
	char *text;

	(void)state;
	text = message_text(catalogue, arena, "id", MESSAGE_CANCEL_REQUEST, "ref", "L2408-0002",
		"echo", echo, "who", "kader Warsiti", NULL);
	assert_true(gsm7_septets(text) <= SMS_SEPTETS);
	assert_non_null(strstr(text, "TOLAK L2408-0002 bila tetap."));
	text = message_text(catalogue, arena, "id", MESSAGE_CORRECT_ASK, "ref", "L2408-0002",
		"changes", echo, "who", "kader Warsiti", NULL);
	assert_true(gsm7_septets(text) <= SMS_SEPTETS);
	assert_non_null(strstr(text, "TOLAK L2408-0002."));
	arena_free(arena);
	catalogue_free(catalogue);
}

static bool said(const char *printed, const char *wanted)
{
	return strstr(printed, wanted) != NULL;
}

static void words_of_screens_are_proven(void **state)
{
	char directory[] = "/tmp/kabar-words-XXXXXX", path[64], *printed = NULL;
	struct catalogue *catalogue = catalogue_new();
	struct config_errors *errors = config_errors_new();
	size_t length;
	FILE *file;

	(void)state;
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/en.ini", directory);
	file = fopen(path, "w");
	fputs("[words]\nussd.back = 0 back to where we were\nussd.bakc = 0 back\nussd.more = "
	      "more\nussd.mine = Mine:\n  and more\n",
		file);
	fclose(file);
	assert_int_equal(config_messages_read(catalogue, directory, errors), ERR_CONFIG);
	file = open_memstream(&printed, &length);
	config_errors_print(errors, file);
	fclose(file);
	assert_true(said(printed,
		"en.ini:2: ussd.back is too long for a screen: 23 septets, room is for 10"));
	assert_true(said(printed, "en.ini:3: no screen has the word \"bakc\""));
	assert_true(said(printed, "en.ini:5: a text stands on one line"));
	/* what a language leaves out is said in Indonesian */
	assert_false(said(printed, "ussd.skip"));
	assert_false(said(printed, "accepted"));
	assert_true(said(printed, "id.ini is missing"));
	free(printed);
	config_errors_free(errors);
	catalogue_free(catalogue);
	(void)unlink(path);
	(void)rmdir(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(installed_texts_are_proven),
		cmocka_unit_test(proof_names_what_is_wrong),
		cmocka_unit_test(long_names_are_shortened),
		cmocka_unit_test(repeated_values_fit_too),
		cmocka_unit_test(words_of_screens_are_proven),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
