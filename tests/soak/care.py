#!/usr/bin/env python3
"""Random reports about people who are looked after: pregnancies, visits after a birth, children weighed and
immunised, sick people, referrals, weeks of a unit.   care.py COUNT [--seed N]   Rows as generate.py makes them."""
import argparse
import datetime
import json
import random

import layout
import values
import words
from layout import Part

BIDAN, KADER = "+6281200000003", "+6281200000001"
KEYWORD = {"hamil": ["HAMIL", "HAMIL", "HML", "ANC", "PERIKSA HAMIL"], "nifas": ["NIFAS", "NIFAS", "KUNJUNGAN NIFAS", "BUFAS"],
           "timbang": ["TIMBANG", "TIMBANG", "TIMBANG ANAK"], "imun": ["IMUN", "IMUNISASI", "VAKSIN"],
           "sakit": ["SAKIT", "LAPOR SAKIT", "WABAH"], "rujuk": ["RUJUK", "RUJUK", "RUJUKAN"]}
DOSES = {"HB0": ["HB0", "hb 0"], "BCG": ["BCG", "bcg"], "DPT1": ["DPT1", "dpt 1", "penta 1", "dpt hb hib 1"], "DPT2": ["DPT2", "pentabio 2"],
         "DPT3": ["DPT3", "dpt 3"], "POLIO1": ["POLIO1", "polio 1", "opv 1"], "POLIO2": ["POLIO 2", "opv2"], "POLIO3": ["polio 3"],
         "POLIO4": ["POLIO4", "bopv 4"], "IPV1": ["IPV1", "ipv 1", "ipv"], "MR1": ["MR1", "campak", "CAMPAK", "mr"],
         "PCV1": ["PCV1", "pcv 1"], "RV1": ["RV1", "rotavirus 1"]}
ORDER = ["HB0", "BCG", "POLIO1", "POLIO2", "POLIO3", "POLIO4", "DPT1", "DPT2", "DPT3", "IPV1", "MR1", "PCV1", "RV1"]
DISEASE = {"A": ["DIARE", "muntaber", "mencret"], "C": ["DBD", "demam berdarah"], "K": ["CAMPAK", "gabagen"], "L": ["DIFTERI"],
           "AA": ["ISPA", "batuk pilek"], "G": ["sakit kuning", "HEPATITIS"], "H": ["CHIKUNGUNYA", "cikungunya"],
           "KERACUNAN": ["KERACUNAN", "keracunan makanan"]}
WHERE = {"RS": ["RS", "RSUD", "rsud soedomo"], "PKM": ["PKM", "puskesmas"], "KLINIK": ["KLINIK", "klinik"]}


def day_text(rng, day):
    return rng.choice([f"{day.day}/{day.month}/{day.year % 100:02d}", f"{day.day}/{day.month}/{day.year}",
                       f"{day.day}-{day.month}-{day.year}", day.strftime("%d/%m/%y"), f"{day.day} {MONTHS[day.month - 1]} {day.year}"])


MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()


def name(rng):
    return rng.choice(words.NAMES) + (" " + rng.choice(words.SECOND) if rng.random() < 0.25 else "")


def decimal(rng, value):
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return text.replace(".", rng.choice([",", ",", "."]))


def comma(value):
    return lambda sep: f"{value:.1f}".rstrip("0").rstrip(".").replace(".", "." if sep.strip() == "," else ",")


def fixed(text):
    return lambda sep: text


def hamil(rng):
    para, abortus = rng.randrange(0, 4), rng.randrange(0, 2)
    hpht = values.TODAY - datetime.timedelta(days=rng.randrange(60, 250))
    f = {"ibu": name(rng), "umur": rng.randrange(17, 43), "gravida": para + abortus + 1, "para": para, "abortus": abortus, "hpht": hpht,
         "kontak": rng.randrange(1, 7), "tgl": values.TODAY}
    parts = [Part("ibu", fixed(f["ibu"]), keys=("ibu", "nama ibu", "nama")), Part("umur", fixed(str(f["umur"])), keys=("umur", "usia")),
             Part("gpa", fixed(f"G{f['gravida']}P{para}A{abortus}"), keys=("gpa",)),
             Part("hpht", fixed(day_text(rng, hpht)), keys=("hpht",)),
             Part("kontak", fixed(f"K{f['kontak']}"), fixed(str(f["kontak"])), ("kontak", "kunjungan"))]
    if rng.random() < 0.7:
        f["bb"] = rng.randrange(42, 80)
        parts.append(Part("bb", fixed(str(f["bb"])), keys=("bb", "berat")))
    if rng.random() < 0.6 and "bb" in f:
        f["tb"] = rng.randrange(146, 168)
        parts.append(Part("tb", fixed(str(f["tb"])), keys=("tb", "tinggi")))
    if rng.random() < 0.7:
        f["sistol"], f["diastol"] = rng.randrange(95, 150), rng.randrange(60, 95)
        td = f"{f['sistol']}/{f['diastol']}"
        f["td"] = td
        parts.append(Part("td", lambda sep: f"TD {td}", fixed(td), ("td", "tensi")))
    return "hamil", BIDAN, f, parts


def nifas(rng):
    visit = rng.randrange(1, 5)
    day = {1: 1, 2: rng.randrange(3, 8), 3: rng.randrange(8, 29), 4: rng.randrange(29, 42)}[visit]
    born = values.TODAY - datetime.timedelta(days=day)
    f = {"ibu": name(rng), "kf": visit, "lahir": born, "tgl": values.TODAY}
    parts = [Part("ibu", fixed(f["ibu"]), keys=("ibu", "nama ibu", "nama")), Part("kf", fixed(f"KF{visit}"), fixed(str(visit)), ("kf",)),
             Part("lahir", lambda sep, t=day_text(rng, born): "LAHIR " + t, fixed(day_text(rng, born)), ("lahir", "melahirkan", "tgl lahir"))]
    if visit < 4 and rng.random() < 0.6:
        f["kn"] = visit
        parts.insert(2, Part("kn", fixed(f"KN{visit}"), fixed(str(visit)), ("kn",)))
    if rng.random() < 0.5:
        f["sistol"], f["diastol"] = rng.randrange(95, 150), rng.randrange(60, 95)
        td = f"{f['sistol']}/{f['diastol']}"
        f["td"] = td
        parts.append(Part("td", lambda sep: f"TD {td}", fixed(td), ("td", "tensi")))
    return "nifas", BIDAN, f, parts


def timbang(rng):
    months = rng.randrange(2, 58)
    born = values.TODAY - datetime.timedelta(days=int(months * 30.4375) + 3)
    weight = round(5.2 + min(months, 12) * 0.36 + max(0, months - 12) * 0.17 + rng.uniform(-0.6, 0.6), 1)
    length = round(57 + min(months, 12) * 1.5 + max(0, months - 12) * 0.75 + rng.uniform(-2, 2), 1)
    f = {"anak": name(rng), "jk": rng.choice("LP"), "lahir": born, "bb": weight, "tb": length, "tgl": values.TODAY}
    parts = [Part("anak", fixed(f["anak"]), keys=("anak", "nama anak", "nama")), Part("jk", fixed(f["jk"]), keys=("jk",)),
             Part("lahir", fixed(day_text(rng, born)), keys=("lahir", "tgl lahir")), Part("bb", comma(weight), keys=("bb", "berat")),
             Part("tb", comma(length), keys=("tb", "pb"))]
    return "timbang", KADER, f, parts


def imun(rng):
    given = rng.sample(ORDER, rng.choice([1, 1, 2, 3]))
    months = rng.randrange(9, 16) if "MR1" in given else rng.randrange(1, 20)
    born = values.TODAY - datetime.timedelta(days=months * 30 + 2)
    f = {"anak": name(rng), "jk": rng.choice("LP"), "lahir": born, "tgl": values.TODAY,
         "dosis": ",".join(d for d in CHOICES if d in given)}
    told = [rng.choice(DOSES[d]) for d in given]
    parts = [Part("anak", fixed(f["anak"]), keys=("anak", "nama anak", "nama")), Part("jk", fixed(f["jk"]), keys=("jk",)),
             Part("dosis", lambda sep: (" dan " if sep.strip() == "," else ", ").join(told), keys=("dosis",)),
             Part("lahir", lambda sep, t=day_text(rng, born): "LAHIR " + t, fixed(day_text(rng, born)), ("lahir", "tgl lahir"))]
    return "imun", BIDAN, f, parts


CHOICES = ["HB0", "BCG", "POLIO1", "POLIO2", "POLIO3", "POLIO4", "DPT1", "DPT2", "DPT3", "IPV1", "IPV2", "MR1", "PCV1", "PCV2", "PCV3",
           "RV1", "RV2", "RV3", "DPT4", "MR2"]


def sakit(rng):
    code = rng.choice(sorted(DISEASE))
    f = {"penyakit": code, "jumlah": rng.randrange(1, 30), "tgl": values.TODAY}
    parts = [Part("penyakit", fixed(rng.choice(DISEASE[code])), keys=("penyakit",)),
             Part("jumlah", fixed(str(f["jumlah"])), fixed(f"{f['jumlah']} orang"), ("jumlah",))]
    return "sakit", KADER, f, parts


def rujuk(rng):
    where = rng.choice(sorted(WHERE))
    f = {"nama": name(rng), "tujuan": where, "tgl": values.TODAY}
    parts = [Part("nama", fixed(f["nama"]), keys=("nama",)), Part("tujuan", fixed(rng.choice(WHERE[where])), keys=("tujuan", "ke"))]
    return "rujuk", BIDAN, f, parts


CODES = "a b c d e f g h j k l m n p q r s t u v w y z aa ac".split()


def skdr(rng):
    """A week of a unit: some codes, and all visits; a code that is not told is none."""
    week = rng.choice([None, 30, 31, 32])  # the last whole week is the 32nd
    told = sorted(rng.sample(CODES, rng.randrange(1, 7)), key=CODES.index)
    f = {"minggu": week or 32, "tahun": 2024, **{code: 0 for code in CODES}, "x": rng.randrange(20, 400)}
    parts = [Part("minggu", fixed(str(week)), keys=("minggu", "mgg"))] if week else []
    for code in told:
        f[code] = rng.randrange(0, 30)
    parts += [Part(code, fixed(str(f[code])), keys=(code,)) for code in told + ["x"]]
    return "skdr", BIDAN, f, parts


def tell_week(rng, parts):
    word = rng.choice(["W2", "W2", "w2", "SKDR", "LAPORAN SKDR"])
    sign = rng.choice(["", "", " ", ":", "=", " = "])
    sep = rng.choice([" ", " ", ", ", "#", "; ", "\n"] if sign != " " else [", ", "#", "; ", "\n"])
    segments = layout.keyed(rng, parts, sign, sep, "own")
    return "key", layout.headed(word, segments, " " if sep in (" ", ", ", "; ") else sep), " "


def tell(rng, form, parts):
    if form == "skdr":
        return tell_week(rng, parts)
    word = rng.choice(KEYWORD[form])
    word = rng.choice([word, word, word.lower(), word.title()])
    roll = rng.random()
    if roll < 0.55:
        style = rng.choice(["hash"] * 4 + ["star", "semicolon", "pipe", "newline", "spacedhash", "doublehash"])
        sep = layout.SEPARATORS[style]
        return "position/" + style, layout.headed(word, layout.positional(parts, sep), sep), "#"
    sign = rng.choice([" ", " ", ": ", "=", " = "])
    sep = rng.choice([" ", ", ", "\n", "#", "; "])
    rest = parts[1:]  # whose it is comes first: "anak rewel" at the end is a remark
    if rng.random() < 0.5:
        rng.shuffle(rest)
    segments = layout.keyed(rng, parts[:1] + rest, sign, sep, "own")
    return "key", layout.headed(word, segments, " " if sep in (" ", ", ", "; ") else sep), " "


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("count", type=int)
    ask.add_argument("--seed", type=int, default=1)
    options = ask.parse_args()
    rng = random.Random(options.seed)
    for number in range(1, options.count + 1):
        form, sender, fields, parts = rng.choice([hamil, hamil, nifas, nifas, timbang, timbang, imun, imun, sakit, rujuk, skdr])(rng)
        style, segments, sep = tell(rng, form, parts)
        text = layout.text_of(layout.noisy(rng, segments, sep, greet=True))
        shown = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in sorted(fields.items())}
        expect = {"intent": "report", "reports": [{"form": form, "status": "accepted", "fields": shown}]}
        print(number, sender, layout.escape(text), json.dumps(expect, separators=(",", ":")), f"{form}/{style}", sep="\t")


if __name__ == "__main__":
    main()
