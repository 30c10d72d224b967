/* What a phrase says by itself: the signs of a cry, and of what speaks against one. */
#ifndef PARSERS_CRY_SIGN_H
#define PARSERS_CRY_SIGN_H

#include "parsers/intent/intent_words.h"

enum sign {
	SIGN_DANGER = 1, /* pendarahan, kejang */
	SIGN_HELP = 2, /* tolong, butuh, segera */
	SIGN_TRANSPORT = 4, /* ambulan, gawat darurat */
	SIGN_PERSON = 8, /* ibu hamil, bayi, ny …; or bu before a name */
	SIGN_LABOUR = 16, /* mau lahiran */
	SIGN_OVER = 32, /* sudah sembuh */
	SIGN_ASKS = 64, /* apa, gimana */
	SIGN_PAST = 128, /* kemarin, pernah, riwayat */
	SIGN_DYING = 256, /* hampir mati */
	SIGN_WATERS = 512, /* ketubannya ... */
	SIGN_BROKEN = 1024, /* ... sudah pecah */
	SIGN_CONTRAST = 2048, /* tapi, malah */
	SIGN_NOW = 4096, /* sekarang */
	SIGN_TAUGHT = 8192, /* penyuluhan, stok */
	SIGN_SUPPOSED = 16384, /* kalau, semoga */
	SIGN_THROUGH = 32768, /* ada, yang, atau: a denial reaches over it */
	SIGN_HELPER = 65536, /* bidan, dibawa kemana: what a question for help is about */
	SIGN_WHAT_TO_DO = 131072, /* "apa yang harus dilakukan": asked by who has her before him */
	SIGN_VITAL = 1 << 18, /* sadar, menangis: a danger when it is denied */
	SIGN_AFTERBIRTH = 1 << 19, /* plasenta ... */
	SIGN_LIMB = 1 << 20, /* kaki, kepala bayi ... */
	SIGN_OUT = 1 << 21, /* ... keluar */
	SIGN_STUCK = 1 << 22, /* ... nyangkut, ketinggalan */
	SIGN_FIRST = 1 << 23, /* ... duluan */
	SIGN_LACKS = 1 << 24, /* ... tidak keluar */
	SIGN_BLOOD = 1 << 25, /* darahnya ... */
	SIGN_FLOWS = 1 << 26, /* ... mengucur */
	SIGN_MANY = 1 << 27, /* banyak warga ... */
	SIGN_VOMITS = 1 << 28, /* ... muntah */
	SIGN_ILL = 1 << 29, /* keracunan: a report of the sick tells it too */
	SIGN_SENT = 1 << 30, /* sudah dirujuk */
};

/* Without one of these nothing is told, and nothing alarms. */
#define ALARMING_SIGNS (TOLD_SIGNS | SIGN_WATERS | SIGN_BROKEN | SIGN_VITAL | SIGN_AFTERBIRTH |   \
	SIGN_LIMB | SIGN_STUCK | SIGN_BLOOD | SIGN_MANY)
#define TOLD_SIGNS (SIGN_DANGER | SIGN_TRANSPORT | SIGN_LABOUR | SIGN_DYING | SIGN_ILL)
#define PRESSURE_UPPER 160 /* of a blood pressure that kills */

/* The phrase at a word, whatever stands around it. */
struct sign_at {
	unsigned signs; /* enum sign */
	size_t length;
};
unsigned sign_of(const char *name); /* of a canonical word of the two classes */
/* The longer one of the two classes. */
struct sign_at sign_find(const struct words *words, size_t i);

#endif
