/* kabarctl codebook: what can be reported and how it is written, made from the form and word files.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "flows/reply/reply.h"
#include "gateway/config/config_load.h"
#include "parsers/text/error.h"
#include "parsers/words/lexicon.h"
#include "tools/ctl/ctl_commands.h"

#define WORDS_SHOWN 12 /* synonyms per choice */

struct book {
	const struct config *config;
	struct arena *arena;
	bool markdown;
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
	for (size_t i = 0; i < count; i++)
		printf("%s%s", i > 0 ? ", " : "", upper(book, list[i]));
}

static const char *type_text(const struct form_field *field)
{
	switch (field->type) {
	case FIELD_NAME:
		return "nama";
	case FIELD_NIK:
		return "16 angka";
	case FIELD_DATE:
		return "tanggal: 14/8/24, 14 agst, kemarin";
	case FIELD_TIME:
		return "jam: 14.30, jam 5 subuh";
	case FIELD_WEIGHT:
		return "berat: 3200, 3,2 kg, 32 ons";
	case FIELD_LENGTH:
		return "panjang dalam cm";
	case FIELD_AGE:
		return "umur: 34 th, 5 bln, 3 hr";
	case FIELD_POSYANDU:
		return "nama posyandu";
	case FIELD_AREA:
		return "nama atau kode desa";
	case FIELD_TEXT:
		return "teks bebas";
	case FIELD_CHOICE:
		return "pilihan";
	case FIELD_INT:
	case FIELD_COUNT:
		return "angka";
	}
	return "";
}

struct synonyms {
	const struct book *book;
	const char *choice;
	size_t count;
};

static int print_synonym(const struct lexicon_entry *entry, void *context)
{
	struct synonyms *synonyms = context;

	if (strcmp(entry->canonical, synonyms->choice) != 0 ||
		strcasecmp(entry->phrase, synonyms->choice) == 0)
		return 0;
	if (synonyms->count++ < WORDS_SHOWN)
		printf("%s%s", synonyms->count == 1 ? " = " : ", ", entry->phrase);
	return 0;
}

static void print_choices(const struct book *book, const struct form_field *field)
{
	for (size_t i = 0; i < field->nchoice; i++) {
		struct synonyms synonyms = {.book = book, .choice = field->choices[i]};

		printf("%s%s", book->markdown ? "  - " : "        ", field->choices[i]);
		if (field->words)
			(void)lexicon_each(
				book->config->lexicon, field->words, print_synonym, &synonyms);
		puts(synonyms.count > WORDS_SHOWN ? " …" : "");
	}
}

/* Always, sometimes or never asked for. */
static const char *need_text(const struct form *form, const struct form_field *field)
{
	const char *need = "";

	for (size_t i = 0; i < form->nrequire; i++) {
		for (size_t k = 0; k < form->requires[i].nfield; k++) {
			const char *name = strstr(form->requires[i].fields[k], field->name);
			size_t length = strlen(field->name);

			if (!name || (name > form->requires[i].fields[k] && name[-1] != '|') ||
			    (name[length] && name[length] != '|'))
				continue;
			if (form->requires[i].when.nterm == 0 && form->requires[i].nfield > 0)
				return ", wajib";
			need = ", wajib bila perlu";
		}
	}
	return need;
}

static void print_field(
	const struct book *book, const struct form *form, const struct form_field *field)
{
	printf(book->markdown ? "- **%s** `%s`: %s" : "    %s [%s]: %s",
		field->label ? field->label : field->name, field->name, type_text(field));
	if (field->max > 0)
		printf(" %g sampai %g", field->min, field->max);
	printf("%s", need_text(form, field));
	if (field->nkey > 0) {
		printf(book->markdown ? "; ditulis dengan kata " : "\n        kata: ");
		print_list(book, field->keys, field->nkey);
	}
	if (field->example)
		printf(book->markdown ? "; misalnya `%s`" : "\n        misalnya: %s",
			field->example);
	putchar('\n');
	print_choices(book, field);
}

static void print_form(const struct book *book, const struct form *form)
{
	struct reply_context context = {.catalogue = book->config->catalogue,
		.reader = book->config->reader,
		.arena = book->arena};

	printf(book->markdown ? "## %s (%s)\n\n" : "%s (%s)\n", form->title, form->letter);
	printf(book->markdown ? "Kata kunci: " : "  Kata kunci: ");
	print_list(book, form->keywords, form->nkeyword);
	printf(book->markdown ? "\n\nContoh: `%s`\n\n" : "\n  Contoh: %s\n",
		reply_example(&context, form));
	printf(book->markdown ? "Urutan: " : "  Urutan: ");
	print_list(book, form->order, form->norder);
	puts(book->markdown ? "\n" : "\n  Isian:");
	for (size_t i = 0; i < form->nfield; i++)
		print_field(book, form, &form->fields[i]);
	putchar('\n');
}

static void print_book(const struct book *book)
{
	puts(book->markdown ? "# Buku kode laporan SMS\n" : "BUKU KODE LAPORAN SMS\n");
	puts("Tulis kata kunci, lalu isian menurut urutan dengan tanda # di antaranya, atau isian\n"
	     "bebas dengan katanya: BB 3200. Huruf besar dan kecil sama saja.\n");
	for (size_t i = 0; i < book->config->nform; i++)
		print_form(book, book->config->forms[i]);
}

int ctl_codebook(struct ctl *ctl, int argc, char **argv)
{
	struct config_errors *errors;
	struct config *config;
	struct book book = {0};
	int error;

	for (int i = 1; i < argc; i++) { /* by hand: a struct option is something else here */
		if (strcmp(argv[i], "--markdown") != 0)
			return ctl_usage_error(argv[0], "\"%s\" is not --markdown", argv[i]);
		book.markdown = true;
	}
	errors = config_errors_new();
	error = config_load(&config, ctl->config_path, errors);
	config_errors_print(errors, stderr);
	config_errors_free(errors);
	if (error != OK)
		return 1;
	book.config = config;
	book.arena = arena_new();
	print_book(&book);
	arena_free(book.arena);
	config_unref(config);
	return 0;
}
