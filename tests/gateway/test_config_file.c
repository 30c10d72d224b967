/* INI files: what is read, and every error at once with its line, caret and suggestion. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/ini/config_file.h"

static const struct config_option table[] = {
	{.section = "gateway",
		.key = "name",
		.type = CONFIG_TEXT,
		.required = true,
		.help = "whose rows"},
	{.section = "gateway",
		.key = "window",
		.type = CONFIG_DURATION,
		.standard = "24h",
		.min = 60,
		.max = 604800},
	{.section = "smsc *",
		.key = "host",
		.type = CONFIG_TEXT,
		.required = true,
		.help = "where it is"},
	{.section = "smsc *",
		.key = "port",
		.type = CONFIG_INT,
		.standard = "2775",
		.min = 1,
		.max = 65535},
	{.section = "smsc *", .key = "tls", .type = CONFIG_BOOL, .standard = "no"},
	{.section = "smsc *",
		.key = "default_alphabet",
		.type = CONFIG_ENUM,
		.standard = "gsm7",
		.values = "gsm7|latin1|ascii"},
};

static struct config_file *file;
static struct config_errors *errors;
static char *printed;

/* Reads `text` as x.ini, checks it when asked, and keeps what the errors print. */
static int load(const char *text, bool check)
{
	int rc;
	size_t size;
	FILE *out = fopen("x.ini", "w");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
	errors = config_errors_new();
	rc = config_file_read(&file, "x.ini", errors);
	unlink("x.ini");
	if (check)
		config_check(file, table, COUNT_OF(table), errors);
	out = open_memstream(&printed, &size);
	config_errors_print(errors, out);
	fclose(out);
	return rc;
}

static int teardown(void **state)
{
	(void)state;
	config_file_free(file);
	config_errors_free(errors);
	free(printed);
	file = NULL;
	errors = NULL;
	printed = NULL;
	return 0;
}

static void test_reads_what_is_written(void **state)
{
	(void)state;
	assert_int_equal(load("\xef\xbb\xbf[gateway]\r\n"
			      "name = gw1   ; the first\r\n"
			      "  # nothing\n"
			      "[smsc a]\n"
			      "host=h;1\n"
			      "[form]\n"
			      "keywords = LAHIR, LHR,\n"
			      "           LAIR   ; slips\n"
			      "; a comment between\n"
			      "\tKELAHIRAN\n"
			      "ussd_code = *355#\n"
			      "system_type =\n", false), OK);
	assert_string_equal(printed, "");
	assert_string_equal(config_find(file, "gateway", "name")->value, "gw1");
	assert_int_equal(config_find(file, "gateway", "name")->line, 2);
	assert_string_equal(config_find(file, "smsc a", "host")->value, "h;1");
	assert_string_equal(
		config_find(file, "form", "keywords")->value, "LAHIR, LHR, LAIR, KELAHIRAN");
	assert_int_equal(config_find(file, "form", "keywords")->line, 7);
	assert_string_equal(config_find(file, "form", "ussd_code")->value, "*355#");
	assert_string_equal(config_find(file, "form", "system_type")->value, "");
	assert_null(config_find(file, "form", "nothing"));
}

static void test_sections_in_order(void **state)
{
	const struct config_entry *section;

	(void)state;
	assert_int_equal(load("[a]\n[b]\nx = 1\n[c]\n", false), OK);
	section = config_next_section(file, NULL);
	assert_string_equal(section->section, "a");
	section = config_next_section(file, section);
	assert_string_equal(section->section, "b");
	section = config_next_section(file, section);
	assert_string_equal(section->section, "c");
	assert_int_equal(section->line, 4);
	assert_null(config_next_section(file, section));
}

static void test_all_syntax_errors_at_once(void **state)
{
	char text[600] = "stray = 1\n[gateway\n[gateway]\nname gw1\nname = x\nlong = ";

	(void)state;
	memset(text + strlen(text), 'a', 190);
	strcat(text, "\n[]\nlast");
	assert_int_equal(load(text, false), ERR_CONFIG);
	assert_int_equal(config_errors_count(errors), 6);
	assert_non_null(strstr(
		printed, "x.ini:1: \"stray\" stands before any [section]\n    stray = 1\n    ^\n"));
	assert_non_null(strstr(
		printed, "x.ini:2: a section header needs its closing ]\n    [gateway\n    ^\n"));
	assert_non_null(
		strstr(printed, "x.ini:4: expected \"key = value\"\n    name gw1\n    ^\n"));
	assert_non_null(strstr(printed, "x.ini:6: this line has 197 octets, the limit is 190"));
	assert_non_null(strstr(printed, "x.ini:7: a section's name"));
	assert_non_null(strstr(printed, "x.ini:8: expected \"key = value\"\n    last\n"));
}

static void test_checks_against_the_table(void **state)
{
	(void)state;
	assert_int_equal(load("[gatewy]\n"
			      "[gateway]\n"
			      "nmae = gw1\n"
			      "window = 30\n"
			      "[smsc telkomsel]\n"
			      "port = 70000\n"
			      "tls = maybe\n"
			      "default_alphabet = latin2\n"
			      "tls = no\n"
			      "[smcs indosat]\n"
			      "[smsc telkomsel]\n"
			      "host = h\n"
			      "[smsc]\n", true), OK);
	assert_string_equal(printed,
		"x.ini:1: unknown section [gatewy]; did you mean [gateway]?\n"
		"    [gatewy]\n     ^\n"
		"x.ini:2: [gateway] needs \"name\" (whose rows)\n"
		"    [gateway]\n     ^\n"
		"x.ini:3: unknown key \"nmae\" in [gateway]; did you mean \"name\"?\n"
		"    nmae = gw1\n    ^\n"
		"x.ini:4: \"window\" must be between 60 and 604800 seconds\n"
		"    window = 30\n             ^\n"
		"x.ini:6: \"port\" must be between 1 and 65535\n"
		"    port = 70000\n           ^\n"
		"x.ini:7: \"tls\" should be yes or no\n"
		"    tls = maybe\n          ^\n"
		"x.ini:8: \"latin2\" is none of gsm7|latin1|ascii; did you mean \"latin1\"?\n"
		"    default_alphabet = latin2\n                       ^\n"
		"x.ini:9: key \"tls\" stands in line 7 already\n"
		"    tls = no\n    ^\n"
		"x.ini:10: unknown section [smcs indosat]; did you mean [smsc indosat]?\n"
		"    [smcs indosat]\n     ^\n"
		"x.ini:11: section [smsc telkomsel] stands in line 5 already\n"
		"    [smsc telkomsel]\n     ^\n"
		"x.ini:13: unknown section [smsc]; did you mean [smsc NAME]?\n"
		"    [smsc]\n     ^\n");
}

static void test_missing_sections_and_files(void **state)
{
	(void)state;
	assert_int_equal(load("[smsc a]\nhost = h\n", true), OK);
	assert_string_equal(printed, "x.ini: section [gateway] with \"name\" is missing\n");
	teardown(state);
	errors = config_errors_new();
	assert_int_equal(config_file_read(&file, "/nonexistent/kabar.conf", errors), ERR_CONFIG);
	assert_int_equal(config_errors_count(errors), 1);
}

static void test_values_and_defaults(void **state)
{
	(void)state;
	assert_int_equal(load("[gateway]\nname = g\n[smsc a]\nhost = h\ndefault_alphabet = "
			      "ascii\ntls = yes\n",
				 true),
		OK);
	assert_int_equal(config_number(file, "smsc a", &table[3]), 2775);
	assert_int_equal(config_number(file, "smsc a", &table[4]), 1);
	assert_int_equal(config_number(file, "smsc a", &table[5]), 2);
	assert_int_equal(config_number(file, "gateway", &table[1]), 86400);
	assert_string_equal(config_value(file, "smsc a", &table[2]), "h");
}

static void test_caret_under_what_it_means(void **state)
{
	(void)state;
	assert_int_equal(load("[form]\nlabel = é panjang\nlist = a,\n\tb, wrong, c\n", false), OK);
	config_error(errors, file, 2, "panjang", "long");
	config_error(errors, file, 3, "wrong", "not a field");
	free(printed);
	{
		size_t size;
		FILE *out = open_memstream(&printed, &size);

		config_errors_print(errors, out);
		fclose(out);
	}
	assert_string_equal(printed,
		"x.ini:2: long\n    label = é panjang\n              ^\n"
		"x.ini:4: not a field\n    \tb, wrong, c\n    \t   ^\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(test_reads_what_is_written, teardown),
		cmocka_unit_test_teardown(test_sections_in_order, teardown),
		cmocka_unit_test_teardown(test_all_syntax_errors_at_once, teardown),
		cmocka_unit_test_teardown(test_checks_against_the_table, teardown),
		cmocka_unit_test_teardown(test_missing_sections_and_files, teardown),
		cmocka_unit_test_teardown(test_values_and_defaults, teardown),
		cmocka_unit_test_teardown(test_caret_under_what_it_means, teardown),
	};

	char directory[] = "/tmp/kabar-config-XXXXXX";
	int failed;

	if (!mkdtemp(directory) || chdir(directory) != 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(directory);
	return failed;
}
