/* The words of USSD screens: name ("ussd.<name>" in conf/messages/), room, Indonesian text; config
 * check proves that those of another language fit; what it leaves out is shown in Indonesian. */
#ifndef FLOWS_USSD_WORDS_H
#define FLOWS_USSD_WORDS_H

#include "flows/ussd/menu.h"

#define USSD_SCREEN 160
#define USSD_HEAD   (USSD_SCREEN - MENU_WRONG - MENU_FOOT)
#define USSD_LINE   30
#define USSD_FOOT   10
#define USSD_WRONG  (MENU_WRONG - 1)
#define USSD_AFTER  (USSD_WRONG - 15)
#define USSD_LAST   100

/* X(name, most septets, Indonesian) */
#define USSD_WORDS(X) \
	/* Heads: with what was wrong above and a footer below. */ \
	X(change_what, USSD_HEAD, "Ubah apa?") \
	X(checkup, USSD_HEAD, "Periksa diri, untuk siapa atau apa?") \
	X(checkup_call, USSD_HEAD, "Ini bukan diagnosis. Boleh bidan menghubungi nomor ini?") \
	X(checkup_desa, USSD_HEAD, "Tinggal di desa mana? Tulis namanya. 0 bila tidak ingin menyebutkan.") \
	X(deaths, USSD_HEAD, "Kematian belum ditindaklanjuti:") \
	X(how_many, USSD_HEAD, "Bayi tunggal atau kembar?") \
	X(mine, USSD_HEAD, "Laporan saya:") \
	X(mismatch, USSD_HEAD, "Ada isian yang belum cocok.") \
	X(no_deaths, USSD_HEAD, "Tidak ada kematian yang menunggu.") \
	X(none, USSD_HEAD, "Belum ada laporan.") \
	X(pin, USSD_HEAD, "Masukkan PIN Anda:") \
	X(pin_again, USSD_HEAD, "Tulis PIN sekali lagi:") \
	X(pin_new, USSD_HEAD, "Buat PIN: 6 angka, tidak urut dan tidak sama semua.") \
	X(which, USSD_HEAD, "Yang mana?") \
	X(write_date, USSD_HEAD, "Tulis tanggal, mis.") \
	X(your_area, USSD_HEAD, "Nama wilayah Anda?") \
	X(your_desa, USSD_HEAD, "Nama desa Anda?") \
	X(your_name, USSD_HEAD, "Nama Anda?") \
	X(your_posyandu, USSD_HEAD, "Posyandu Anda?") \
	X(your_puskesmas, USSD_HEAD, "Nama puskesmas Anda?") \
	/* Lines of a list, and parts of one. */ \
	X(age, USSD_LINE, "Umur") \
	X(cancel, USSD_LINE, "Batalkan") \
	X(join, USSD_LINE, "Daftar") \
	X(resume, USSD_LINE, "Lanjutkan laporan") \
	X(accept, USSD_LINE, "Terima") \
	X(baby, USSD_LINE, "bayi") \
	X(baby_head, USSD_LINE, "Bayi") \
	X(cancel_no, USSD_LINE, "Tidak") \
	X(cancel_yes, USSD_LINE, "Ya, batalkan") \
	X(change, USSD_LINE, "Ubah") \
	X(days, USSD_LINE, "hari") \
	X(drop, USSD_LINE, "Batal") \
	X(fix, USSD_LINE, "Perbaiki") \
	X(months, USSD_LINE, "bulan") \
	X(new, USSD_LINE, "Baru (tidak dilanjutkan)") \
	X(right, USSD_LINE, "Sudah benar") \
	X(send, USSD_LINE, "Kirim") \
	X(single, USSD_LINE, "Tunggal") \
	X(today, USSD_LINE, "hari ini") \
	X(triplets, USSD_LINE, "Kembar tiga") \
	X(twins, USSD_LINE, "Kembar dua") \
	X(twins_label, USSD_LINE, "tunggal/kembar") \
	X(verify, USSD_LINE, "Verifikasi") \
	X(write, USSD_LINE, "tulis tanggal") \
	X(years, USSD_LINE, "tahun") \
	X(yes, USSD_LINE, "Ya") \
	X(yesterday, USSD_LINE, "kemarin") \
	/* Footers. */ \
	X(back, USSD_FOOT, "0 kembali") \
	X(back_word, USSD_FOOT, "kembali") \
	X(more, USSD_FOOT, "lanjut") \
	X(skip, USSD_FOOT, "lewati") \
	/* What was wrong with an answer: alone, and behind what was typed. */ \
	X(choose, USSD_WRONG, "Pilih dengan angka di bawah.") \
	X(dropped, USSD_WRONG, "Laporan dibatalkan.") \
	X(name_bad, USSD_WRONG, "Tulis nama dengan huruf.") \
	X(nik, USSD_WRONG, "NIK tidak benar: 16 angka.") \
	X(pin_bad, USSD_WRONG, "PIN itu terlalu mudah atau bukan 6 angka.") \
	X(pin_differs, USSD_WRONG, "Kedua PIN tidak sama.") \
	X(future, USSD_AFTER, "belum terjadi.") \
	X(impossible, USSD_AFTER, "sepertinya keliru.") \
	X(rare, USSD_AFTER, "bila benar tulis lagi.") \
	X(no_place, USSD_AFTER, "tidak ada di wilayah Anda.") \
	X(not_found, USSD_AFTER, "tidak ditemukan.") \
	X(pin_wrong, USSD_AFTER, "PIN salah.") \
	X(range, USSD_AFTER, "biasanya") \
	X(tries, USSD_AFTER, "kesempatan lagi.") \
	X(unclear, USSD_AFTER, "belum jelas.") \
	X(unread, USSD_AFTER, "tidak terbaca.") \
	/* Last screens. */ \
	X(apology, USSD_LAST, "Maaf, ada gangguan. Laporan tidak hilang. Silakan coba beberapa saat lagi.") \
	X(blocked, USSD_LAST, "Nomor ini tidak dapat dipakai. Hubungi puskesmas Anda.") \
	X(code, USSD_LAST, "kodenya") \
	X(expired, USSD_LAST, "Sesi sudah berakhir. Tekan lagi") \
	X(locked, USSD_LAST, "PIN salah lima kali, jadi terkunci. Hubungi puskesmas Anda.") \
	X(no_menu, USSD_LAST, "Layanan belum tersedia. Kirim laporan lewat SMS.") \
	X(over, USSD_LAST, "Sesi selesai. Terima kasih.") \
	X(stopped, USSD_LAST, "Anda sudah berhenti. Untuk ikut lagi kirim SMS: DAFTAR") \
	X(waiting, USSD_LAST, "Pendaftaran Anda menunggu persetujuan. Terima kasih.")

struct ussd_word {
	const char *name, *indonesian;
	int most;
};
/* The index-th; NULL: there are no more. */
const struct ussd_word *ussd_word_at(size_t index);

#endif
