/* Which words are signs of a cry: the lexicon's classes darurat and sekitar_darurat. */
#include "parsers/cry/sign.h"

static const struct {
	const char *name;
	unsigned sign;
} sign_names[] = {
	{"bahaya", SIGN_DANGER},
	{"tolong", SIGN_HELP},
	{"ambulan", SIGN_TRANSPORT},
	{"orang", SIGN_PERSON},
	{"lahiran", SIGN_LABOUR},
	{"reda", SIGN_OVER},
	{"tanya", SIGN_ASKS},
	{"rujuk", SIGN_SENT},
	{"lewat", SIGN_PAST},
	{"sekarat", SIGN_DYING},
	{"ketuban", SIGN_WATERS},
	{"pecah", SIGN_BROKEN},
	{"bersalin_sulit", SIGN_DANGER | SIGN_PERSON}, /* a woman's, whoever she is */
	{"tetapi", SIGN_CONTRAST},
	{"kini", SIGN_NOW},
	{"ajar", SIGN_TAUGHT},
	{"umpama", SIGN_SUPPOSED},
	{"tembus", SIGN_THROUGH},
	{"soal_bantuan", SIGN_HELPER},
	{"hayat", SIGN_VITAL},
	{"uri", SIGN_AFTERBIRTH},
	{"anggota", SIGN_LIMB},
	{"keluar", SIGN_OUT},
	{"nyangkut", SIGN_STUCK},
	{"duluan", SIGN_FIRST},
	{"dulu", SIGN_FIRST | SIGN_PAST},
	{"darah", SIGN_BLOOD},
	{"deras", SIGN_FLOWS},
	{"bahayanya", SIGN_DANGER | SIGN_PERSON},
	{"wabah", SIGN_ILL},
	{"massal", SIGN_MANY | SIGN_PERSON},
	{"muntah", SIGN_VOMITS},
	{"harus_apa", SIGN_WHAT_TO_DO | SIGN_HELP},
};

unsigned sign_of(const char *name)
{
	for (size_t i = 0; name && i < COUNT_OF(sign_names); i++)
		if (same_name(sign_names[i].name, name))
			return sign_names[i].sign;
	return 0;
}

struct sign_at sign_find(const struct words *words, size_t i)
{
	size_t length = 1, around = 0;
	const char *name, *context;

	if ((words->phrases[i].of[0] || words->list[i].kind != WORD_LETTERS) &&
		!class_in(&words->phrases[i].names, lexicon_name("darurat")) &&
		!class_in(&words->phrases[i].names, lexicon_name("sekitar_darurat")))
		return (struct sign_at){0, 1}; /* nearly always: a number, or another word */
	name = words_phrase_near(words, "darurat", i, &length);
	context = words_phrase(words, "sekitar_darurat", i, &around);
	if (!name || (context && around > length)) {
		name = context;
		length = context ? around : 1;
	}
	return (struct sign_at){name ? sign_of(name) : 0, length};
}
