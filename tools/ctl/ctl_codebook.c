/* kabarctl codebook: what can be reported and how it is written, made from the form and word files.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "flows/reply/catalogue.h"
#include "flows/reply/reply.h"
#include "gateway/config/config_load.h"
#include "gateway/os/clock.h"
#include "parsers/text/error.h"
#include "parsers/words/lexicon.h"
#include "tools/common/ctl_options.h"
#include "tools/ctl/ctl_commands.h"
#include "tools/export/book.h"

#define WORDS_SHOWN 3 /* beside the standard word */
#define ZONE (7 * 60) /* minutes: examples need no more than the day */

struct book {
	const struct config *config;
	struct arena *arena;
	bool markdown;
	struct reply_context context;
};

static const char *upper(const struct book *book, const char *text)
{
	char *copy = arena_strdup(book->arena, text);

	for (char *c = copy; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return copy;
}

static void print_list(const struct book *book, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count && i <= WORDS_SHOWN; i++)
		printf("%s%s", i > 0 ? ", " : "", upper(book, list[i]));
}

/* What may be written, in examples where words would need explaining. */
static const char *type_text(const struct form_field *field)
{
	switch (field->type) {
	case FIELD_NAME:
		return "nama";
	case FIELD_NIK:
		return "16 angka";
	case FIELD_DATE:
		return "14/8, 14 agst atau kemarin";
	case FIELD_TIME:
		return "14.30 atau jam 5 subuh";
	case FIELD_WEIGHT:
		return "3200, 3,2 kg atau 32 ons;";
	case FIELD_LENGTH:
		return "48 atau 48,5 cm;";
	case FIELD_AGE:
		return "34 th, 5 bln atau 3 hr";
	case FIELD_POSYANDU:
		return "nama posyandu";
	case FIELD_AREA:
		return "nama atau kode desa";
	case FIELD_TEXT:
		return "boleh ditulis bebas";
	case FIELD_CHOICE:
		return "salah satu dari";
	case FIELD_LIST:
		return "satu atau beberapa dari";
	case FIELD_PATTERN:
		return "seperti contoh";
	case FIELD_AMOUNT:
		return "angka, boleh dengan koma";
	case FIELD_INT:
	case FIELD_COUNT:
		return "angka";
	}
	return "";
}

/* Nobody is told to write it: derived, kept beside its code, or a number that is never asked. */
static bool is_hidden(const struct form *form, const struct form_field *field)
{
	for (size_t i = 0; i < form->nfield; i++) {
		if (form->fields[i].written != NULL &&
			strcmp(form->fields[i].written, field->name) == 0)
			return true;
	}
	return (field->nkey == 0 && field->ask == NULL) ||
		(field->type == FIELD_INT && field->ask == NULL && field->example == NULL);
}

/* The words that are asked for by the field's code, or by the text beside it. */
static const struct form_field *keyed(const struct form *form, const struct form_field *field)
{
	const struct form_field *text =
		field->written == NULL ? NULL : form_field(form, field->written);

	return text == NULL ? field : text;
}

/* "laki-laki" as the lexicon has it. */
static const char *folded(const struct book *book, const char *word)
{
	char *copy = arena_strdup(book->arena, word);

	for (char *at = copy; *at != '\0'; at++)
		*at = *at == '-' ? ' ' : *at;
	return copy;
}

/* "laki-laki, lk, cowok": the words of the catalogue, those that the reader knows; where it has
 * none, the standard word. Which stand first in the lexicon is nobody's concern. */
static void print_words(const struct book *book, const char *class, const char *choice)
{
	const char *words = catalogue_word(book->config->catalogue, "id",
		arena_printf(book->arena, "book.%s.%s", class, choice));
	size_t shown = 0;

	while (words != NULL && *words != '\0' && shown <= WORDS_SHOWN) {
		size_t length = strcspn(words, ",");
		const char *word = arena_strndup(book->arena, words, length);
		const char *means =
			lexicon_word(book->config->lexicon, class, folded(book, word));

		words += length;
		words += strspn(words, ", ");
		if (means == NULL || strcmp(means, choice) != 0 || strcasecmp(word, choice) == 0)
			continue;
		printf("%s%s", shown++ == 0 ? " = " : ", ", word);
	}
}

static void print_choices(const struct book *book, const struct form_field *field)
{
	for (size_t i = 0; i < field->nchoice; i++) {
		printf("%s%s", book->markdown ? "  - " : "        ", field->choices[i]);
		if (field->words != NULL)
			print_words(book, field->words, field->choices[i]);
		putchar('\n');
	}
}

static const char *need_text(const struct form *form, const struct form_field *field)
{
	static const char *const texts[] = {
		[BOOK_MAY] = "", [BOOK_SOMETIMES] = ", wajib pada sebagian laporan",
		[BOOK_MUST] = ", wajib"};

	return texts[book_need(form, field)];
}

static void print_field(
	const struct book *book, const struct form *form, const struct form_field *field)
{
	const struct form_field *named = keyed(form, field);

	printf(book->markdown ? "- **%s**: %s" : "    %s: %s", book_label(field),
		type_text(field));
	if (field->max > 0)
		printf(" %g sampai %g", field->min, field->max);
	printf("%s", need_text(form, field));
	if (named->nkey > 0) {
		printf(book->markdown ? "; ditulis dengan kata " : "\n        kata: ");
		print_list(book, named->keys, named->nkey);
	}
	if (field->example != NULL)
		printf(book->markdown ? "; misalnya `%s`" : "\n        misalnya: %s",
			reply_field_example(&book->context, form, field->name));
	putchar('\n');
	print_choices(book, field);
}

static void print_order(const struct book *book, const struct form *form)
{
	printf(book->markdown ? "Urutan: " : "  Urutan: ");
	for (size_t i = 0; i < form->norder; i++) {
		const char *label = book_label(form_field(form, form->order[i]));

		printf("%s%.*s", i > 0 ? ", " : "", (int)book_label_length(label), label);
	}
	puts(book->markdown ? "\n" : "\n  Isian:");
}

static void print_form(const struct book *book, const struct form *form)
{
	printf(book->markdown ? "## %s (%s)\n\n" : "%s (%s)\n", form->title, form->letter);
	printf(book->markdown ? "Kata kunci: " : "  Kata kunci: ");
	print_list(book, form->keywords, form->nkeyword);
	printf(book->markdown ? "\n\nContoh: `%s`\n\n" : "\n  Contoh: %s\n",
		reply_example(&book->context, form));
	print_order(book, form);
	for (size_t i = 0; i < form->nfield; i++) {
		if (!is_hidden(form, &form->fields[i]))
			print_field(book, form, &form->fields[i]);
	}
	putchar('\n');
}

static void print_line(const struct book *book, const char *what, const char *text)
{
	printf(book->markdown ? "- %s: `%s`\n" : "  %-22s %s\n", what, text);
}

/* What fits on one page beside the phone. */
static void print_summary(const struct book *book)
{
	struct date today = book->context.now.date;
	const struct form *form;
	const char *ref = arena_printf(
		book->arena, "L%02d%02d-0007", today.year % 100, today.month);

	puts(book->markdown ? "## Ringkasnya\n" : "RINGKASNYA");
	for (size_t i = 0; (form = reply_form_at(&book->context, i)) != NULL; i++)
		print_line(book, form->title, reply_example(&book->context, form));
	print_line(book, "Tidak ada kejadian", "LAHIR NIHIL, MATI NIHIL, POS NIHIL");
	print_line(book, "Membetulkan", arena_printf(book->arena, "KOREKSI %s BB 3100", ref));
	print_line(book, "Membatalkan", arena_printf(book->arena, "BATAL %s", ref));
	print_line(book, "Melihat laporan", arena_printf(book->arena, "CEK %s, CEK SAYA", ref));
	print_line(book, "Berlatih", "LATIH di depan laporan: tidak dihitung");
	print_line(book, "Bantuan", "BANTUAN, LAHIR ?");
	print_line(book, "Darurat", "telepon 119, lalu SMS TOLONG, apa yang terjadi, desa");
	putchar('\n');
}

static void print_book(const struct book *book)
{
	const struct form *form;

	puts(book->markdown ? "# Buku kode laporan SMS\n" : "BUKU KODE LAPORAN SMS\n");
	print_summary(book);
	puts("Ketik kata kunci, lalu isiannya menurut urutan, dipisah tanda #. Boleh tidak urut\n"
	     "asal diberi nama, mis. BB 3200. Huruf besar atau kecil sama saja.\n");
	for (size_t i = 0; (form = reply_form_at(&book->context, i)) != NULL; i++)
		print_form(book, form);
}

int ctl_codebook(struct ctl *ctl, int argc, char **argv)
{
	struct config_errors *errors;
	struct config *config;
	struct book book = {0};
	bool card = false;
	const struct ctl_option options[] = {
		{"markdown", NULL, &book.markdown}, {"card", NULL, &card}, {0}};
	int first = ctl_options(argc, argv, options), error;

	if (first < 0)
		return 2;
	if (first < argc)
		return ctl_usage_error(argv[0], "unexpected argument \"%s\"", argv[first]);
	errors = config_errors_new();
	error = config_load(&config, ctl->config_path, errors);
	config_errors_print(errors, stderr);
	config_errors_free(errors);
	if (error != OK)
		return 1;
	book.config = config;
	book.arena = arena_new();
	book.context = (struct reply_context){.catalogue = config->catalogue,
		.reader = config->reader,
		.arena = book.arena,
		.now = moment_local(clock_utc(), ZONE)};
	if (!card)
		print_book(&book);
	else if (card_write(config, &book.context) != OK) {
		perror("kabarctl codebook: stdout");
		error = ERR_SYSTEM;
	}
	arena_free(book.arena);
	config_unref(config);
	return error ? 1 : 0;
}
