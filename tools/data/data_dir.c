/* Finds the installed data, or that of the tree the program was built in. */
#include "tools/data/data_dir.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "parsers/text/util.h"

static bool has_forms(const char *directory)
{
	char *path = xasprintf("%s/forms", directory);
	bool there = access(path, R_OK) == 0;

	free(path);
	return there;
}

/* "conf" beside a file or in a directory above it, as in a source tree or a build directory inside
 * it. */
static char *beside(const char *file)
{
	char at[PATH_MAX];

	if (file == NULL || realpath(file, at) == NULL)
		return NULL;
	for (int up = 0; up < 5; up++) {
		char *slash = strrchr(at, '/'), *path;

		if (slash == NULL)
			return NULL;
		*slash = '\0';
		path = xasprintf("%s/conf", at);
		if (has_forms(path))
			return path;
		free(path);
	}
	return NULL;
}

char *data_dir(const char *near)
{
	const char *named = getenv("KABAR_DATA");
	char *found;

	if (named != NULL && *named != '\0')
		return xstrdup(named);
	if (has_forms(KABAR_DATADIR))
		return xstrdup(KABAR_DATADIR);
	found = beside(near);
	if (found == NULL)
		found = beside("/proc/self/exe");
	return found != NULL ? found : xstrdup(KABAR_DATADIR);
}

char *file_text(const char *path)
{
	struct strbuf text = {0};
	FILE *file = fopen(path, "r");
	char block[4096];
	size_t length;

	if (file == NULL)
		return NULL;
	strbuf_puts(&text, "");
	while ((length = fread(block, 1, sizeof(block), file)) > 0)
		strbuf_add(&text, block, length);
	fclose(file);
	return text.text;
}

char *data_dir_config(const char *directory, const char *conf, const char *near)
{
	char *own = conf == NULL ? xstrdup("") : file_text(conf), *path, *data;
	const char *gateway, *rest;
	FILE *file;

	if (own == NULL)
		return NULL;
	path = xasprintf("%s/kabar.conf", directory);
	data = data_dir(near);
	file = fopen(path, "w");
	gateway = strstr(own, "[gateway]");
	rest = gateway == NULL ? own : gateway + strlen("[gateway]");
	if (file != NULL) {
		fprintf(file, "%.*s[gateway]\n", gateway == NULL ? 0 : (int)(gateway - own), own);
		if (strstr(own, "forms =") == NULL)
			fprintf(file,
				"forms = %s/forms\nmenus = %s/menus\nmessages = %s/messages\n"
				"lexicon = %s/lexicon\ndialects = %s/dialects\n",
				data, data, data, data, data);
		fprintf(file, "%s\n", rest);
		if (strstr(own, "[smsc ") == NULL)
			fputs("[smsc play]\nhost = localhost\nsystem_id = play\naddress = "
			      "2255\nussd_code = *355#\n",
				file);
		fclose(file);
	}
	free(data);
	free(own);
	return path;
}
