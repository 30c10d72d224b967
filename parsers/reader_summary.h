/* Inside the reader: an opening sentence that sums up what the message tells behind it. */
#ifndef PARSERS_READER_SUMMARY_H
#define PARSERS_READER_SUMMARY_H

#include "parsers/parse/parse.h"

/* "lahir trus meninggal bu. bu erma, … lahir hidup tgl 12/8 …, meninggal tgl 13/8": the token behind
 * it, 0: none. It names nobody and no day, and both events are told again. */
size_t summary_end(struct parse *parse, size_t count);

#endif
