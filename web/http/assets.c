/* Style sheets and scripts: see assets.h. No name of a request ever becomes a path. */
#include "web/http/assets.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLDER "/aset/"

static const struct source {
	const char *name, *type;
	bool library; /* in the directory of libraries, else in ours */
	const char *path;
} sources[] = {
	{"kabar.css", "text/css; charset=utf-8", false, "kabar.css"},
	{"kabar.js", "text/javascript; charset=utf-8", false, "kabar.js"},
	{"kabar.svg", "image/svg+xml", false, "kabar.svg"},
	{"bootstrap.css", "text/css; charset=utf-8", true, "bootstrap5/css/bootstrap.min.css"},
	{"chart.js", "text/javascript; charset=utf-8", true, "chart.js/chart.min.js"},
};

struct asset {
	char *data;
	size_t length;
	char version[17];
};

struct assets {
	struct asset list[COUNT_OF(sources)];
};

static int read_file(struct asset *asset, const char *path)
{
	FILE *file = fopen(path, "re");
	unsigned char hash[crypto_generichash_BYTES_MIN];
	char block[16384];
	size_t got;

	if (!file) {
		web_log(WEB_ERROR, "%s: %s", path, strerror(errno));
		return ERR_SYSTEM;
	}
	while ((got = fread(block, 1, sizeof(block), file)) > 0) {
		asset->data = xrealloc(asset->data, asset->length + got, 1);
		memcpy(asset->data + asset->length, block, got);
		asset->length += got;
	}
	fclose(file);
	crypto_generichash(
		hash, sizeof(hash), (const unsigned char *)asset->data, asset->length, NULL, 0);
	sodium_bin2hex(asset->version, sizeof(asset->version), hash, 8);
	return OK;
}

int assets_load(struct assets **out, const struct web_settings *settings)
{
	int error = OK;

	*out = xcalloc(1, sizeof(**out));
	for (size_t i = 0; error == OK && i < COUNT_OF(sources); i++) {
		char *path = xasprintf("%s/%s",
			sources[i].library ? settings->libraries : settings->assets,
			sources[i].path);

		error = read_file(&(*out)->list[i], path);
		free(path);
	}
	return error;
}

void assets_free(struct assets *assets)
{
	for (size_t i = 0; assets && i < COUNT_OF(sources); i++)
		free(assets->list[i].data);
	free(assets);
}

static int find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(sources); i++) {
		if (strcmp(sources[i].name, name) == 0)
			return (int)i;
	}
	return -1;
}

bool assets_answer(struct request *request)
{
	int index = strncmp(request->path, FOLDER, strlen(FOLDER)) == 0
		? find(request->path + strlen(FOLDER))
		: -1;
	const struct asset *asset;

	if (index < 0)
		return false;
	asset = &request->web->assets->list[index];
	request_header(request, "Cache-Control", "public, max-age=31536000, immutable");
	request_file(request, sources[index].type, NULL, asset->data, asset->length);
	return true;
}

const char *asset_url(const struct request *request, const char *name)
{
	int index = find(name);

	return url_make(request->arena, arena_printf(request->arena, FOLDER "%s", name), "v",
		index < 0 ? "" : request->web->assets->list[index].version, NULL);
}
