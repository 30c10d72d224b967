/* The world of the corpus without a store: its areas, posyandu and people, the installed forms and
 * words. */
#ifndef TESTS_PARSERS_CORPUS_WORLD_H
#define TESTS_PARSERS_CORPUS_WORLD_H

#include "parsers/reader.h"

struct corpus_world;

/* Exits with a message when something cannot be loaded. forms: a directory, NULL: conf/forms of the
 * tree. */
struct corpus_world *corpus_world_new(const char *forms);
void corpus_world_free(struct corpus_world *world);
const struct reader *corpus_reader(const struct corpus_world *world);
/* The context of a sender on 15 August 2024 (or day CORPUS_DAY of it), 10:00. */
struct read_context corpus_context(struct corpus_world *world, const char *phone);
/* Escapes \n \t \\ \uXXXX of a corpus text. */
char *corpus_unescape(const char *text);

#endif
