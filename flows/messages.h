/* Every message and the placeholders it must have, each once: X(id, name in the files, placeholders).
 *
 * To add one: a row here and a line in each conf/messages/<language>.ini. The widths of the
 * placeholders stand in flows/catalogue.c.
 */
#ifndef FLOWS_MESSAGES_H
#define FLOWS_MESSAGES_H

#define MESSAGES(X)                                                                         \
	/* reports */                                                                       \
	X(ACCEPTED, "accepted", "ref echo")                                                 \
	X(ACCEPTED_NOTE, "accepted_note", "ref echo note")                                  \
	X(INCOMPLETE, "incomplete", "ref echo fields ask")                                  \
	X(QUESTION, "question", "ref echo ask")                                             \
	X(SEVERAL, "several", "list")                                                       \
	X(SEVERAL_OPEN, "several_open", "list ref ask")                                     \
	X(DEATH, "death", "ref echo")                                                       \
	X(DEATH_OPEN, "death_open", "ref echo ask")                                         \
	X(REFUSED, "refused", "form example")                                               \
	X(UNREGISTERED, "unregistered", "")                                                 \
	X(HUMAN, "human", "")                                                               \
	X(EMPTY, "empty", "")                                                               \
	X(APOLOGY, "apology", "")

#endif
