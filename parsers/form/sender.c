/* For whom somebody speaks. */
#include "parsers/form/sender.h"

/* A kecamatan may have several puskesmas: only one that serves its first desa is meant. */
const struct puskesmas *sender_puskesmas(
	const struct gazetteer *places, const struct sender *sender)
{
	const struct area *one;

	if (sender->puskesmas || sender->narea == 0 || !places)
		return sender->puskesmas;
	for (size_t i = 0; (one = gazetteer_area_at(places, i)); i++) {
		if (one->level == LEVEL_DESA && area_within(one, sender->areas[0]))
			return gazetteer_serving(places, one);
	}
	return NULL;
}
