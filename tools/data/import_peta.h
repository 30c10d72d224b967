/* Outlines of areas from GeoJSON into the store, for maps. */
#ifndef TOOLS_IMPORT_PETA_H
#define TOOLS_IMPORT_PETA_H

#include <stdio.h>

#include "store/base/store.h"

/* A FeatureCollection whose features have properties.code and a Polygon or MultiPolygon. What is
 * wrong is printed to errors: ERR_SYNTAX, and nothing is written. */
int import_peta(struct store *store, const char *path, FILE *errors, size_t *count) MUST_CHECK;

#endif
