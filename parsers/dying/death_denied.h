/* Inside the reader: what speaks against a word of dying. */
#ifndef PARSERS_DEATH_DENIED_H
#define PARSERS_DEATH_DENIED_H

#include "parsers/parse/parse.h"

/* A phrase of the class bukan_kematian stands at a token, with this meaning. */
bool denies_death(const struct parse *parse, size_t at, const char *kind);
/* A word that says no stands right in front: "tidak selamat", "belum lahir". */
bool negated(const struct parse *parse, size_t at);
/* The same, and words between that say of what never was: "tdk pernah sesar". */
bool never(const struct parse *parse, size_t at);
/* The word at [at, end) is denied, supposed, of old, none in figures or courtesy. */
bool death_denied(const struct parse *parse, size_t at, size_t end);
/* "gantinya bu lastri yang meninggal": known, and told to say whose place somebody takes. */
bool death_known(const struct parse *parse, size_t at);
/* "mati 0", "0 mati", "mati nihil."; not "meninggal 0 hr", which is an age. */
bool counted_none(const struct parse *parse, size_t at, size_t end);
/* "mati lampu": a thing's, right beside it; the whole clause's. */
bool thing_beside(const struct parse *parse, size_t at, size_t end);
bool thing_dies(const struct parse *parse, size_t at);
bool thing_alone(const struct parse *parse, size_t at); /* all that stands in front */
/* "sudah", "wis": where the words begin that stand so right in front of a token. */
size_t predicates_begin(const struct parse *parse, size_t at);
/* A phrase of the class sekitar_kematian stands at a token, with this meaning. */
bool stands_near(const struct parse *parse, size_t at, const char *kind);
/* "motor pak karto tidak tertolong": a thing of somebody's, and nothing else in front. */
bool thing_of_somebody(const struct parse *parse, size_t at);
/* Somebody is named at a token, or a word for a person stands there. */
bool someone_at(const struct parse *parse, size_t at);
/* death_gone.c: a name, but nothing that somebody has or that there is: "pulsanya", "sinyal". */
bool may_be_named(const struct parse *parse, size_t at);
/* What is a death only of somebody: "sudah tidak ada", "MD", "almarhum". */
bool child_gone(const struct parse *parse, size_t at, size_t end);
bool somebody_gone(const struct parse *parse, size_t at);
bool called_late(const struct parse *parse, size_t at, size_t end);
/* "bayine bu sri ora ketulungan": it is said of a person right in front. */
bool right_behind(const struct parse *parse, size_t at);

/* "siti membaik wati meninggal", "bu siti hamil suaminya meninggal": where she begins who is named
 * between words of recovery and the word of dying, or somebody's relative; 0: nobody is. */
size_t another_begins(const struct parse *parse, size_t at);

#endif
