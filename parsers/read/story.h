/* Inside the reader: events told without a keyword. */
#ifndef PARSERS_STORY_H
#define PARSERS_STORY_H

#include "parsers/field/parse.h"

bool read_story(struct parse *parse, size_t count, struct reading *out);
/* A death that is told behind something else, in the tokens [first, end). */
void read_death(struct parse *parse, size_t first, size_t end, struct reading *out);
bool read_shape(struct parse *parse, size_t count, struct reading *out);

#endif
