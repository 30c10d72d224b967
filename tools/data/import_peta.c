/* GeoJSON outlines: see import_peta.h. The store keeps whole numbers of 1/10000 degree. */
#include "tools/data/import_peta.h"

#include <jansson.h>
#include <math.h>

#include "store/people/account.h"

#define PLACES     10000
#define POINTS_MAX 200000

/* One ring; its last point repeats the first and is left out. */
static bool ring_write(struct strbuf *out, const json_t *ring)
{
	size_t count = json_array_size(ring);

	if (count < 4 || count > POINTS_MAX)
		return false;
	if (out->length > 0)
		strbuf_putc(out, ';');
	for (size_t i = 0; i + 1 < count; i++) {
		const json_t *point = json_array_get(ring, i);
		double x = json_number_value(json_array_get(point, 0));
		double y = json_number_value(json_array_get(point, 1));

		if (json_array_size(point) < 2 || fabs(x) > 180 || fabs(y) > 90)
			return false;
		strbuf_printf(
			out, "%s%ld %ld", i ? " " : "", lround(x * PLACES), lround(y * PLACES));
	}
	return true;
}

static bool polygon_write(struct strbuf *out, const json_t *polygon)
{
	const json_t *ring;
	size_t i;

	json_array_foreach(polygon, i, ring)
	{
		if (!ring_write(out, ring))
			return false;
	}
	return json_array_size(polygon) > 0;
}

static bool geometry_write(struct strbuf *out, const json_t *geometry)
{
	const char *type = json_string_value(json_object_get(geometry, "type"));
	const json_t *coordinates = json_object_get(geometry, "coordinates"), *polygon;
	size_t i;

	strbuf_clear(out);
	if (type && strcmp(type, "Polygon") == 0)
		return polygon_write(out, coordinates);
	if (!type || strcmp(type, "MultiPolygon") != 0)
		return false;
	json_array_foreach(coordinates, i, polygon)
	{
		if (!polygon_write(out, polygon))
			return false;
	}
	return json_array_size(coordinates) > 0;
}

static bool code_good(const char *code)
{
	return code && *code && strlen(code) < 20 && strspn(code, "0123456789.") == strlen(code);
}

static int features_write(
	struct store *store, const char *path, const json_t *features, FILE *errors, size_t *count)
{
	struct strbuf rings = {0};
	const json_t *feature;
	size_t i;
	int error = OK;

	json_array_foreach(features, i, feature)
	{
		const char *code = json_string_value(
			json_object_get(json_object_get(feature, "properties"), "code"));

		if (!code_good(code) ||
			!geometry_write(&rings, json_object_get(feature, "geometry"))) {
			fprintf(errors, "%s: feature %zu has no code or no outline\n", path, i + 1);
			error = ERR_SYNTAX;
			break;
		}
		error = store_outline_put(store, code, rings.text);
		if (error != OK)
			break;
		++*count;
	}
	strbuf_free(&rings);
	return error;
}

int import_peta(struct store *store, const char *path, FILE *errors, size_t *count)
{
	json_error_t wrong;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &wrong);
	json_t *features = json_object_get(root, "features");
	int error;

	*count = 0;
	if (!json_is_array(features)) {
		fprintf(errors, "%s:%d: %s\n", path, root ? 1 : wrong.line,
			root ? "not a GeoJSON FeatureCollection" : wrong.text);
		json_decref(root);
		return ERR_SYNTAX;
	}
	error = store_batch_begin(store);
	if (error == OK)
		error = features_write(store, path, features, errors, count);
	if (error == OK)
		error = store_batch_commit(store);
	else
		store_batch_rollback(store);
	json_decref(root);
	return error;
}
