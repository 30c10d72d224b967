/* Of the code book: see book.h. */
#include "tools/export/book.h"

#include <string.h>

const char *book_label(const struct form_field *field)
{
	return field->label != NULL ? field->label : field->name;
}

size_t book_label_length(const char *label)
{
	const char *unit = strstr(label, " (");

	return unit == NULL ? strlen(label) : (size_t)(unit - label);
}

/* "desa|posyandu" names both. */
static bool names(const char *list, const char *name)
{
	const char *found = strstr(list, name);
	size_t length = strlen(name);

	return found && (found == list || found[-1] == '|') &&
		(found[length] == '\0' || found[length] == '|');
}

enum book_need book_need(const struct form *form, const struct form_field *field)
{
	enum book_need need = BOOK_MAY;

	for (size_t i = 0; i < form->nrequire; i++) {
		const struct form_require *require = &form->requires[i];

		for (size_t k = 0; k < require->nfield; k++) {
			if (!names(require->fields[k], field->name))
				continue;
			if (require->when.nterm == 0)
				return BOOK_MUST;
			need = BOOK_SOMETIMES;
		}
	}
	return need;
}
