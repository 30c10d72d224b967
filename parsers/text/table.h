/* uthash. What it has no memory for ends the program as everywhere else (util.h); by itself it would call
 * exit(), in the middle of a transaction and beside other threads. */
#ifndef PARSERS_TABLE_H
#define PARSERS_TABLE_H

#include <stdlib.h>

#define uthash_fatal(why) abort()
#include <uthash.h>

#endif
