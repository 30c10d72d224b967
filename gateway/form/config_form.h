/* Forms: conf/forms/<name>.ini into a struct form, with everything proven.
 *
 * A new form is one new file: nothing else names its fields.
 */
#ifndef GATEWAY_CONFIG_FORM_H
#define GATEWAY_CONFIG_FORM_H

#include "gateway/ini/config_file.h"
#include "parsers/form/form.h"

#define FORMS_MAX 16

/* One file; the form's name is the file's. ERR_CONFIG: errors were added, *out is NULL. */
int config_form_read(struct form **out, const char *path, struct config_errors *errors) MUST_CHECK;

/* All *.ini of a directory by name; keywords and letters must differ between forms. The caller
 * frees each. */
int config_forms_read(struct form *out[FORMS_MAX], size_t *count, const char *directory,
	struct config_errors *errors) MUST_CHECK;
void config_forms_free(struct form **forms, size_t count);

#endif
