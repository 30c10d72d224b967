/* Every message and the placeholders it must have, each once: X(id, name in the files, placeholders).
 *
 * To add one: a row here and a line in each conf/messages/<language>.ini. The widths of the
 * placeholders stand in flows/catalogue_widths.c.
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
	X(SEVERAL_OPEN, "several_open", "list ask")                                         \
	X(DEATH, "death", "ref echo")                                                       \
	X(DEATH_OPEN, "death_open", "ref echo ask")                                         \
	X(NIHIL, "nihil", "ref form month")                                                 \
	X(TRAINING, "training", "reply")                                                    \
	X(REFUSED, "refused", "form example")                                               \
	X(DUPLICATE, "duplicate", "ref echo")                                               \
	X(DIFFERENT, "different", "ref echo")                                               \
	X(REPLACE, "replace", "ref echo new")                                               \
	X(REPLACED, "replaced", "ref echo")                                                 \
	X(KEPT, "kept", "ref echo")                                                         \
	/* what one problem asks: at most ASK_SEPTETS */                                    \
	X(ASK_MISSING, "ask_missing", "label example")                                      \
	X(ASK_RANGE, "ask_range", "label raw example")                                      \
	X(ASK_OFFER, "ask_offer", "label raw offer")                                        \
	X(ASK_FUTURE, "ask_future", "label raw example")                                    \
	X(ASK_INVALID, "ask_invalid", "label raw example")                                  \
	X(ASK_CHOICE, "ask_choice", "label options")                                        \
	X(ASK_WHICH, "ask_which", "label example")                                          \
	X(ASK_NIK, "ask_nik", "")                                                           \
	X(ASK_SUM, "ask_sum", "why")                                                        \
	X(ASK_SUM_FIX, "ask_sum_fix", "why")                                                \
	X(ASK_JUMP, "ask_jump", "new old")                                                  \
	X(ASK_MONTH, "ask_month", "old new")                                                \
	X(ASK_PLACE, "ask_place", "label raw")                                              \
	X(ASK_SCOPE, "ask_scope", "label raw")                                              \
	/* answers to questions */                                                          \
	X(NO_PENDING, "no_pending", "")                                                     \
	X(ANSWER_BAD, "answer_bad", "ref ask")                                              \
	X(ANSWER_WHICH, "answer_which", "list")                                             \
	X(EXPIRED, "expired", "ref fields")                                                 \
	/* corrections, cancellations, status */                                            \
	X(CORRECTED, "corrected", "ref changes")                                            \
	X(CORRECT_WAITS, "correct_waits", "ref changes")                                    \
	X(CORRECT_ASK, "correct_ask", "ref changes who")                                    \
	X(CORRECT_NONE, "correct_none", "ref")                                              \
	X(CORRECT_HOW, "correct_how", "")                                                   \
	X(REF_UNKNOWN, "ref_unknown", "ref")                                                \
	X(REF_NONE, "ref_none", "")                                                         \
	X(REF_LIST, "ref_list", "list")                                                     \
	X(OWNER, "owner", "ref")                                                            \
	X(CANCEL_ASK, "cancel_ask", "ref echo")                                             \
	X(CANCELLED, "cancelled", "ref echo")                                               \
	X(CANCEL_WAITS, "cancel_waits", "ref")                                              \
	X(CANCEL_AGAIN, "cancel_again", "ref")                                              \
	X(STATUS, "status", "ref echo state")                                               \
	X(STATUS_MINE, "status_mine", "month count list")                                   \
	X(STATUS_NONE, "status_none", "month")                                              \
	/* alerts */                                                                        \
	X(ALERT, "alert", "ref class initials age place who")                               \
	X(ALERT_AGAIN, "alert_again", "ref class initials age place who")                   \
	X(ALERT_ALARM, "alert_alarm", "ref class initials age place who")                   \
	X(ALERT_UNDONE, "alert_undone", "ref class place who")                              \
	X(ALERT_FILLED, "alert_filled", "ref class initials age place")                     \
	X(ALERT_NOTIFY, "alert_notify", "ref class place")                                  \
	X(ALERT_INFO, "alert_info", "ref note initials place who")                          \
	X(EMERGENCY_ALERT, "emergency_alert", "place who text")                             \
	X(EMERGENCY, "emergency", "phones")                                                 \
	X(EMERGENCY_NOBODY, "emergency_nobody", "")                                         \
	/* supervisors */                                                                   \
	X(TAKEN, "taken", "ref")                                                            \
	X(VERIFIED, "verified", "ref echo")                                                 \
	X(VERIFIED_TELL, "verified_tell", "ref class who")                                  \
	X(REJECTED, "rejected", "ref")                                                      \
	X(REJECTED_TELL, "rejected_tell", "ref who reason")                                 \
	X(REJECT_WHY, "reject_why", "ref")                                                  \
	X(SUPERVISE_ROLE, "supervise_role", "")                                             \
	X(SUPERVISE_STATE, "supervise_state", "ref state")                                  \
	X(BLOCKED, "blocked", "phone")                                                      \
	X(PERSON_UNKNOWN, "person_unknown", "phone")                                        \
	/* registration and profile */                                                      \
	X(UNREGISTERED, "unregistered", "")                                                 \
	X(UNREGISTERED_DEATH, "unregistered_death", "ref")                                  \
	X(REGISTER_HOW, "register_how", "")                                                 \
	X(REGISTER_WAITS, "register_waits", "name role place")                              \
	X(REGISTER_ALREADY, "register_already", "name role place")                          \
	X(REGISTER_ASK, "register_ask", "name role place phone")                            \
	X(REGISTER_WHICH, "register_which", "label options")                                \
	X(REGISTER_PLACE, "register_place", "label")                                        \
	X(REGISTERED, "registered", "name role place")                                      \
	X(REGISTER_REFUSED, "register_refused", "reason")                                   \
	X(APPROVED, "approved", "name role place")                                          \
	X(APPROVE_REFUSED, "approve_refused", "name")                                       \
	X(APPROVE_NONE, "approve_none", "")                                                 \
	X(APPROVE_LIST, "approve_list", "list")                                             \
	X(MOVE_CODE, "move_code", "code name")                                              \
	X(MOVE_SENT, "move_sent", "phone")                                                  \
	X(MOVE_HOW, "move_how", "")                                                         \
	X(MOVED, "moved", "name")                                                           \
	X(MOVED_OLD, "moved_old", "phone")                                                  \
	X(MOVE_BAD, "move_bad", "")                                                         \
	X(STOPPED, "stopped", "")                                                           \
	X(WELCOME_BACK, "welcome_back", "name")                                             \
	X(PIN_SET, "pin_set", "")                                                           \
	X(PIN_HOW, "pin_how", "")                                                           \
	/* queries */                                                                       \
	X(QUERY_COUNT, "query_count", "title area period count complete")                   \
	X(QUERY_RATE, "query_rate", "title area period count rate births complete")         \
	X(QUERY_SMALL, "query_small", "title area period count births complete")            \
	X(QUERY_SKDN, "query_skdn", "area period list complete")                            \
	X(QUERY_SHARE, "query_share", "title area period count births rate complete")       \
	X(QUERY_PART, "query_part", "title area period count births complete")              \
	X(QUERY_COVER, "query_cover", "area period share")                                  \
	X(QUERY_SUMMARY, "query_summary", "area period list complete")                      \
	X(QUERY_GAPS, "query_gaps", "area period share list")                               \
	X(QUERY_GAPS_NONE, "query_gaps_none", "area period share")                          \
	X(QUERY_MORE, "query_more", "list")                                                 \
	X(QUERY_END, "query_end", "")                                                       \
	X(QUERY_SCOPE, "query_scope", "area")                                               \
	X(QUERY_PRIVACY, "query_privacy", "")                                               \
	X(QUERY_HOW, "query_how", "")                                                       \
	X(QUERY_READ, "query_read", "title area period")                                    \
	/* help, people, manners */                                                         \
	X(HELP, "help", "list")                                                             \
	X(HELP_FORM, "help_form", "form example fields")                                    \
	X(HELP_FIELD, "help_field", "label list")                                           \
	X(HUMAN, "human", "")                                                               \
	X(EMPTY, "empty", "")                                                               \
	X(APOLOGY, "apology", "")                                                           \
	X(LIMIT, "limit", "")                                                               \
	X(REMINDER, "reminder", "name posyandu month example")                              \
	X(SUMMARY, "summary", "area month list")

#endif
