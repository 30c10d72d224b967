/* Puts the parts of the front together and takes them apart: see web.h. */
#include "web/web.h"

#include <event2/event.h>
#include <sodium.h>
#include <stdlib.h>

#include "parsers/reader.h"
#include "store/people/person.h"
#include "web/link/kabard.h"
#include "web/link/pulse.h"
#include "web/access/passwords.h"
#include "web/access/throttle.h"
#include "web/http/assets.h"
#include "web/http/server.h"
#include "web/practice/practice.h"
#include "web/routes.h"
#include "web/view/layout.h"

int web_start(struct web *web, const struct web_settings *settings, int *port)
{
	char detail[256] = "";
	int error;

	*web = (struct web){.settings = settings};
	if (sodium_init() < 0)
		return ERR_SYSTEM;
	error = store_open(&web->store, &settings->store, detail);
	if (error != OK) {
		web_log(WEB_ERROR, "store: %s: %s", error_text(error), detail);
		return error;
	}
	error = assets_load(&web->assets, settings);
	if (error != OK)
		return error;
	web->base = event_base_new();
	if (!web->base)
		return ERR_SYSTEM;
	web->scratch = scratch_new();
	web->throttle = throttle_new();
	web->passwords = passwords_new(web->base);
	web->practices = practices_new(settings);
	web->kabard = kabard_new(web->base, settings->control);
	web->pulse = pulse_new(web->base, web->kabard);
	web->fail = layout_fail;
	layout_set_routes(routes);
	return server_start(web, routes_handle, port);
}

void web_stop(struct web *web)
{
	server_stop(web);
	pulse_free(web->pulse);
	kabard_free(web->kabard);
	practices_free(web->practices);
	passwords_free(web->passwords);
	throttle_free(web->throttle);
	if (web->scratch)
		scratch_free(web->scratch);
	gazetteer_free(web->places);
	assets_free(web->assets);
	if (web->store)
		store_close(web->store);
	if (web->base)
		event_base_free(web->base);
}
