/* What a question asks for: an indicator, places, a period. */
#ifndef PARSERS_ASKED_H
#define PARSERS_ASKED_H

#include <stdbool.h>
#include <stddef.h>

#define QUERY_ALSO 7
#define QUERY_PLACES 5
#define QUERY_THEN 3

struct asked {
	const char *indicator; /* "lahir", "aki", "belum_lapor" …; NULL when not read */
	const char *area; /* code, or a puskesmas id */
	const char *period; /* ISO 8601 */
	bool area_told, period_told; /* else they are what is meant where none is told */
	bool who; /* it asks for people, not for a number */
	size_t led; /* the word, counted from 1, that goes on with a question: "kalau juni"; 0: none */
	/* further places that are asked about, as area; NULL: which is a question */
	const char *beside[QUERY_PLACES];
	size_t nbeside;
	const char *against; /* the earlier period that it is compared with; NULL */
	const char *also[QUERY_ALSO]; /* further indicators of the same question */
	size_t nalso;
	bool apart; /* of two that are told apart the difference */
	bool meant; /* what its indicator means is asked too */
	bool lowest; /* of a list: the smallest first */
	bool ends; /* of a list: the largest and the smallest alone */
	/* what is counted, or by which a list is made: "puskesmas" for CAKUPAN ILP
	 * PUSKESMAS, "desa" for PER DESA, "bulan" for PER BULAN; NULL */
	const char *by;
	const char *form; /* BELUM LAPOR LAHIR: "lahir"; NULL */
	const char *kind; /* JML DBD: "C"; of several "C A"; NULL: all of a kind */
	bool without; /* of a share the others: "balita yg tidak ditimbang" */
	int limit; /* of a list those under (lowest) or over it, in tenths; 0: all */
	bool limit_too; /* and those at it */
	/* only those whose reports hold this condition: "sebab_kode=PERDARAHAN and umur>35"; NULL */
	const char *which;
	const char *split; /* counted apart by the values of these fields: "imd vitk"; NULL */
	const char *outside; /* one more place, as written, that the asker may not see; NULL */
	const char *below; /* a place below a desa, whose number it is then: "dusun"; NULL */
	const char *then[QUERY_THEN]; /* what is asked besides, each a question of its own */
	size_t nthen;
	size_t part, parts; /* which of the questions of a message this answers; 0: not said */
	const char *unknown; /* words that nothing explains, as written; NULL */
};

#endif
