/* All pages: each ends its request, see web/http/request.h. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

struct request;

void page_login(struct request *request);
void page_login_post(struct request *request);
void page_logout(struct request *request);
void page_language(struct request *request);
void page_pws(struct request *request);
void page_today(struct request *request);

#endif
