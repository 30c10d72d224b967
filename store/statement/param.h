/* Values for statements by their type. */
#ifndef STORE_STATEMENT_PARAM_H
#define STORE_STATEMENT_PARAM_H

#include "parsers/text/util.h"
#include "store/driver/param.h"

static inline struct param p_int(int64_t value)
{
	return (struct param){.type = PARAM_INT, .integer = value};
}

/* NULL becomes SQL NULL. */
struct param p_text(const char *text);
struct param p_blob(const void *data, size_t length);
/* The same of what may hold numbers of people: sealed on its way in, when the store has a key. */
struct param p_secret(const char *text);
struct param p_secret_blob(const void *data, size_t length);

#define PARAMS(...)                                                                                \
	((const struct param[]){__VA_ARGS__}), COUNT_OF(((const struct param[]){__VA_ARGS__}))
/* The same without their number: of bulk.h, ahead.h, which know it. */
#define ROW(...) ((const struct param[]){__VA_ARGS__})
#endif
