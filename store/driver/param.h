/* A value that a statement is given. */
#ifndef STORE_DRIVER_PARAM_H
#define STORE_DRIVER_PARAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum param_type {
	PARAM_NULL,
	PARAM_INT,
	PARAM_TEXT,
	PARAM_BLOB,
	/* data: an array of `length` params of that type or PARAM_NULL; for together.h */
	PARAM_INTS,
	PARAM_TEXTS,
	PARAM_BLOBS,
};

struct param {
	enum param_type type;
	int64_t integer;
	const void *data; /* must live until the statement is reset */
	size_t length;
	bool secret; /* sealed before it is bound: store/secret/seal.h */
};

#endif
