/* Our own words that come back in a message: nothing in them is a report. */
#ifndef FLOWS_ECHO_H
#define FLOWS_ECHO_H

#include "flows/turn/turn.h"
#include "parsers/words/said.h"

/* The message without what we said: texts of the catalogue, and what we sent to that phone lately.
 * echo->name NULL: all of it is the person's. */
const char *echo_own_words(struct turn *turn, struct said_match *echo);
/* After the reading: is nothing left but our words, or talk around them? */
bool echo_is_all(const struct turn *turn, const struct said_match *echo);
/* Does it begin with a reference of ours and then tell what only we write so: "L2408-0001 Siti, L
 * 3200g, …"? Nobody reports in that order. After answer_try(): an answer may name its report. */
bool echo_tells_back(const struct turn *turn, struct said_match *echo);
/* Such a message is not answered, unless it is an example of ours. What we sent to another phone waits for somebody to read it. */
int echo_handle(struct turn *turn, const struct said_match *echo) MUST_CHECK;

#endif
