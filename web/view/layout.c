/* The frame of every page: see layout.h. */
#include "web/view/layout.h"

#include "flows/rules/scope.h"
#include "web/http/assets.h"
#include "web/view/flash.h"

static const struct route *navigation;

void layout_set_routes(const struct route *routes)
{
	navigation = routes;
}

static void head(struct request *request, const char *title)
{
	struct html *out = request->out;

	html_print(out,
		"<!doctype html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
		"<title>%s · Kabar</title>",
		say(request, "id", "en"), title);
	html_print(out, "<link rel=\"icon\" href=\"%s\"><link rel=\"stylesheet\" href=\"%s\">",
		asset_url(request, "kabar.svg"), asset_url(request, "bootstrap.css"));
	if (request->charts)
		html_print(
			out, "<script src=\"%s\" defer></script>", asset_url(request, "chart.js"));
	html_print(out,
		"<link rel=\"stylesheet\" href=\"%s\"><script src=\"%s\" defer></script></head>",
		asset_url(request, "kabar.css"), asset_url(request, "kabar.js"));
}

bool layout_allows(const struct request *request, const struct route *route)
{
	const struct sender *sender = &request->turn.sender;

	return sender->role >= route->least &&
		(route->access != ACCESS_SUPERVISES || scope_supervises(sender));
}

static bool belongs(const struct request *request, const struct route *route)
{
	size_t length = strlen(route->path);

	return strcmp(route->path, request->path) == 0 ||
		(length > 1 && strncmp(route->path, request->path, length) == 0 &&
			request->path[length] == '/');
}

static void links(struct request *request)
{
	struct html *out = request->out;

	html_print(out, "<nav class=\"k-nav\" aria-label=\"%s\"><ul>",
		say(request, "Halaman", "Pages"));
	for (const struct route *route = navigation; route && route->path; route++) {
		if (!route->id || !layout_allows(request, route))
			continue;
		html_print(out, "<li><a href=\"%s\"", route->path);
		if (belongs(request, route))
			html_put(out, " aria-current=\"page\"");
		html_print(out, ">%s</a></li>", say(request, route->id, route->en));
	}
	html_put(out, "</ul></nav>");
}

static const char *area_name(const struct request *request)
{
	const struct sender *sender = &request->turn.sender;

	if (sender->puskesmas)
		return arena_printf(request->arena, "Puskesmas %s",
			reply_title_case(request->arena, sender->puskesmas->name));
	return sender->narea > 0 ? sender->areas[0]->name : "";
}

static void who(struct request *request)
{
	struct html *out = request->out;
	const char *here = evhttp_request_get_uri(request->http);

	html_put(out, "<div class=\"k-who\">");
	if (request->session.valid)
		html_print(out, "<span class=\"k-user\"><b>%s</b> %s</span>",
			request->session.full_name, area_name(request));
	html_print(out, "<a href=\"%s\" hreflang=\"%s\">%s</a>",
		url_make(request->arena, "/bahasa", "ke", say(request, "en", "id"), "dari",
			url_is_local(here) ? here : "/", NULL),
		say(request, "en", "id"), say(request, "English", "Bahasa Indonesia"));
	if (request->session.valid) {
		html_put(out, "<form method=\"post\" action=\"/keluar\">");
		layout_csrf(request);
		html_print(out, "<button class=\"k-link\">%s</button></form>",
			say(request, "Keluar", "Log out"));
	}
	html_put(out, "</div>");
}

void layout_begin(struct request *request, const char *title, const char *lead)
{
	struct html *out = request->out;

	head(request, title);
	html_print(out,
		"<body><a class=\"k-skip\" href=\"#isi\">%s</a><header class=\"k-top\">"
		"<div class=\"k-bar\"><a class=\"k-brand\" href=\"/\">Kabar</a>",
		say(request, "Langsung ke isi", "Skip to content"));
	who(request);
	html_put(out, "</div>");
	if (request->session.valid)
		links(request);
	html_print(out,
		"</header><main id=\"isi\" class=\"k-main\"><div class=\"k-head\"><h1>%s</h1>",
		title);
	if (lead)
		html_print(out, "<p class=\"k-lead\">%s</p>", lead);
	html_put(out, "</div>");
	flash_show(request);
}

void layout_end(struct request *request)
{
	struct moment now = moment_local(request->flow.now, request->flow.settings->timezone);

	html_print(request->out,
		"</main><footer class=\"k-foot\">%s %d/%d/%d %02d.%02d %s · Kabar</footer>"
		"</body></html>\n",
		say(request, "Dibuat", "Made"), now.date.day, now.date.month, now.date.year,
		now.hour, now.minute, timezone_short(request->flow.settings->timezone));
}

void layout_message(struct request *request, const char *title, const char *text)
{
	layout_begin(request, title, NULL);
	html_print(request->out, "<p class=\"k-note\">%s</p>", text);
	layout_end(request);
}

void layout_csrf(struct request *request)
{
	html_print(request->out, "<input type=\"hidden\" name=\"csrf\" value=\"%s\">",
		request->session.csrf);
}

/* Texts for what went wrong; the code itself tells a person nothing. */
static const struct {
	int code;
	const char *id, *en;
} failures[] = {
	{400, "Permintaan ini tidak dapat dibaca.", "This request cannot be read."},
	{403,
		"Formulir ini sudah lama atau bukan dari halaman Kabar. Muat ulang, lalu coba "
		"lagi.",
		"This form is too old, or not from a page of Kabar. Load the page again."},
	{404, "Halaman ini tidak ada, atau bukan wilayah Anda.",
		"There is no such page, or it is not in your area."},
	{409, "Sudah ditangani orang lain. Muat ulang halamannya.",
		"Somebody has already handled this. Load the page again."},
	{413, "Terlalu besar.", "Too large."},
	{422, "Isian belum benar. Kembali, lalu perbaiki.",
		"Something is not filled in right. Go back and mend it."},
	{429, "Terlalu banyak percobaan. Tunggu beberapa menit, lalu coba lagi.",
		"Too many tries. Wait a few minutes, then try again."},
	{503, "Kabar sedang tidak menjawab. Tidak ada yang hilang; coba lagi sebentar.",
		"Kabar does not answer just now. Nothing is lost; try again in a moment."},
};

void layout_fail(struct request *request, int code)
{
	const char *text = say(request, "Ada yang salah.", "Something is wrong.");

	for (size_t i = 0; i < COUNT_OF(failures); i++) {
		if (failures[i].code == code)
			text = say(request, failures[i].id, failures[i].en);
	}
	request->names = NULL;
	layout_message(request, say(request, "Maaf", "Sorry"), text);
	request_status(request, code);
}
