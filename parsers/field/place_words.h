/* Inside the reader: words and codes that name a place, and whose it is. */
#ifndef PARSERS_PLACE_WORDS_H
#define PARSERS_PLACE_WORDS_H

#include "parsers/parse/parse.h"

#define PLACE_TOKENS 4
#define EXACT_STEPS  10 /* of one exact look-up */

bool in_scope(const struct sender *sender, const struct area *area);
const struct area *kabupaten_of(const struct area *area);
/* A code of digits and dots, 35.03.01.2004.001: the token behind it. */
size_t code_text(const struct parse *parse, size_t at, char out[64]);
/* No number, and no word of a report. */
bool meaningless(const struct parse *parse, size_t i);
/* "MELATI NGLEBENG", "mawar ds besuki": the desa behind a posyandu's name; its end, 0: none. */
size_t desa_behind(
	const struct parse *parse, size_t at, size_t last, struct area_matches *found);

/* "ds pal seratus": by its word a desa that the kabupaten has not; NULL: none is told. */
const char *desa_unknown(const struct parse *parse);
/* A desa is named, by its word, that is not where the posyandu is: "POS DESA TERBIS MELATI". Both
 * names; NULL. */
const char *posyandu_elsewhere(const struct parse *parse, const char *id);
bool desa_said_at(const struct parse *parse, size_t at); /* "desa terbis", by its word */
/* The words are a desa's name, exactly, of the sender's kabupaten. */
bool desa_named_at(const struct parse *parse, size_t at, size_t end);
/* The word behind a name is a desa or a kecamatan, exactly: adds the desa, or what is asked. */
bool desa_ends_name(struct parse *parse, size_t at);
/* A desa that nothing took and that is none of the sender's: its first word; NULL. */
const char *desa_left(struct parse *parse, struct area_matches *found);
/* A posyandu's name, exactly, and the sender's. */
bool posyandu_named_at(const struct parse *parse, size_t at);
/* The same with the posyandu that it is: the token behind its name, 0: none, or several. */
size_t posyandu_exact_at(const struct parse *parse, size_t at, const struct posyandu **out);
/* Numbers enough for a posyandu's row: without them it is not looked for token by token. */
bool row_told(const struct parse *parse, size_t first, size_t last);
/* Another posyandu's row begins at a token, after one that began at first. */
bool posyandu_row_at(
	const struct parse *parse, const struct form_index *index, size_t first, size_t at);

#endif
