/* Stretches read on trial, and what a reading of one is worth. What was read once is kept
 * (read/stretch.c), so that the stretch that wins costs nothing more. */
#ifndef PARSERS_TRIAL_H
#define PARSERS_TRIAL_H

#include "parsers/parse/parse.h"

/* Looking ahead may take no more than half of what a message is given. */
bool trial_may(const struct parse *parse);
/* Chosen values without a problem, what explains the stretch that was read; one of a type is. */
size_t good_fields(const struct parse *parse);
bool good_of(const struct parse *parse, enum field_type type);
/* No count that the form's row must have is missing. */
bool row_told_whole(const struct parse *parse);
/* The same of another stretch; the message stays as it was, but for the candidates. */
size_t trial_good(struct parse *parse, const struct form_index *index, size_t first, size_t last);
/* The report that the stretch would be; returns what is missing or unclear in it. */
size_t trial_judge(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report);
const struct form_index *story_form(const struct parse *parse); /* deaths are told by it; NULL */
/* Nothing in front of it is whole: something that the form requires has no word there. */
size_t whole_from(const struct parse *parse);
/* What was read as that report is none in front of a token: something that it requires has no word
 * there. false: not known. */
bool trial_lacks(const struct parse *parse, const struct report *report, size_t end);
/* The stretch is one report that lacks nothing. */
bool trial_whole(struct parse *parse, const struct form_index *index, size_t first, size_t last,
	struct report *report);
/* A word of chat is in it, and no value. */
bool trial_chats(const struct parse *parse);
/* Nothing, or only one weak thing among other words. Of a session neither a count nor whether there
 * was one, but a word where a posyandu would stand, a day to come ("posyandu melati besok jam 8"),
 * or talk ("… rame bu"). */
bool trial_unreadable(const struct parse *parse);

#endif
