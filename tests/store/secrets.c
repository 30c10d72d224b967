/* Sealing of numbers, the key file, and that a rotation leaves nothing behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "store/secret/seal.h"

static char directory[] = "/tmp/kabar-secrets-XXXXXX";
static char *path;

static struct keys *keys_fresh(void)
{
	char detail[KEYS_DETAIL] = "";
	struct keys *keys;

	unlink(path);
	assert_int_equal(keys_make(path, detail), OK);
	assert_int_equal(keys_load(&keys, path, detail), OK);
	return keys;
}

static size_t longest_row(const char *text)
{
	size_t longest = 0, row = 0;

	for (; *text; text++) {
		row = *text >= '0' && *text <= '9' ? row + 1 : 0;
		longest = row > longest ? row : longest;
	}
	return longest;
}

/* Each with what must be left readable of it. */
static void test_what_is_sealed(void **state)
{
	static const struct {
		const char *text, *hidden, *left;
	} rows[] = {
		{"L SITI NIK 3503014507959991 umur 27", "3503014507959991", " umur 27"},
		{"nik 3503 0145 0795 9991 ok", "0795", " ok"},
		{"nik 35.03.01.450795.9991", "450795", "nik "},
		{"NIK:350301-450795-9991,BB 3200", "450795", ",BB 3200"},
		{"hp 081234567890", "081234567890", "hp "},
		{"hp 0812-3456-7890 bu", "3456", " bu"},
		{"hp +62 812 3456 7890", "3456", "hp "},
		{"5 anak 0812 3456 789", "3456", "5 anak "},
		{"{\"nik\":\"3503014507959991\",\"d\":5}", "350301", "\",\"d\":5}"},
		{"3503014507959991", "3503014507959991", ""},
		{"350301450795999 dan 35030145079599912", "350301450795999", " dan "},
	};
	struct keys *keys = keys_fresh();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *sealed = seal_text(keys, rows[i].text), *open;

		assert_non_null(sealed);
		assert_null(strstr(sealed, rows[i].hidden));
		assert_non_null(strstr(sealed, rows[i].left));
		assert_false(text_needs_seal(keys, sealed));
		assert_true(text_needs_seal(keys, rows[i].text));
		assert_null(seal_text(keys, sealed));
		open = unseal_text(keys, sealed);
		assert_string_equal(open, rows[i].text);
		free(open);
		open = unseal_text(NULL, sealed);
		assert_non_null(strstr(open, "****"));
		assert_null(strstr(open, "<~"));
		free(open);
		free(sealed);
	}
	keys_free(keys);
}

static void test_what_is_left(void **state)
{
	static const char *const texts[] = {"",
		"L SITI 27 12/8/24 L 3200 49 PKM BIDAN HIDUP",
		"POS MAWAR 35 20 18 2 0 0", "2024-08-15 10:00", "35.03.01.2004",
		"<~ bukan token ~>", "<~1:AAAA~>",
		"{\"since\":1724000000}", "119", "L2408-0007 diterima."};
	struct keys *keys = keys_fresh();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		char *open = unseal_text(keys, texts[i]);

		assert_null(seal_text(keys, texts[i]));
		if (open)
			assert_string_equal(open, texts[i]);
		free(open);
	}
	keys_free(keys);
}

static void test_random_texts(void **state)
{
	static const char signs[] = "0123456789012345678901234567890123456789 .-,+a:<~>\"";
	struct keys *keys = keys_fresh();
	char text[400];

	(void)state;
	srandom(7);
	for (int i = 0; i < 20000; i++) {
		size_t length = (size_t)random() % (sizeof(text) - 1);
		char *sealed, *open;

		for (size_t at = 0; at < length; at++)
			text[at] = signs[(size_t)random() % (sizeof(signs) - 1)];
		text[length] = '\0';
		sealed = seal_text(keys, text);
		open = unseal_text(keys, sealed ? sealed : text);
		assert_string_equal(open ? open : sealed ? sealed : text, text);
		free(open);
		open = unseal_text(NULL, sealed ? sealed : text);
		assert_true(longest_row(open ? open : sealed ? sealed : text) <= 10);
		free(open);
		free(sealed);
	}
	keys_free(keys);
}

static void test_octets(void **state)
{
	const unsigned char octets[] = "3503014507959991\0\1\2";
	struct keys *keys = keys_fresh(), *other;
	unsigned char *sealed = seal_octets(keys, octets, sizeof(octets));
	size_t length = sizeof(octets) + SEAL_OVERHEAD;

	(void)state;
	assert_true(octets_sealed(sealed, length));
	assert_null(memmem(sealed, length, "3503", 4));
	assert_false(octets_need_seal(keys, sealed, length));
	assert_int_equal(keys_add(keys), OK);
	assert_true(octets_need_seal(keys, sealed, length));
	other = keys_fresh();
	assert_int_equal(unseal_octets(other, sealed, length), 0);
	assert_int_equal(unseal_octets(keys, sealed, length), sizeof(octets));
	assert_memory_equal(sealed, octets, sizeof(octets));
	keys_free(other);
	keys_free(keys);
	free(sealed);
}

static void test_generations(void **state)
{
	struct keys *keys = keys_fresh(), *again;
	char *first = seal_text(keys, "3503014507959991"), *second, *open;
	char before[SEAL_HASH], after[SEAL_HASH], detail[KEYS_DETAIL];

	(void)state;
	seal_lookup(keys_newest(keys), "3503014507959991", before);
	assert_int_equal(keys_add(keys), OK);
	seal_lookup(keys_newest(keys), "3503014507959991", after);
	assert_string_not_equal(before, after);
	assert_int_equal(keys_save(keys, path, detail), OK);
	assert_int_equal(keys_load(&again, path, detail), OK);
	assert_true(text_needs_seal(again, first));
	second = seal_text(again, "3503014507959991");
	assert_ptr_equal(strstr(second, "<~2:"), second);
	open = unseal_text(again, first);
	assert_string_equal(open, "3503014507959991");
	free(open);
	keys_drop_old(again);
	open = unseal_text(again, first); /* it stays what it was: nothing is lost by looking */
	assert_string_equal(open, first);
	free(open);
	assert_false(text_needs_seal(again, first));
	free(first);
	free(second);
	keys_free(again);
	keys_free(keys);
}

static void test_key_file(void **state)
{
	char detail[KEYS_DETAIL] = "";
	struct keys *keys = keys_fresh(), *none;
	struct stat info;

	(void)state;
	assert_int_equal(stat(path, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
	assert_int_equal(keys_make(path, detail), ERR_EXISTS);
	assert_false(keys_stale(keys, path));
	assert_int_equal(keys_save(keys, path, detail), OK);
	assert_true(keys_stale(keys, path));
	assert_int_equal(chmod(path, 0644), 0);
	assert_int_equal(keys_load(&none, path, detail), ERR_CONFIG);
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(truncate(path, 200), 0);
	assert_int_equal(keys_load(&none, path, detail), ERR_CONFIG);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(keys_load(&none, path, detail), ERR_NOT_FOUND);
	assert_false(keys_stale(keys, path));
	keys_free(keys);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_sealed), cmocka_unit_test(test_what_is_left),
		cmocka_unit_test(test_random_texts), cmocka_unit_test(test_octets),
		cmocka_unit_test(test_generations), cmocka_unit_test(test_key_file)};
	int failed;

	if (!mkdtemp(directory))
		abort();
	path = xasprintf("%s/key", directory);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	rmdir(directory);
	free(path);
	return failed;
}
