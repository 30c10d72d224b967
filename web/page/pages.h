/* All pages: each ends its request, see web/http/request.h. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include <stdbool.h>
#include <stddef.h>

struct human_row;
struct person;
struct request;

void page_command(struct request *request);
void page_completeness(struct request *request);
void page_deaths(struct request *request);
void page_inbox(struct request *request);
void page_inbox_post(struct request *request);
void page_language(struct request *request);
void page_links(struct request *request);
void page_login(struct request *request);
void page_login_post(struct request *request);
void page_logout(struct request *request);
void page_people(struct request *request);
void page_people_list(struct request *request);
void page_people_list_post(struct request *request);
void page_person(struct request *request);
void page_person_post(struct request *request);
void page_practice(struct request *request);
void page_practice_post(struct request *request);
void page_pws(struct request *request);
void page_quarter(struct request *request);
void page_report(struct request *request);
void page_reports(struct request *request);
void page_today(struct request *request);

/* Parts that two pages show. */
/* inbox.c: messages of the human inbox that this account may read; how many. */
size_t inbox_rows(struct request *request, const char *state, struct human_row *rows, size_t room);
bool inbox_is_emergency(struct request *request, const struct human_row *row);
void inbox_item(struct request *request, const struct human_row *row, bool forms);
/* people.c: who waits for this account's word. */
struct person *people_waiting(struct request *request, size_t *count);
const char *people_state(const struct request *request, const char *state);
void people_item(struct request *request, const struct person *person, const char *back);

#endif
