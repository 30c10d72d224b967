/* What was done, said once on the next page. */
#ifndef WEB_FLASH_H
#define WEB_FLASH_H

#include "web/http/request.h"

void flash_redirect(struct request *request, const char *url, const char *text);
void flash_show(struct request *request);

#endif
