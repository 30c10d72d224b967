/* The code card: what a kader writes, on one page of A5, made from the forms. See book.h. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/export/book.h"
#include "tools/export/pdf.h"

#define CHOICES_MOST 12 /* of a field that are told one by one */
#define MARGIN      22.0
#define WIDTH       (PDF_A5_WIDTH - 2 * MARGIN)
#define BOTTOM      (PDF_A5_HEIGHT - MARGIN)
#define LEAD        1.28 /* of the size, from line to line */
#define SCALE_LEAST 0.62
#define LEFT_COLUMN 92.0 /* of what stands beside what it is for */
#define BAR_GREY    0.86

struct card {
	const struct config *config;
	struct reply_context *context;
	struct pdf *pdf; /* NULL: only measured */
	double scale, y;
	size_t pages;
};

static void page(struct card *card)
{
	card->pages++;
	card->y = MARGIN;
	if (card->pdf)
		pdf_page(card->pdf);
}

static void room_for(struct card *card, double height)
{
	if (card->y + height > BOTTOM)
		page(card);
}

static void text(struct card *card, enum pdf_font font, double size, double x, const char *words)
{
	if (card->pdf)
		pdf_text(card->pdf, font, size, x, card->y, words);
}

/* The words that fit into a width, at least one; the length taken. */
static size_t fitting(enum pdf_font font, double size, double width, const char *words)
{
	size_t best = 0;

	for (size_t i = 0;; i++) {
		char part[512];

		if (words[i] != ' ' && words[i] != '\0')
			continue;
		if (i >= sizeof(part))
			return best ? best : i;
		memcpy(part, words, i);
		part[i] = '\0';
		if (best && pdf_width(font, size, part) > width)
			return best;
		best = i;
		if (words[i] == '\0')
			return best;
	}
}

/* Lines below each other; y ends below the last. */
static void paragraph(struct card *card, enum pdf_font font, double points, double x, double width,
	const char *words)
{
	double size = points * card->scale;

	while (*words) {
		size_t length = fitting(font, size, width, words);
		char *line = xstrndup(words, length);

		room_for(card, size * LEAD);
		card->y += size;
		text(card, font, size, x, line);
		card->y += size * (LEAD - 1);
		free(line);
		words += length;
		words += strspn(words, " ");
	}
}

/* On one line, as large as it fits. */
static void example(struct card *card, const char *words)
{
	double size = 9 * card->scale, width = pdf_width(PDF_FIXED, size, words);

	if (width > WIDTH)
		size *= WIDTH / width;
	room_for(card, size * LEAD);
	card->y += size;
	text(card, PDF_FIXED, size, MARGIN, words);
	card->y += size * (LEAD - 1);
}

static void bar(struct card *card, const char *left, const char *right)
{
	double size = 9.5 * card->scale, height = size * 1.5;

	room_for(card, height * 3); /* no heading alone at the foot of a page */
	card->y += size * 0.45;
	if (card->pdf)
		pdf_box(card->pdf, MARGIN, card->y, WIDTH, height, BAR_GREY);
	card->y += size * 1.1;
	text(card, PDF_BOLD, size, MARGIN + 4, left);
	text(card, PDF_PLAIN, size, MARGIN + WIDTH - 4 - pdf_width(PDF_PLAIN, size, right), right);
	card->y += size * 0.6;
}

/* "ibu*, NIK, umur*": in the order in which they are written; a star: never left out. */
static const char *order_text(const struct card *card, const struct form *form)
{
	struct arena *arena = card->context->arena;
	const char *out = "Urutan:";

	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *field = form_field(form, form->order[i]);
		const char *label = book_label(field);

		out = arena_printf(arena, "%s %.*s%s%s", out, (int)book_label_length(label), label,
			book_need(form, field) == BOOK_MUST ? "*" : "",
			i + 1 < form->norder ? "," : "");
	}
	return out;
}

static const char *choices_text(const struct card *card, const struct form_field *field)
{
	struct arena *arena = card->context->arena;
	const char *label = book_label(field);
	const char *out = arena_printf(arena, "%.*s:", (int)book_label_length(label), label);

	if (field->nchoice > CHOICES_MOST && field->ask)
		return arena_printf(arena, "%s %s", out, field->ask); /* its words by example */
	for (size_t i = 0; i < field->nchoice; i++)
		out = arena_printf(arena, "%s %s%s", out, field->choices[i],
			i + 1 < field->nchoice ? "," : "");
	return out;
}

static void form_print(struct card *card, const struct form *form)
{
	struct arena *arena = card->context->arena;
	char *keyword = arena_strdup(arena, form->nkeyword > 0 ? form->keywords[0] : form->letter);

	for (char *c = keyword; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	bar(card, keyword, form->title);
	example(card, reply_example(card->context, form));
	paragraph(card, PDF_PLAIN, 8, MARGIN, WIDTH, order_text(card, form));
	for (size_t i = 0; i < form->norder; i++) {
		const struct form_field *field = form_field(form, form->order[i]);

		if (field->nchoice > 0)
			paragraph(card, PDF_PLAIN, 7, MARGIN + 8, WIDTH - 8,
				choices_text(card, field));
	}
}

static void line(struct card *card, const char *what, const char *how)
{
	double size = 8 * card->scale;

	room_for(card, size * LEAD);
	card->y += size;
	text(card, PDF_PLAIN, size, MARGIN, what);
	card->y -= size;
	paragraph(card, PDF_FIXED, 7.6, MARGIN + LEFT_COLUMN * card->scale,
		WIDTH - LEFT_COLUMN * card->scale, how);
}

static void head(struct card *card)
{
	const struct config_main *main = &card->config->main;
	const struct config_smsc *smsc = main->nsmsc > 0 ? &main->smsc[0] : NULL;
	struct arena *arena = card->context->arena;
	const char *where = smsc ? arena_printf(arena, "SMS ke %s%s%s", smsc->address,
					   *smsc->ussd_code ? ", atau tekan " : "", smsc->ussd_code)
				 : "";
	double size = 11.5 * card->scale, right = 9 * card->scale;

	card->y += size;
	text(card, PDF_BOLD, size, MARGIN, "KARTU KODE LAPORAN SMS");
	text(card, PDF_BOLD, right, MARGIN + WIDTH - pdf_width(PDF_BOLD, right, where), where);
	card->y += size * 0.5;
	paragraph(card, PDF_PLAIN, 8, MARGIN, WIDTH,
		"Ketik kata kunci, lalu isiannya menurut urutan, dipisah tanda #. Yang bertanda * "
		"wajib. Boleh tidak urut asal diberi nama, misalnya BB 3200. Huruf besar atau "
		"kecil "
		"sama saja. Setiap SMS dibalas: baca balasannya.");
}

static void foot(struct card *card)
{
	const struct date today = card->context->now.date;
	const char *ref =
		arena_printf(card->context->arena, "L%02d%02d-0007", today.year % 100, today.month);
	struct arena *arena = card->context->arena;

	bar(card, "Lain-lain", "");
	line(card, "Tidak ada kejadian", "LAHIR NIHIL   MATI NIHIL   POS NIHIL");
	line(card, "Membetulkan", arena_printf(arena, "KOREKSI %s BB 3100", ref));
	line(card, "Membatalkan", arena_printf(arena, "BATAL %s", ref));
	line(card, "Melihat laporan", arena_printf(arena, "CEK %s   CEK SAYA", ref));
	line(card, "Belum lengkap", "balas saja isian yang ditanyakan, misalnya 3100");
	line(card, "Berlatih", "LATIH di depan laporan: tidak dihitung");
	line(card, "Bantuan", "BANTUAN   LAHIR ?");
	bar(card, "DARURAT", "telepon 119 dahulu, lalu SMS:  TOLONG, apa yang terjadi, desa");
}

static void print_all(struct card *card)
{
	const struct form *form;

	card->y = MARGIN;
	card->pages = 1;
	head(card);
	for (size_t i = 0; (form = reply_form_at(card->context, i)) != NULL; i++)
		form_print(card, form);
	foot(card);
}

/* The largest letters with which all stands on one page. */
static double scale_of(struct card *card)
{
	for (card->scale = 1.15; card->scale > SCALE_LEAST; card->scale -= 0.01) {
		print_all(card);
		if (card->pages == 1)
			return card->scale;
	}
	return card->scale;
}

int card_write(const struct config *config, struct reply_context *context)
{
	struct card card = {.config = config, .context = context};
	int error;

	card.scale = scale_of(&card);
	card.pdf = pdf_new(PDF_A5_WIDTH, PDF_A5_HEIGHT, "Kartu kode laporan SMS");
	print_all(&card);
	error = pdf_write(card.pdf, stdout);
	pdf_free(card.pdf);
	return error;
}
