#!/usr/bin/env python3
"""A command beats an open question: every command of the dictionary, and what only begins like one, against every kind
of question that can be open. It is never the value that is asked for, the report is as it was, and the question takes
its own answer afterwards.   usage: commands.py KABARCTL DATA"""
import os
import re
import subprocess
import sys
import tempfile

KADER, BIDAN = "+6281200000001", "+6281200000003"
COMMANDS = """KOREKSI|KOREKSI L2408-9999 BB 3100|UBAH|RALAT DATA|BATAL L2408-9999|HAPUS L2408-9999|BATAL lahiran bu wati
DAFTAR|DAFTAR KADER RATNA MELATI WONOCOYO|REG BIDAN|GANTI NO|GANTI NOMOR HP BARU|PIN|BAHASA|BAHASA JAWA|MULAI|LAGI
CEK SAYA|CEK|CEK L2408-9999|STATUS LAPORAN|LAPORAN SAYA|BANTUAN|HELP|INFO|MENU|CONTOH LAPORAN|FORMAT LAHIR|KODE|KODE BBLR
TERIMA|TERIMA M2408-9999|PADAM|VERIFIKASI M2408-9999|TOLAK L2408-9999 salah|SETUJU|SETUJU L2408-9999
BLOKIR 081234567890|KABAR DARI 081234567890|JAWAB 3 nanti|RESET PIN 081234567890|BUKA BLOKIR 081234567890
JML LAHIR|JML LAHIR WONOCOYO JULI|REKAP|REKAP POS|BELUM LAPOR|BELUM LAPOR LAHIR|AKI|D/S|berapa kelahiran bulan ini
LAHIR ?|POS ?|MATI ?|PINDAH POSYANDU MAWAR|PINDAH POSYANDU|PINDAH DESA|PINDAH TUGAS|GANTI POSYANDU MAWAR|GANTI KADER|TUTUP POSYANDU SEMENTARA
HAPUS DATA|LAPOR APA|LAPOR POSYANDU|KIRIM ULANG|KIRIM LAPORAN|MINTA DATA|MINTA BANTUAN|TANYA BIDAN|TAMBAH KADER
DAFTAR POSYANDU|DATA LAHIR|CARA LAPOR|LIHAT DATA|CARI DATA|KELUAR|NONAKTIF|BERHENTI LAPOR|TUTUP POSYANDU"""
ALL = [c for line in COMMANDS.split("\n") for c in line.split("|")]
NAMES = """SUMIATI KARTINI LASTRI WAHYUNI PURWATI HARTATIK MARYATI TUMIYEM PARTIYAH JUMINAH KASIYEM WAGINAH SARINEM PONIRAH
SUTARMI MISIRAH KATEMI RUKMINI YULIANTI ANGGRAINI FITRIANA HANDAYANI INDRAWATI KUSUMAWATI MULYANI NOVITASARI OKTAVIANI
PUSPITASARI RAHAYU SETYOWATI TRISNAWATI UTAMI VERAWATI WIDYASTUTI YUNIARTI ZULAIKHA AMINATUN BADRIYAH""".split()

# what opens the question, who asks nothing more: (name, phone, report, answer, what then holds)
QUESTIONS = [
    ("the mother's name", KADER, "LAHIR#25#{day}#L#3000#48#PKM#BIDAN#HIDUP", "{name}", 'status=accepted ibu="{name}"'),
    ("the sex", KADER, "LAHIR#{name}#25#{day}#3000#48#PKM#BIDAN#HIDUP", "P", "status=accepted jk=P"),
    ("the weight", KADER, "LAHIR#{name}#25#{day}#L#48#PKM#BIDAN#HIDUP", "3150", "status=accepted berat=3150"),
    ("the place of birth", KADER, "LAHIR#{name}#25#{day}#L#3000#48#BIDAN#HIDUP", "RUMAH", "status=accepted tempat=RUMAH"),
    ("who helped", KADER, "LAHIR#{name}#25#{day}#L#3000#48#PKM#HIDUP", "DUKUN", "status=accepted penolong=DUKUN"),
    ("the day", KADER, "LAHIR#{name}#25#L#3000#48#PKM#BIDAN#HIDUP", "kemarin", "status=accepted"),
    ("a weight that cannot be", KADER, "LAHIR#{name}#25#{day}#L#32#48#PKM#BIDAN#HIDUP", "3200", "status=accepted berat=3200"),
    ("the name of the dead woman", BIDAN, "MATI#IBU#30 TH#{day}#NIFAS#RS", "{name}", 'nama="{name}"'),
    ("who died", BIDAN, "MATI#{name}#30 TH#{day}#RS", "IBU", "jenis=IBU"),
    ("a sum that does not hold", KADER, "POS {day} S40 K40 D30 N31", "N 21", "status=accepted n=21"),
    ("yes or no", KADER, "POS {day} S40 K40 D45 N31", "YA", "status=accepted d=45"),
]


def transcript(data, question):
    title, phone, report, answer, holds = question
    lines = ["clock 2023-01-10 09:00"] + ["import %s %s/%s.csv" % (what, data, what) for what in ("areas", "posyandu", "people")]
    # what asks YA or TIDAK itself takes the next YA; SETUJU alone is a yes
    agreed = answer == "YA" or "cannot" in title
    asked = [c for c in ALL if not (answer == "YA" and c.startswith("HAPUS")) and not (agreed and c == "SETUJU")]
    for number, command in enumerate(asked):
        first, second = NAMES[number % len(NAMES)], NAMES[(number // len(NAMES) + 7 * number) % len(NAMES)]
        values = {"name": first if first == second else first + " " + second, "day": "kemarin"}
        lines += ["# %s: %s" % (title, command), "sms %s: %s" % (phone, report.format(**values)),
                  "sms %s: %s" % (phone, command)]
        lines += ["expect report last status=%s" % ("question" if "cannot" in title or "hold" in title or "yes" in title
                                                    else "incomplete")]
        lines += ["sms %s: %s" % (phone, answer.format(**values)), "expect report last " + holds.format(**values), "wait %s" % ("32d" if report.startswith("POS") else "5d")]
    return lines


def main():
    kabarctl, data = sys.argv[1], os.path.abspath(sys.argv[2])
    failed = 0
    print("1..%d" % len(QUESTIONS))
    with tempfile.TemporaryDirectory(prefix="kabar-commands-") as folder:
        for number, question in enumerate(QUESTIONS, 1):
            path = os.path.join(folder, "%d.play" % number)
            with open(path, "w") as out:
                out.write("\n".join(transcript(data, question)) + "\n")
            done = subprocess.run([kabarctl, "play", path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            print("%sok %d - %d commands while %s is asked for" % ("not " * (done.returncode != 0), number, len(ALL), question[0]))
            if done.returncode:
                failed += 1
                line = re.match(r".*?:(\d+):", done.stdout)
                at = int(line.group(1)) if line else 0
                print("\n".join("# " + text for text in transcript(data, question)[max(at - 5, 0):at + 1] +
                                done.stdout.strip().split("\n")))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
