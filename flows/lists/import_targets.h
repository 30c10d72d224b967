/* Yearly target populations from a CSV list: area,indicator,year,target (wilayah,indikator,tahun,sasaran);
 * the area a desa's code or a puskesmas id. All or nothing. */
#ifndef FLOWS_IMPORT_TARGETS_H
#define FLOWS_IMPORT_TARGETS_H

#include "flows/lists/import_options.h"
#include "parsers/form/form.h"
#include "store/base/store.h"

/* Those that some indicator of the forms aims at are known. ERR_CONFIG: what is wrong was said. */
int import_targets(struct store *store, struct form *const *forms, size_t nform,
	const struct import_options *options, struct import_result *result) MUST_CHECK;

#endif
