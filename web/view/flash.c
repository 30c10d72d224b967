/* A cookie carries the text to the next page, where it is said and forgotten. */
#include "web/view/flash.h"

#include <event2/http.h>
#include <stdlib.h>

#define COOKIE  "kabar_pesan"
#define LONGEST 300

void flash_redirect(struct request *request, const char *url, const char *text)
{
	const char *short_text = arena_strndup(request->arena, text, LONGEST);
	char *encoded = evhttp_uriencode(short_text, -1, 0);

	if (encoded)
		request_set_cookie(request, COOKIE, encoded);
	free(encoded);
	request_redirect(request, url);
}

void flash_show(struct request *request)
{
	const char *encoded = request_cookie(request, COOKIE);
	char *text = encoded && *encoded ? evhttp_uridecode(encoded, 0, NULL) : NULL;

	if (!text)
		return;
	html_print(request->out, "<p class=\"k-done\" role=\"status\">%s</p>", text);
	request_set_cookie(request, COOKIE, "");
	free(text);
}
