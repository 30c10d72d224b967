/* What a text cries for, clause by clause.
 *
 * The model. A text is a row of clauses. One ends at a sign (. , ; : ? ! # or a line), and in front
 * of a word that begins another thought: of contrast (tapi, malah, selain), of now (sekarang), of a
 * call (tolong), of somebody behind words of recovery ("ibunya sudah sehat | bayinya kejang"). A
 * danger (pendarahan, kejang) is told when nothing in its own clause speaks against it:
 *
 *   denial    tidak, bukan, belum: over "ada, yang, atau" to the danger behind it, over nobody and
 *             nothing else ("tidak ada bidan, ibu kejang"); or behind it, at the end of the clause
 *   over      sembuh, berhenti, sudah di rs: also in a later clause about the same one; sudah
 *             dirujuk in front of it
 *   history   pernah, riwayat, kemarin, tahun 2020
 *   question  apa, bagaimana; not one that asks for help (bidan, ambulan, dibawa kemana)
 *   teaching  penyuluhan, stok, obat: until the sentence ends or somebody is named
 *   supposed  kalau, semoga, takut: what stands behind it
 *
 * Some dangers are two words of one clause: what must be and is denied (tidak menangis), a part of
 * a birth and what it does (plasenta tertinggal, kaki duluan), blood and how it flows.
 *
 * A clause of nothing but dangers shares what speaks against the one before it ("riwayat: kejang,
 * pendarahan"). Whom it is about and the call for help may stand in any clause. The words are the
 * lexicon's: class darurat, and sekitar_darurat for what stands around them. Words of dying have a
 * model of the same kind: parsers/dying/death.h.
 */
#ifndef PARSERS_CRY_H
#define PARSERS_CRY_H

#include "parsers/cry/sign.h"

struct cry {
	unsigned all; /* whatever stands anywhere */
	unsigned told; /* what is told of here and now */
	/* The first that is told: octets of the text, from whom it is about on; in a clause that is not
	 * the text's first and names somebody, calls, or opens a sentence. */
	size_t at;
	bool apart;
};

/* Of a text as a whole; empty where no word of it can alarm. The same of a text cut into words. */
struct cry cry_read(const struct intent_call *call);
struct cry cry_read_words(const struct words *words);
/* false: no word of a text that was cut into so many tokens can alarm. */
bool cry_may_alarm(const struct intent_call *call, size_t count);
/* Somebody needs help now. about_somebody: it is known that a person is told of. */
bool cry_urgent(const struct cry *cry, bool about_somebody);

#endif
