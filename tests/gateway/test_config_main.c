/* kabar.conf: defaults, errors, what a reload may change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "gateway/config/config_main.h"

#define LINK "[smsc telkomsel]\nhost = h\nsystem_id = kabar\naddress = 2255\n"

static char directory[] = "/tmp/kabar-main-XXXXXX";
static struct arena *arena;
static struct config_errors *errors;
static char *printed;

static int setup(void **state)
{
	(void)state;
	arena = arena_new();
	errors = config_errors_new();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	config_errors_free(errors);
	free(printed);
	printed = NULL;
	return 0;
}

static void write_file(const char *name, const char *text)
{
	FILE *out = fopen(name, "w");

	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static int load(struct config_main *out, const char *text)
{
	size_t size;
	FILE *file;
	int rc;

	write_file("kabar.conf", text);
	rc = config_main_load(out, "kabar.conf", arena, errors);
	unlink("kabar.conf");
	free(printed);
	file = open_memstream(&printed, &size);
	config_errors_print(errors, file);
	fclose(file);
	return rc;
}

static void test_defaults_are_those_of_the_flows(void **state)
{
	struct config_main config;
	struct flow_settings standard, loaded;

	(void)state;
	assert_int_equal(load(&config, LINK), OK);
	flow_settings_standard(&standard);
	loaded = config.flow;
	assert_string_equal(loaded.own[0], "2255");
	assert_int_equal(loaded.nown, 1);
	loaded.name = standard.name;
	loaded.own[0] = NULL;
	loaded.nown = 0;
	assert_memory_equal(&loaded, &standard, sizeof(loaded));
	assert_int_equal(config.batch, 256);
	assert_int_equal(config.redelivery, 86400);
	assert_int_equal(config.resend_unsure, 1);
}

static void test_a_link(void **state)
{
	struct config_main config;

	(void)state;
	write_file("secret", "rahasia\nmore\n");
	assert_int_equal(
		load(&config,
			"[gateway]\nname = gw7\ntimezone = Asia/Makassar\n" LINK
			"password_file = secret\nbind = transmitter+receiver\ndefault_alphabet = "
			"latin1\nenquire_link = 1m\n"
			"[smsc indosat]\nhost = i\nsystem_id = x\naddress = 3366\nport = 2776\ntls "
			"= yes\n"),
		OK);
	unlink("secret");
	assert_int_equal(config.nsmsc, 2);
	assert_string_equal(config.smsc[0].link.name, "telkomsel");
	assert_string_equal(config.smsc[0].link.password, "rahasia");
	assert_true(config.smsc[0].link.pair);
	assert_int_equal(config.smsc[0].alphabet, ALPHABET_LATIN1);
	assert_int_equal(config.smsc[0].link.enquire_link_ms, 60000);
	assert_int_equal(config.smsc[0].link.window, 10);
	assert_int_equal(config.smsc[1].link.port, 2776);
	assert_true(config.smsc[1].link.tls);
	assert_true(config.smsc[1].link.tls_verify);
	assert_false(config.smsc[1].link.pair);
	assert_string_equal(config.flow.name, "gw7");
	assert_int_equal(config.flow.timezone, 480);
}

static void test_all_errors_at_once(void **state)
{
	struct config_main config;

	(void)state;
	assert_int_equal(load(&config,
				 "[gateway]\ntimezone = Asia/Jakrta\n[store]\ndriver = postgres\n"
				 "[smsc a]\nhost = h\nsystem_id = "
				 "a-name-that-is-too-long\npassword = 123456789\n"
				 "password_file = none\naddress = 2255\nwindow = 0\n"),
		ERR_CONFIG);
	assert_non_null(strstr(printed, "kabar.conf:2: unknown time zone \"Asia/Jakrta\""));
	assert_non_null(strstr(printed, "kabar.conf:4: driver postgres needs \"conninfo\""));
	assert_non_null(strstr(printed, "kabar.conf:7: \"system_id\" has at most 15 characters"));
	assert_non_null(strstr(printed, "kabar.conf:9: give password or password_file, not both"));
	assert_non_null(strstr(printed, "kabar.conf:11: \"window\" must be between 1 and 1000"));
}

static void test_no_file_is_one_error(void **state)
{
	struct config_main config;

	(void)state;
	assert_int_equal(config_main_load(&config, "nowhere.conf", arena, errors), ERR_CONFIG);
	assert_int_equal(config_errors_count(errors), 1);
}

static void test_what_a_reload_cannot_change(void **state)
{
	struct config_main old, same, limit, port, more, batch, source;

	(void)state;
	assert_int_equal(load(&old, LINK), OK);
	assert_int_equal(load(&same, LINK), OK);
	assert_int_equal(load(&limit, "[limits]\nrepeat_times = 7\n" LINK), OK);
	assert_int_equal(load(&port, LINK "port = 2776\n"), OK);
	assert_int_equal(load(&more, LINK "[smsc b]\nhost = h\nsystem_id = k\naddress = 1\n"), OK);
	assert_int_equal(load(&batch, "[limits]\nbatch = 7\n" LINK), OK);
	assert_int_equal(load(&source, LINK "address_ton = 3\n"), OK);
	assert_null(config_main_fixed(&old, &same));
	assert_null(config_main_fixed(&old, &limit));
	assert_null(config_main_fixed(&old, &port));
	assert_null(config_main_fixed(&old, &more));
	assert_string_equal(config_main_fixed(&old, &batch), "batch");
	assert_true(link_config_same(&old.smsc[0].link, &same.smsc[0].link));
	/* no reason to bind again */
	assert_true(link_config_same(&old.smsc[0].link, &source.smsc[0].link));
	assert_false(link_config_same(&old.smsc[0].link, &port.smsc[0].link));
}

static void test_where_outbind_comes_in(void **state)
{
	struct config_main config;

	(void)state;
	assert_int_equal(load(&config, LINK "listen = 0.0.0.0:2776\n"), OK);
	assert_string_equal(config.smsc[0].link.listen, "0.0.0.0:2776");
	assert_true(link_listen_ok("[::]:2776"));
	assert_false(link_listen_ok("127.0.0.1"));
	assert_false(link_listen_ok("host.example:2776"));
	assert_int_equal(load(&config, LINK "listen = 2776\n"), ERR_CONFIG);
	assert_int_equal(load(&config, LINK "listen = 0.0.0.0:2776\ntls = yes\n"), ERR_CONFIG);
}

static char *read_source(const char *name)
{
	const char *top = getenv("top_srcdir");
	char *path = xasprintf("%s/%s", top ? top : ".", name);
	FILE *in = fopen(path, "r");
	struct strbuf text = {0};
	char line[512];

	if (!in)
		fail_msg("%s cannot be read", path);
	strbuf_putc(&text, '\n');
	while (fgets(line, sizeof(line), in))
		strbuf_puts(&text, line);
	fclose(in);
	free(path);
	return text.text;
}

static void test_the_sample_is_good(void **state)
{
	char *sample = read_source("conf/kabar.conf");
	struct config_main config;

	(void)state;
	if (load(&config, sample) != OK)
		fail_msg("%s", printed);
	free(sample);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_defaults_are_those_of_the_flows),
		TEST(test_a_link),
		TEST(test_all_errors_at_once),
		TEST(test_no_file_is_one_error),
		TEST(test_what_a_reload_cannot_change),
		TEST(test_where_outbind_comes_in),
		TEST(test_the_sample_is_good),
	};
	char *top = realpath(getenv("top_srcdir") ? getenv("top_srcdir") : ".", NULL);
	int failed;

	setenv("top_srcdir", top, 1);
	free(top);
	if (!mkdtemp(directory) || chdir(directory) != 0)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(directory);
	return failed;
}
