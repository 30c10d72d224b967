/* What the proof of the menus finds, and that the installed menus pass it. */
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
#include "gateway/data/config_menu.h"
#include "gateway/data/config_messages.h"
#include "gateway/form/config_form.h"

#define ALL "[menu]\nroles = none, kader, bidan, desa, puskesmas, dinkes, provinsi\ntitle = KABAR\n"

#define BIRTH ALL "[item 1]\nlabel = x\nreport = lahir\npages = "

static struct form *forms[FORMS_MAX];
static size_t nform;
static char directory[] = "/tmp/kabar-menu-XXXXXX";
static char *conf;

static int group_setup(void **state)
{
	struct config_errors *errors = config_errors_new();
	char *path = xasprintf("%s/forms", conf);

	(void)state;
	assert_int_equal(config_forms_read(forms, &nform, path, errors), OK);
	assert_non_null(mkdtemp(directory));
	config_errors_free(errors);
	free(path);
	return 0;
}

static int group_teardown(void **state)
{
	(void)state;
	config_forms_free(forms, nform);
	return rmdir(directory);
}

static void write_menu(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", directory, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	free(path);
}

static void remove_menu(const char *name)
{
	char *path = xasprintf("%s/%s", directory, name);

	unlink(path);
	free(path);
}

/* The errors of what is in the directory, as printed; the caller frees. "": it is good. */
static char *errors_of(const char *menus_directory)
{
	struct config_errors *errors = config_errors_new();
	struct menus *menus;
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);
	int rc = config_menus_read(&menus, menus_directory, forms, nform, errors);

	config_errors_print(errors, out);
	fclose(out);
	assert_int_equal(rc, *text == '\0' ? OK : ERR_CONFIG);
	config_errors_free(errors);
	menus_free(menus);
	return text;
}

static void assert_error(const char *menu, const char *wanted)
{
	char *text;

	write_menu("a.ini", menu);
	text = errors_of(directory);
	if (wanted == NULL ? *text != '\0' : strstr(text, wanted) == NULL)
		fail_msg("wanted %s, came: %s", wanted == NULL ? "no error" : wanted, text);
	free(text);
	remove_menu("a.ini");
}

static void test_the_installed_are_good(void **state)
{
	char *path = xasprintf("%s/menus", conf), *text = errors_of(path);

	(void)state;
	assert_string_equal(text, "");
	free(text);
	free(path);
}

/* In Indonesian the form asks. */
static void test_every_language_asks(void **state)
{
	static const char *const languages[] = {"en", "jv", "su"};
	char *messages = xasprintf("%s/messages", conf), *path = xasprintf("%s/menus", conf),
	     key[64];
	struct config_errors *errors = config_errors_new();
	struct catalogue *catalogue = catalogue_new();
	struct menus *menus;

	(void)state;
	assert_int_equal(config_messages_read(catalogue, messages, errors), OK);
	assert_int_equal(config_menus_read(&menus, path, forms, nform, errors), OK);
	for (size_t i = 0; i < menus->count * MENU_ITEMS; i++) {
		const struct menu *menu = &menus->list[i / MENU_ITEMS];
		const struct menu_item *item = &menu->items[i % MENU_ITEMS];

		if (i % MENU_ITEMS >= menu->nitem || item->action != MENU_REPORT)
			continue;
		for (size_t k = 0; k < item->npage * COUNT_OF(languages); k++) {
			const char *field = item->pages[k / COUNT_OF(languages)].field;

			snprintf(key, sizeof(key), "page.%s.%s", item->target, field);
			if (strcmp(field, MENU_TWINS) != 0 &&
				!catalogue_has_word(
					catalogue, languages[k % COUNT_OF(languages)], key))
				fail_msg("%s.ini: no %s", languages[k % COUNT_OF(languages)], key);
		}
	}
	menus_free(menus);
	catalogue_free(catalogue);
	config_errors_free(errors);
	free(messages);
	free(path);
}

static void test_dead_ends(void **state)
{
	(void)state;
	assert_error(ALL, "dead end");
	assert_error(ALL "[item 1]\nlabel = x\n", "leads nowhere");
	assert_error(ALL "[item 1]\nlabel = x\nmenu = b\n", "no menu \"b\"");
	assert_error(ALL "[item 1]\nlabel = x\nquery = lahirr\n", "no indicator \"lahirr\"");
	assert_error(ALL "[item 1]\nlabel = x\nregister = raja\n", "nobody can register");
	assert_error(ALL "[item 1]\nlabel = x\nreport = lahur\n", "did you mean \"lahir\"");
	assert_error(ALL "[item 1]\nlabel = x\nmine = yes\ntext = y\n", "does two things");
	assert_error("[menu]\nroles = kader\ntitle = x\n[item 1]\nlabel = x\nmine = yes\n",
		"no menu is there for role bidan");
	assert_error(ALL "[item 1]\nlabel = x\nmine = yes\n", NULL);
}

static void test_circles_and_islands(void **state)
{
	(void)state;
	write_menu("b.ini", "[menu]\ntitle = B\n[item 1]\nlabel = x\nmenu = a\n");
	assert_error(ALL "[item 1]\nlabel = x\nmenu = b\n", "leads back to itself");
	assert_error(ALL "[item 1]\nlabel = x\nmine = yes\n", "no menu leads here");
	remove_menu("b.ini");
}

static void test_required_fields_are_asked(void **state)
{
	(void)state;
	assert_error(BIRTH "ibu, tgl, jk, tempat, penolong, luaran, desa\n",
		"berat is required by the form lahir but never asked");
	assert_error(BIRTH "ibu, tgl, jk, berat, tempat, penolong, luaran\n",
		"the place where it counts, is never asked");
	assert_error(BIRTH "ibu, tgl, jk, berat, tempt, penolong, luaran, desa\n",
		"did you mean \"tempat\"");
	assert_error(BIRTH "ibu, tgl, jk, berat when berta<3, tempat, penolong, luaran, "
		"desa\n", "did you mean \"berat\"");
	assert_error(BIRTH "ibu, tgl, jk, berat when berat, tempat, penolong, luaran, desa\n",
		"not a condition");
	/* Nothing written: the pages follow the form, every one of them. */
	assert_error(ALL "[item 1]\nlabel = a\nreport = lahir\n[item 2]\nlabel = b\nreport = "
			 "mati\n[item 3]\nlabel = c\n"
			 "report = pos\n[item 4]\nlabel = d\nreport = ilp\n",
		NULL);
}

static void test_screens_fit(void **state)
{
	(void)state;
	assert_error(ALL
		"[item 1]\nlabel = "
		"1234567890123456789012345678901234567890123456789012345678901\nmine = yes\n",
		"too long for a screen");
	assert_error(ALL "[item 1]\nlabel = \xe4\xba\xba\nmine = yes\n",
		"a character that GSM 03.38 has not");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_installed_are_good),
		cmocka_unit_test(test_every_language_asks),
		cmocka_unit_test(test_dead_ends),
		cmocka_unit_test(test_circles_and_islands),
		cmocka_unit_test(test_required_fields_are_asked),
		cmocka_unit_test(test_screens_fit),
	};
	const char *top = getenv("top_srcdir");
	int failed;

	conf = xasprintf("%s/conf", top ? top : ".");
	failed = cmocka_run_group_tests(tests, group_setup, group_teardown);
	free(conf);
	return failed;
}
