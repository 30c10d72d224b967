/* JSON on standard output: see ctl_json.h. */
#include "tools/common/ctl_json.h"

#include <stdio.h>
#include <stdlib.h>

int ctl_json_print(json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_PRESERVE_ORDER | JSON_ENCODE_ANY);
	int written = text ? puts(text) : EOF;

	json_decref(value);
	free(text);
	return written == EOF || fflush(stdout) != 0;
}

json_t *ctl_json_text(const char *text)
{
	json_t *value = text ? json_string(text) : NULL;

	return value ? value : json_null();
}
