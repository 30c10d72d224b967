/* The files that pages use: a fixed list, read at the start, named by their content in URLs. */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "web/http/request.h"

/* ERR_SYSTEM: one is missing; logged. */
int assets_load(struct assets **out, const struct web_settings *settings) MUST_CHECK;
void assets_free(struct assets *assets);
/* Answers "/aset/…"; false: there is no such file. */
bool assets_answer(struct request *request);
/* "/aset/kabar.css?v=1f2e3d4c" */
const char *asset_url(const struct request *request, const char *name);

#endif
