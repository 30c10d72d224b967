/* Rights to the file of a store: see rights.h. */
#include "store/driver/rights.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "parsers/text/error.h"
#include "store/driver/driver.h"

static int directory_check(const struct store_options *options, char *detail)
{
	char *copy = xstrdup(options->path), *directory = dirname(copy);
	bool make = !options->read_only && !options->must_exist;
	int error = OK;

	if (access(directory, X_OK | (make ? W_OK : 0)) != 0) {
		error = errno == ENOENT ? ERR_NOT_FOUND : errno == EACCES ? ERR_DENIED : OK;
		snprintf(detail, DETAIL_SIZE,
			error == ERR_NOT_FOUND
				? "the directory of %s is missing. Is its disk mounted?"
				: "the directory of %s belongs to another user",
			options->path);
	}
	free(copy);
	return error;
}

int rights_check(const struct store_options *options, char *detail)
{
	int wanted = options->read_only ? R_OK : R_OK | W_OK;

	if (!options->path || !*options->path || access(options->path, wanted) == 0)
		return OK;
	if (errno == ENOENT)
		return directory_check(options, detail);
	if (errno != EACCES)
		return OK; /* the driver knows better */
	snprintf(detail, DETAIL_SIZE, "%s belongs to another user", options->path);
	return ERR_DENIED;
}
