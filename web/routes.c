/* The one table of routes, and the one place that decides about access. See routes.h. */
#include "web/routes.h"

#include "web/access/session.h"
#include "web/http/assets.h"
#include "web/http/stream.h"
#include "web/page/pages.h"
#include "web/view/layout.h"

const struct route routes[] = {
	/* path, post, least role, access, run, in the navigation */
	{"/", false, ROLE_BIDAN, ACCESS_ROLE, page_today, "Hari ini", "Today"},
	{"/pws", false, ROLE_BIDAN, ACCESS_ROLE, page_pws, "PWS", "Monitoring"},
	{"/kematian", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_deaths, "Kematian", "Deaths"},
	{"/kelengkapan", false, ROLE_BIDAN, ACCESS_ROLE, page_completeness, "Kelengkapan",
		"Completeness"},
	{"/laporan", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_reports, "Laporan", "Reports"},
	{"/laporan/rinci", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_report, NULL, NULL},
	{"/kotak-masuk", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_inbox, "Kotak masuk", "Inbox"},
	{"/kotak-masuk", true, ROLE_BIDAN, ACCESS_SUPERVISES, page_inbox_post, NULL, NULL},
	{"/pendaftaran", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_people, "Pendaftaran",
		"People"},
	{"/pendaftaran/orang", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_person, NULL, NULL},
	{"/pendaftaran/orang", true, ROLE_BIDAN, ACCESS_SUPERVISES, page_person_post, NULL, NULL},
	{"/pendaftaran/daftar", false, ROLE_BIDAN, ACCESS_SUPERVISES, page_people_list, NULL, NULL},
	{"/pendaftaran/daftar", true, ROLE_BIDAN, ACCESS_SUPERVISES, page_people_list_post, NULL,
		NULL},
	{"/triwulan", false, ROLE_BIDAN, ACCESS_ROLE, page_quarter, "Triwulan", "Quarter"},
	{"/sambungan", false, ROLE_DINKES, ACCESS_ROLE, page_links, "Sambungan", "Links"},
	{"/sambungan/ekor", false, ROLE_DINKES, ACCESS_ROLE, stream_tail, NULL, NULL},
	{"/latihan", false, ROLE_BIDAN, ACCESS_ROLE, page_practice, "Latihan", "Practice"},
	{"/latihan", true, ROLE_BIDAN, ACCESS_ROLE, page_practice_post, NULL, NULL},
	{"/perintah", true, ROLE_BIDAN, ACCESS_SUPERVISES, page_command, NULL, NULL},
	{"/masuk", false, ROLE_NONE, ACCESS_ANYBODY, page_login, NULL, NULL},
	{"/masuk", true, ROLE_NONE, ACCESS_ANYBODY, page_login_post, NULL, NULL},
	{"/keluar", true, ROLE_BIDAN, ACCESS_ROLE, page_logout, NULL, NULL},
	{"/bahasa", false, ROLE_NONE, ACCESS_ANYBODY, page_language, NULL, NULL},
	{0},
};

static const struct route *find(const struct request *request, bool post)
{
	for (const struct route *route = routes; route->path; route++) {
		if (route->post == post && strcmp(route->path, request->path) == 0)
			return route;
	}
	return NULL;
}

/* Back to where he wanted to go, once he is known. */
static void to_login(struct request *request)
{
	const char *here = evhttp_request_get_uri(request->http);

	request_redirect(request,
		url_make(request->arena, "/masuk", "ke",
			request->route->post || !url_is_local(here) ? "" : here, NULL));
}

static void decide(struct request *request)
{
	bool post = evhttp_request_get_command(request->http) == EVHTTP_REQ_POST;
	int error;

	if (!post && assets_answer(request))
		return;
	request->route = find(request, post);
	error = session_find(request);
	if (error != OK) {
		web_log(WEB_ERROR, "store: %s: %s", error_text(error),
			store_detail(request->web->store));
		request_fail(request, 503);
	} else if (!request->route) {
		request_fail(request, 404);
	} else if (request->route->access == ACCESS_ANYBODY) {
		request->route->run(request);
	} else if (!request->session.valid) {
		to_login(request);
	} else if (!layout_allows(request, request->route)) {
		request_fail(request, 404);
	} else if (post && !session_may_post(request)) {
		request_fail(request, 403);
	} else {
		request->route->run(request);
	}
}

/* What a page reads at once is of one moment: its sums are those of its rows. */
void routes_handle(struct request *request)
{
	struct store *store = request->web->store;
	bool snapshot = store_snapshot_begin(store) == OK;

	decide(request);
	if (snapshot)
		store_snapshot_end(store);
}
