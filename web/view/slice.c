/* Long lists in pieces: see slice.h. */
#include "web/view/slice.h"

#include <stdlib.h>

#include "web/view/layout.h"
#include "web/view/view.h"

#define FROM_MOST 1000000

struct slice slice_read(const struct request *request, size_t most)
{
	const char *from = request_query(request, "mulai");
	long number = from ? strtol(from, NULL, 10) : 0;

	return (struct slice){
		.from = number > 0 && number < FROM_MOST ? (size_t)number : 0, .most = most};
}

bool slice_takes(struct slice *slice)
{
	size_t at = slice->count++;

	return at >= slice->from && at - slice->from < slice->most;
}

static void link_to(struct request *request, size_t from, const char *label, const char *name,
	const char *value)
{
	html_print(request->out, " · <a href=\"%s\">%s</a>",
		url_make(request->arena, request->path, "mulai",
			from > 0 ? arena_printf(request->arena, "%zu", from) : NULL, name, value,
			NULL),
		label);
}

void slice_links(
	struct request *request, const struct slice *slice, const char *name, const char *value)
{
	size_t from = slice->from < slice->count ? slice->from : slice->count;
	size_t end = slice->count - from < slice->most ? slice->count : from + slice->most;

	if (from == 0 && end == slice->count)
		return;
	html_print(request->out, "<p class=\"k-tools\">%s-%s %s %s",
		format_number(request, (int64_t)(from < end ? from + 1 : end)),
		format_number(request, (int64_t)end), say(request, "dari", "of"),
		format_number(request, (int64_t)slice->count));
	if (from > 0)
		link_to(request, from > slice->most ? from - slice->most : 0,
			say(request, "Sebelumnya", "Before"), name, value);
	if (end < slice->count)
		link_to(request, end, say(request, "Berikutnya", "Next"), name, value);
	html_put(request->out, "</p>");
}
