/* All configuration as one immutable object: kabar.conf, forms, word lists, message texts; all or
 * nothing. */
#ifndef GATEWAY_CONFIG_LOAD_H
#define GATEWAY_CONFIG_LOAD_H

#include "gateway/config/config_main.h"
#include "gateway/form/config_form.h"

struct config {
	struct config_main main;
	struct lexicon *lexicon;
	struct faqs *faqs;
	struct form *forms[FORMS_MAX];
	size_t nform;
	struct catalogue *catalogue;
	struct said *said; /* the catalogue's texts, to be known when they come back */
	struct menus *menus;
	struct checkups *checkups; /* NULL: none */
	struct reader *reader;
	struct arena *arena;
	int references;
};

/* ERR_CONFIG: *out is NULL and everything that is wrong is in errors. Opens no database and no
 * socket. */
int config_load(struct config **out, const char *path, struct config_errors *errors) MUST_CHECK;
struct config *config_ref(struct config *config);
void config_unref(struct config *config); /* the last one frees it; NULL is fine */

#endif
