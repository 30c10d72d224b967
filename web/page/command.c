/* An officer's command about a report or a registration: the very words he would text. */
#include "web/page/pages.h"
#include "web/view/flash.h"

static void on_done(struct request *request, const json_t *answer)
{
	const char *text = json_string_value(json_object_get(answer, "text"));
	const char *back = request_form(request, "ke");

	if (!answer)
		request_fail(request, 503);
	else if (json_is_true(json_object_get(answer, "ok")))
		flash_redirect(request, url_is_local(back) ? back : "/",
			text ? text : say(request, "Sudah.", "Done."));
	else
		request_fail(request, 422);
}

/* One line, no more than an SMS holds. */
static const char *clean(struct arena *arena, const char *text, size_t most)
{
	char *out = arena_strndup(arena, text ? text : "", most);

	for (char *c = out; *c; c++)
		*c = (unsigned char)*c < ' ' ? ' ' : *c;
	return out;
}

void page_command(struct request *request)
{
	static const char *const words[] = {"TERIMA", "VERIFIKASI", "TOLAK", "SETUJU", "BLOKIR"};
	const char *word = request_form(request, "perintah");
	const char *about = clean(request->arena, request_form(request, "tentang"), 24);
	const char *more = clean(request->arena, request_form(request, "isi"), 100);

	for (size_t i = 0; word && *about && i < COUNT_OF(words); i++) {
		if (strcmp(words[i], word) != 0)
			continue;
		request_ask(request, "command",
			json_pack("{s:s}", "text",
				arena_printf(request->arena, "%s %s %s", word, about, more)),
			on_done);
		return;
	}
	request_fail(request, 422);
}
