/* Hari ini. */
#include "web/page/pages.h"
#include "web/view/layout.h"

void page_today(struct request *request)
{
	layout_begin(request, say(request, "Hari ini", "Today"), NULL);
	layout_end(request);
	request_page(request);
}
