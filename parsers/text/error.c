/* Texts for the named errors. */
#include "parsers/text/error.h"

#include <stddef.h>

#include "parsers/text/util.h"

static const struct {
	int error;
	const char *text;
} texts[] = {
	{OK, "no error"},
	{ERR_SYSTEM, "system call failed"},
	{ERR_SYNTAX, "cannot be read"},
	{ERR_RANGE, "out of range"},
	{ERR_LIMIT, "limit reached"},
	{ERR_NOT_FOUND, "not found"},
	{ERR_EXISTS, "exists already"},
	{ERR_AMBIGUOUS, "ambiguous"},
	{ERR_STATE, "not allowed in this state"},
	{ERR_TRUNCATED, "ends too early"},
	{ERR_DENIED, "permission denied"},
	{ERR_CONFIG, "configuration has errors"},
	{ERR_STORE_BUSY, "store is busy"},
	{ERR_STORE_FULL, "store is full"},
	{ERR_STORE_IO, "store I/O error or corruption"},
	{ERR_STORE, "store statement failed"},
	{ERR_STORE_VERSION, "store was made by a newer version"},
};

const char *error_text(int error)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		if (texts[i].error == error)
			return texts[i].text;
	}
	return "unknown error";
}
