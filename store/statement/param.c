/* Values for statements: see param.h. */
#include "store/statement/param.h"

#include <string.h>

struct param p_text(const char *text)
{
	if (!text)
		return (struct param){.type = PARAM_NULL};
	return (struct param){.type = PARAM_TEXT, .data = text, .length = strlen(text)};
}

struct param p_blob(const void *data, size_t length)
{
	if (!data)
		return (struct param){.type = PARAM_NULL};
	return (struct param){.type = PARAM_BLOB, .data = data, .length = length};
}

struct param p_secret(const char *text)
{
	struct param param = p_text(text);

	param.secret = true;
	return param;
}

struct param p_secret_blob(const void *data, size_t length)
{
	struct param param = p_blob(data, length);

	param.secret = true;
	return param;
}
