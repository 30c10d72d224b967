#!/usr/bin/env python3
"""The adversary: known reports, changed by what people do, and for each what must come of it.
   adversary.py write COUNT [--seed N]      TSV rows: id, sender, text, expectation, deeds
   adversary.py judge ROWS READINGS [-v] [--asked PERCENT]
A deed keeps the meaning (the year left out, l for 1, a key joined to its value, talk around, a remark behind the
last value, another word for the same) or breaks one value (hedged, told twice, a row of counts with one too few):
then the expectation names the fields that must be asked. Judged:
  same     accepted with exactly the values that were told
  asked    waiting, and what was read of it is as told or asked about
  lost     no report of it, or another status
  silent   accepted with a value that was not told or another one, without one that was told, or although it had to
           be asked; or waiting with a wrong value that nobody asks about
Exit 1: anything silent, or more than PERCENT asked of what keeps its meaning."""
import argparse
import collections
import datetime
import json
import random
import sys

import care
import compare
import deeds
import layout
import values
import words

KADER, BIDAN = "+6281200000001", "+6281200000003"
UNTOLD = {"desa", "ket", "kelas", "urutan", "sebab", "diadakan", "alasan", "nihil"}
COUNTED = ("s", "k", "d", "n", "t", "o", "b", "bgm", "stunting", "bumil", "busui", "bayi", "balita", "apras", "remaja",
           "dewasa", "lansia")
CARED = {"hamil": ["hpht"], "nifas": ["lahir"], "timbang": ["jk", "bb", "lahir"], "imun": ["dosis", "lahir"], "sakit": ["penyakit"],
         "rujuk": ["tujuan"]}  # forms about people who are looked after, and what of them must be told
NUMBERS = COUNTED + ("umur", "berat", "panjang", "uk", "bb", "tb", "jumlah")
BEFORE = ["Bu, ", "Ass. ", "Selamat pagi bu. ", "Mohon maaf baru lapor. ", "Lapor: ", "Kulo badhe lapor: ", "Punten bu, ",
          "Izin melaporkan, ", "Yth bu bidan. ", "> ", "Fwd: ", "FW: ", "Fwd dari bu bidan: ", "Diteruskan: "]
BEHIND = [" trims", " matur nuwun bu", " mohon dicek ya bu", " maaf telat", " maaf hp mati", " nanti sy telp",
          " besok ada rapat jam 9", " rapat tgl 20 jam 9 ya bu", " demikian laporan kami", " sy lg di rumah", " ok",
          " besok sy ke rs", " hub 081234567890"]
# Behind the last value of a coded report: of something else, and told as a remark.
REMARKS = {
    "lahir": ["ibunya sehat skrg", "kontrol tgl 21/8", "suami kerja di pasar", "besok mau dirujuk ke rs", "kakaknya dulu lahir di dukun",
              "bb ibu 55 kg", "anak pertama perempuan umur 3 th", "rt 3 rw 2", "dokter belum datang", "imunisasi tgl 3/9 di pustu",
              "mau ikut posyandu bulan depan", "hb ibu 11", "tensi 120/80", "anak ke 3", "kemarin sempat ke bidan desa",
              "rumah dekat polindes", "ari2 dikubur di rumah", "sudah lapor bu kades", "sdh pulang ke rumah", "ibunya di rumah",
              "bu bidan sdh tahu", "semoga sehat selalu", "kontrol tgl 10/8", "imunisasi kemarin", "tadi pagi hujan",
              "kakaknya dulu 3 kg", "kakaknya perempuan", "suami umur 45", "dirujuk ke rsud", "kader ikut menunggu",
              "dulu anaknya cewek", "rs sudah lapor", "suami 45 th", "besok kontrol ke dokter"],
    "mati": ["keluarga sudah ikhlas", "anak ke 2", "hb 7", "tensi 180/110", "rt 3 rw 2", "suaminya kerja di pasar",
             "kader sudah takziah kemarin", "bidan sudah diberi tahu tgl 15", "jenazah dibawa ke rumah", "dimakamkan kemarin",
             "rs sudah lapor", "dimakamkan dekat rumah", "suaminya umur 45 th"],
    "pos": ["cuaca hujan", "kader hadir 5 orang", "besok kunjungan rumah", "2 balita sakit", "bidan datang jam 9",
            "ada bayi baru lahir", "pmt bubur kacang hijau", "rapat kader tgl 20"],
    "ilp": ["cuaca hujan", "bidan datang jam 9", "besok kunjungan rumah", "tensi lansia rata2 150", "rapat kader tgl 20"],
}
OTHER_WORDS = {
    ("tempat", "RS"): ["RSUD", "rumah sakit", "RSIA", "rmh sakit"], ("tempat", "PKM"): ["puskesmas", "pusk", "di puskesmas"],
    ("tempat", "RUMAH"): ["rmh", "di rumah", "rumahnya", "dirumah", "omah"], ("tempat", "KLINIK"): ["praktek bidan", "rumah bersalin", "TPMB", "BPM"],
    ("tempat", "POLINDES"): ["poskesdes"], ("tempat", "PUSTU"): ["puskesmas pembantu"], ("penolong", "BIDAN"): ["bdn", "bidan desa", "bu bidan"],
    ("penolong", "DUKUN"): ["paraji", "mbah dukun", "dukun bayi"], ("penolong", "DOKTER"): ["dr. Budi", "dokter"],
    ("penolong", "PERAWAT"): ["perawat", "mantri"], ("luaran", "HIDUP"): ["hdp", "H", "sehat", "selamat"],
    ("jk", "L"): ["laki2", "lk", "cowok", "lanang"], ("jk", "P"): ["perempuan", "pr", "cewek", "wedok"],
}


class Telling:
    """A report under way: its values in the order of the form, each [fields, text, keys]."""

    def __init__(self, rng, form, fields, parts, sep):
        self.form, self.fields, self.sep = form, dict(fields), sep
        self.items = []
        for part in parts:
            text = layout.without(part.bare, sep)
            if text is None:
                raise LookupError
            self.items.append([part.fields, text, part.keys])
        self.asked, self.may, self.front, self.back, self.tail = set(), set(), "", "", []
        self.asked_any = False
        self.reports = 1
        self.keyword = rng.choice(care.KEYWORD[form] if form in CARED else words.KEYWORD[form])
        self.keyed = self.number_first = False

    def item(self, name):
        for item in self.items:
            if name in item[0]:
                return item
        return None

    def strong(self):
        return self.sep in ("#", "*", ";", "\n")

    def text(self):
        head = self.keyword
        body = self.sep.join([text for _, text, _ in self.items] + self.tail)
        return self.front + head + (self.sep if self.strong() or self.sep == " " else " ") + body + self.back


def coded(rng, lang="id"):
    form = rng.choice(["lahir"] * 5 + ["mati"] * 3 + ["pos"] * 3 + ["ilp"] * 2)
    sep = rng.choice(["#"] * 5 + ["*", ";", "\n"] + [" "] * 3)
    if form == "lahir":
        fields, parts = deeds.birth(rng, lang)
        for name in ("jam", "nik", "uk"):
            fields.pop(name, None)
        parts = [p for p in parts if not p.fields & {"jam", "nik", "uk"}]
    elif form == "mati":
        fields, parts = deeds.death(rng, lang)
    else:
        fields, place = (deeds.weighing if form == "pos" else deeds.attendance)(rng, lang)
        for name in ("t", "o", "b", "bgm", "stunting"):
            fields.pop(name, None)
        day = deeds.a_day(rng, 60)
        fields["tgl"] = day
        parts = ([place] if place else []) + [deeds.date_part(rng, day, lang, full=True)]
        if not place:
            fields["posyandu"] = deeds.DESA + ".001"
        parts += [layout.Part(k, lambda s, k=k: str(fields[k]), None, (k,)) for k in COUNTED if k in fields]
    telling = Telling(rng, form, fields, parts, sep)
    if form == "mati":
        telling.keyword = "MATI " + telling.items.pop(0)[1]
    return telling


def cared(rng):
    """A pregnancy, a visit, a child, sick people or a referral, by position."""
    form, _, fields, parts = rng.choice([care.hamil, care.hamil, care.nifas, care.timbang, care.timbang, care.imun, care.sakit,
                                         care.rujuk])(rng)
    return Telling(rng, form, fields, parts, rng.choice(["#"] * 4 + ["*", ";", "\n"]))


def day_short(rng, t):
    """A day of birth or of the last period without its year."""
    name = {"hamil": "hpht", "nifas": "lahir", "timbang": "lahir", "imun": "lahir"}.get(t.form)
    item, day = (t.item(name), t.fields.get(name)) if name else (None, None)
    if not item or not values.plain_year(day) or t.keyed:
        return False
    front = "LAHIR " if "LAHIR" in item[1] else ""
    item[1] = front + rng.choice([f"{day.day}/{day.month}", f"{day.day} {rng.choice(words.MONTHS[day.month - 1])}"])
    return True


def keys_in_front(rng, t):
    """The values behind their keys, in any order."""
    if t.sep == "\n" or t.keyed:
        return False
    sign = rng.choice(["=", ":", " ", ""])
    for item in t.items:
        if not item[2]:
            continue
        key = rng.choice(item[2])
        key = rng.choice([key, key.upper()])
        if any(item[1].lower().startswith(k + end) for k in item[2] for end in " =:0123456789"):
            continue
        item[1] = key + (sign if sign or item[1][:1].isdigit() else " ") + item[1]
        if item[1].lower().startswith("bbl"):
            return False  # a key of its own
    t.keyed = True
    if rng.random() < 0.5 and t.form != "mati":
        first = t.form in CARED or (t.form in ("pos", "ilp") and not t.items[0][2])
        tail = t.items[1:] if first else t.items
        rng.shuffle(tail)
        t.items[len(t.items) - len(tail):] = tail
    return True


def year_left_out(rng, t):
    day, item = t.fields.get("tgl"), t.item("tgl")
    if not item or not day or t.form in ("pos", "ilp") and day.day > 28 or not values.plain_year(day) or t.keyed:
        return False
    month = rng.choice(words.MONTHS[day.month - 1])
    item[1] = rng.choice([f"{day.day} {month}", f"tgl {day.day} {month}", f"{day.day} {month.upper()}", f"{day.day:02d} {month}"]
                         + ([f"{day.day}/{day.month}"] if t.sep != "/" else []))
    return True


def month_alone(rng, t):
    if t.form not in ("pos", "ilp") or t.keyed:
        return False
    item = t.item("tgl")
    month = rng.choice([6, 7])
    item[1] = rng.choice([f"bln {month}", f"bulan {month}", words.MONTHS[month - 1][1], f"{month}/24" if t.strong() else f"bln {month}"])
    t.fields["tgl"] = datetime.date(2024, month, {6: 30, 7: 31}[month])
    return True


def number_of(text):
    """The last run of digits alone in a text: (start, end); None."""
    end = len(text)
    while end and not text[end - 1].isdigit():
        end -= 1
    start = end
    while start and text[start - 1].isdigit():
        start -= 1
    return (start, end) if end > start else None


def letter_for_digit(rng, t):
    """l, I, o, O for 1 and 0, wherever they stand in a number."""
    spots = []
    for item in t.items:
        if not item[0] & set(NUMBERS) or any(c in item[1] for c in ",./"):
            continue
        place = number_of(item[1])
        beside = item[1][place[0] - 1:place[0]] + item[1][place[1]:place[1] + 1] if place else ""
        if place and (place[1] - place[0] > 1 or not any(c.isalpha() for c in beside)):
            spots += [(item, i) for i in range(*place) if item[1][i] in "01"]
    if not spots:
        return False
    item, i = rng.choice(spots)
    c = rng.choice("oO") if item[1][i] == "0" else rng.choice("lI")
    text = item[1][:i] + c + item[1][i + 1:]
    if "bbl" in text.lower():
        return False  # a key of its own
    item[1] = text
    return True


def hedged(rng, t):
    """A weight, a length, an age or a count about which the sender is not sure: asked."""
    names = [n for n in ("berat", "panjang", "umur") if t.item(n) and t.form == "lahir"]
    names += [n for n in ("bb", "tb") if t.item(n) and t.form == "timbang"]
    names += [n for n in COUNTED if t.item(n) and t.keyed and not t.number_first]
    if not names:
        return False
    name = rng.choice(names)
    item, value = t.item(name), t.fields[name]
    if name == "berat":
        kg = f"{value / 1000:.1f}".replace(".", ",")
        more = f"{(value + 100) / 1000:.1f}".replace(".", ",")
        told = [f"{kg} atau {more} kg", f"{kg}-{more} kg", f"hampir {kg} kg", f"{kg} kg lebih", f"lebih dari {kg} kg", f"antara {kg} dan {more} kg",
                f"{value} atau {value + 100}", f"{value}-{value + 100} gr", f"kurang dari {kg} kg", f"{kg} atau {more}"]
    elif name == "bb":
        kg, more = f"{value:g}".replace(".", ","), f"{value + 0.2:.1f}".replace(".", ",")
        told = [f"{kg} atau {more} kg", f"hampir {kg} kg", f"{kg} kg lebih", f"antara {kg} dan {more} kg"]
    elif name in ("panjang", "tb"):
        told = [f"{value:g}-{value + 1:g} cm", f"{value:g} atau {value + 1:g} cm", f"hampir {value:g} cm", f"lebih dari {value:g} cm"]
    elif name == "umur":
        told = [f"{value} atau {value + 1} th", f"{value}-{value + 1} th", f"hampir {value} th", f"antara {value} dan {value + 1} th"]
    else:
        told = [f"{value} atau {value + 1}", f"hampir {value}", f"lebih dari {value}"]
    text = rng.choice(told)
    if any(c in text for c in t.sep.strip() or "\0"):
        return False
    key = item[1][:len(item[1]) - len(item[1].lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ=:"))] if t.keyed else ""
    if t.sep == " " and not t.keyed and " dan " in text:
        return False
    item[1] = (key.rstrip("=:") + (key[-1:] if key[-1:] in "=:" else "") + (" " if key and key[-1:] not in "=:" else "") + text) if key else text
    t.asked.add(name)
    return True


def about(rng, t):
    """About so much: taken."""
    item = t.item("berat")
    if not item or t.form != "lahir" or "berat" in t.asked:
        return False
    kg = f"{t.fields['berat'] / 1000:g}".replace(".", ",")
    if "," in t.sep or (kg.count(",") and len(kg.split(",")[1]) > 1):
        return False
    key = "bb " if t.keyed else ""
    item[1] = key + rng.choice(["kira2", "sekitar", "kurang lebih", "±", "kira kira"]) + f" {kg} kg"
    return True


def key_joined(rng, t):
    if t.keyed:
        return False
    items = [i for i in t.items if i[0] & {"berat", "panjang", "umur"} and i[2] and i[1].isdigit() and "umur" not in i[1]]
    if not items or t.form == "mati":
        return False
    item = rng.choice(items)
    key = rng.choice([k for k in item[2]])
    item[1] = rng.choice([key, key.upper()]) + item[1]
    return True


def swapped(rng, t):
    """Two neighbours change places, between explicit separators; those that say what they are."""
    if not t.strong() or t.keyed or t.form in ("pos", "ilp"):
        return False
    plain = {"jk", "berat", "tgl", "tempat", "penolong", "luaran", "umur", "panjang", "masa"}
    spots = [i for i in range(len(t.items) - 1) if t.items[i][0] & plain and t.items[i + 1][0] & plain]
    if not spots:
        return False
    i = rng.choice(spots)
    t.items[i], t.items[i + 1] = t.items[i + 1], t.items[i]
    return True


def other_word(rng, t):
    choices = [(item, OTHER_WORDS[(n, t.fields[n])]) for item in t.items for n in item[0]
               if n in t.fields and (n, t.fields[n]) in OTHER_WORDS]
    if not choices or t.keyed:
        return False
    item, others = rng.choice(choices)
    text = rng.choice(others)
    if not t.strong() and (text == "H" or text.startswith("dr.")):
        return False
    item[1] = text
    return True


def talk_around(rng, t):
    if t.form == "mati" or t.form in CARED or rng.random() < 0.5:  # what comes first in its line is the form's word
        t.back += rng.choice(BEHIND)
        t.may |= {"sebab_kode"} if t.form == "mati" else set()
    else:
        t.front = rng.choice(BEFORE) + t.front
    return True


def remark_behind(rng, t):
    if not t.strong() or t.keyed:
        return False
    if t.form not in REMARKS:
        return False
    t.tail.append(rng.choice([r for r in REMARKS[t.form] if t.sep != "\n" or not r.startswith("imunisasi")]))
    t.may |= {"nifas_hari", "sebab_kode"} if t.form == "mati" else set()
    return True


def told_twice(rng, t):
    """A key behind it all with another value: asked."""
    if t.form != "lahir" or not t.strong():
        return False
    name = rng.choice(["berat", "tgl", "jk", "tempat"])
    other = {"berat": lambda: f"BB {t.fields['berat'] + 200}", "jk": lambda: "jk " + ("P" if t.fields["jk"] == "L" else "L"),
             "tgl": lambda: f"tgl {1 + t.fields['tgl'].day % 9}/5/24",
             "tempat": lambda: "tempat " + ("rumah" if t.fields["tempat"] != "RUMAH" else "rs")}[name]()
    if name == "tgl" and t.fields["tgl"] == datetime.date(2024, 5, 1 + t.fields["tgl"].day % 9):
        return False
    t.tail.insert(0, other)
    t.asked.add(name)
    return True


SECOND = {
    "tempat": {"RUMAH": ["rs", "pkm"], "PKM": ["RS", "rumah"], "RS": ["pkm", "rumah"], "POLINDES": ["rumah", "rs"], "PUSTU": ["rs", "rumah"],
               "KLINIK": ["rumah"]},
    "penolong": {"BIDAN": ["dukun", "dokter"], "DOKTER": ["bidan"], "DUKUN": ["bidan"], "PERAWAT": ["dukun"]},
    "jk": {"L": ["P", "perempuan"], "P": ["L", "laki2"]},
    "masa": {"HAMIL": ["NIFAS"], "NIFAS": ["HAMIL", "bersalin"], "BERSALIN": ["nifas"]},
    "sebab_kode": {"PERDARAHAN": ["eklampsia"], "EKLAMPSIA": ["perdarahan"], "SEPSIS": ["diare"], "DIARE": ["pneumonia"], "BBLR": ["asfiksia"]},
    "tgl": {},
}


def word_beside(rng, t):
    """Behind a value another word of its class, or another day: told and not chosen, so asked."""
    if t.keyed or t.form in ("pos", "ilp"):
        return False
    spots = [(item, n) for item in t.items for n in item[0] & set(SECOND) if t.fields.get(n) in SECOND[n] or n == "tgl" and n in t.fields]
    if not spots:
        return False
    item, name = rng.choice(spots)
    if name == "tgl":
        day = t.fields["tgl"] - datetime.timedelta(days=rng.randrange(1, 20))
        item[1] += rng.choice([" atau ", " "]) + f"{day.day}/{day.month}/{day.year % 100}"
    elif name == "jk" and not t.strong() and len(item[1]) < 2:
        return False
    else:
        item[1] += rng.choice([" ", " ", " & ", " lalu "] if name != "jk" else [" "]) + rng.choice(SECOND[name][t.fields[name]])
    t.asked.add(name)
    return True


def posyandu_beside(rng, t):
    if t.form not in ("pos", "ilp") or t.keyed or t.sep != " " or "posyandu" not in t.items[0][0] or t.fields["tgl"].day > 29:
        return False
    item = t.items[-1]
    other = rng.choice([n for n in ("dahlia", "kenanga", "anggrek") if n[:2] not in t.items[0][1].lower()])
    item[1] += " " + other
    t.asked.add("posyandu")
    return True


def value_missing(rng, t):
    """A required value is not told: asked for."""
    required = {"lahir": ["tgl", "jk", "berat", "tempat", "penolong", "luaran"], "mati": ["tgl"],
                "pos": ["s", "k", "d", "n"], "ilp": list(COUNTED[9:]), **CARED}[t.form]
    name = rng.choice(required)
    item = t.item(name)
    if not item or (t.form == "lahir" and not t.strong() and not t.keyed):
        return False
    t.items.remove(item)
    t.fields.pop(name)
    t.asked.add(name)
    if name in COUNTED and not t.keyed:
        t.asked |= {n for n in COUNTED if n in t.fields}
    if t.form == "mati" and t.fields.get("jenis") == "LAIN":
        t.asked_any = True
    return True


def count_too_many(rng, t):
    if t.form != "ilp" or t.keyed or any(text == "-" for _, text, _ in t.items):
        return False
    t.items.append([frozenset(["lansia"]), str(rng.randrange(2, 60)), ()])
    t.asked |= {n for n in COUNTED if n in t.fields}
    return True


def dash_for_none(rng, t):
    if t.form not in ("pos", "ilp") or t.keyed or t.sep not in ("#", "*", " "):
        return False
    name = rng.choice(["n"] if t.form == "pos" else list(COUNTED[9 if t.sep != " " else 10:]))
    item = t.item(name)
    if not item or len(t.asked) > 1:
        return False
    item[1] = "-"
    t.fields[name] = 0
    return True


def line_split(rng, t):
    """One separator becomes the end of a line."""
    if t.sep not in ("#", "*") or len(t.items) < 3:
        return False
    i = rng.randrange(1, len(t.items))
    t.items[i][1] = rng.choice(["\n", " \n"]) + t.items[i][1]
    return True


def blanks(rng, t):
    if t.sep == " ":
        t.sep = "  "
    elif t.sep in "#*;":
        t.sep = rng.choice([" " + t.sep, t.sep + " ", " " + t.sep + " ", t.sep * 2])
    else:
        return False
    return True


def born_told(rng, t):
    """The day of birth in the report of a death: it is not the day of death."""
    if t.form != "mati" or not t.strong() or t.fields.get("jenis") not in ("BAYI", "BALITA", "IBU") or "tgl" not in t.fields:
        return False
    day = t.fields["tgl"] - datetime.timedelta(days=rng.randrange(1, 200))
    item = t.item("tgl")
    if item and not item[1].lower().startswith(("tgl", "tadi", "td")) and rng.random() < 0.6 and item[1][:1].isdigit():
        item[1] = rng.choice(["tgl mati ", "tgl meninggal ", "meninggal tgl "]) + item[1]
    text = rng.choice(["tgl lahir ", "lahir ", "tgl lhr ", "lahir tgl "]) + f"{day.day}/{day.month}/{day.year % 100}"
    t.items.insert(rng.randrange(1, len(t.items) + 1), [frozenset(), text, ()])
    return True


def key_first_number(rng, t):
    """4 bumil, 2 busui: the count in front of its key."""
    if t.form != "ilp" or t.keyed:
        return False
    for item in t.items:
        for name in item[0] & set(COUNTED):
            item[1] = f"{item[1]} {rng.choice(words.GROUPS[name])}"
    t.sep = rng.choice([" ", ", "])
    t.keyed = t.number_first = True
    return True


KEEPING = [keys_in_front, year_left_out, month_alone, letter_for_digit, about, key_joined, swapped, other_word, talk_around,
           remark_behind, dash_for_none, line_split, blanks, born_told, key_first_number, day_short]
BREAKING = [hedged, told_twice, value_missing, count_too_many]
LAST = [word_beside, word_beside, posyandu_beside]  # of what stands there when all else is done


def one(rng):
    while True:
        try:
            t = cared(rng) if rng.random() < 0.2 else coded(rng)
        except LookupError:
            continue
        done, left = [], rng.sample(KEEPING, len(KEEPING))
        if rng.random() < 0.25:
            left.insert(rng.randrange(0, 2), rng.choice(BREAKING))
        most = rng.choice([1, 1, 2, 2, 3])
        for deed in left:
            if len(done) == most:
                break
            if deed.__name__ in ("letter_for_digit",) and done and done[-1] in ("hedged", "about"):
                continue
            if t.sep not in ("#", "*", ";", "\n", " ") and deed not in (talk_around,):
                continue
            if deed(rng, t):
                done.append(deed.__name__)
        if rng.random() < 0.06 and not t.asked and not t.back and t.sep in ("#", "*", ";", " "):
            deed = rng.choice(LAST)
            if deed(rng, t):
                done.append(deed.__name__)
        if done:
            return t, done


def write(options):
    rng = random.Random(options.seed)
    for number in range(1, options.count + 1):
        t, done = one(rng)
        fields = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in sorted(t.fields.items())}
        expect = {"form": t.form, "fields": fields, "asked": sorted(t.asked), "may": sorted(t.may)}
        sender = BIDAN if t.form in ("mati", "hamil", "nifas", "imun", "rujuk") else KADER
        print(number, sender, layout.escape(t.text()), json.dumps(expect, separators=(",", ":")), "+".join(done), sep="\t")


def same(a, b):
    if isinstance(a, (int, float)):
        try:
            return float(b) == float(a)
        except (TypeError, ValueError):
            return False
    return a == b


def judge_one(want, got):
    reports = got.get("reports") or []
    if got.get("intent") != "report" or not reports:
        return "lost", f"intent {got.get('intent')}"
    if len(reports) > 1:
        taken = [r for r in reports if r.get("status") == "accepted"]
        return ("silent" if taken else "lost"), f"{len(reports)} reports"
    got = reports[0]
    if got.get("form") != want["form"]:
        return ("silent" if got.get("status") == "accepted" else "lost"), f"form {got.get('form')}"
    fields, told, asked = got.get("fields", {}), want["fields"], set(want["asked"])
    problems = {p.get("field", "") for p in got.get("problems", [])}
    wrong = [f"{k}={fields[k]}" for k, v in told.items() if k in fields and k not in asked and not same(v, fields[k])]
    wrong += [f"{k}={fields[k]}" for k in fields if k not in told and k not in UNTOLD | compare.DERIVED.get(want["form"], set()) and
              k not in want["may"] and k not in asked]
    if want["form"] == "mati":
        wrong = [w for w in wrong if not w.startswith("jk=")]
    absent = [k for k in told if k not in fields and k not in asked and k not in problems]
    if got.get("status") == "accepted":
        if wrong or absent:
            return "silent", f"accepted, wrong {wrong}, dropped {absent}"
        if asked:
            return "silent", f"accepted, not asked {sorted(asked)}"
        return "same", ""
    if got.get("status") not in ("question", "incomplete"):
        return "lost", f"status {got.get('status')}"
    wrong = [w for w in wrong if w.split("=")[0] not in problems and not w.startswith("kelas=")]
    if any(p["code"] in ("ambiguous", "range", "invalid") for p in got["problems"]):
        absent = []  # what is not clear may be any of them
    if wrong or [k for k in absent if k != "kelas"]:
        return "silent", f"{got.get('status')}, wrong {wrong}, dropped {absent}, asks {sorted(problems)}"
    return "asked", f"asks {sorted(problems)}"


def rows_read(options):
    """The rows that were written and what was read of each; it ends where one is missing."""
    rows = [line.rstrip("\n").split("\t") for line in open(options.rows, encoding="utf-8")]
    got = [json.loads(line) for line in open(options.readings, encoding="utf-8") if line.strip()]
    if len(rows) != len(got):
        sys.exit(f"{len(got)} readings for {len(rows)} rows")
    return rows, got


def judge(options):
    rows, got = rows_read(options)
    table, kept = collections.defaultdict(collections.Counter), collections.Counter()
    for (_, _, text, expect, done), reading in zip(rows, got):
        want = json.loads(expect)
        verdict, why = judge_one(want, reading)
        for deed in done.split("+"):
            table[deed][verdict] += 1
        if not want["asked"]:
            kept[verdict] += 1
        if verdict == "silent" or (options.v and verdict != "same" and not (verdict == "asked" and want["asked"])):
            print(f"{verdict} [{done}] {why}\n    {text}\n    {json.dumps(want['fields'])}")
    for deed in sorted(table):
        print(f"{deed:20}" + "".join(f" {name} {table[deed][name]:6}" for name in ("same", "asked", "lost", "silent")))
    silent = sum(1 for (_, _, _, e, _), r in zip(rows, got) if judge_one(json.loads(e), r)[0] == "silent")
    total = sum(kept.values()) or 1
    share = 100 * (kept["asked"] + kept["lost"]) / total
    bad = silent or share > options.asked
    print(f"{len(rows)} told, {silent} misread in silence; of {total} that keep their meaning {kept['same']} the same, "
          f"{kept['asked']} asked, {kept['lost']} lost ({share:.2f} %): {'FAIL' if bad else 'ok'}")
    return 1 if bad else 0


def run(write, judge, verbose, bound, most):
    """The command: write COUNT [--seed N], or judge ROWS READINGS [-v] [BOUND N]."""
    ask = argparse.ArgumentParser()
    which = ask.add_subparsers(dest="what", required=True)
    writer = which.add_parser("write")
    writer.add_argument("count", type=int)
    writer.add_argument("--seed", type=int, default=1)
    judging = which.add_parser("judge")
    judging.add_argument("rows")
    judging.add_argument("readings")
    judging.add_argument("-v", action="store_true", help=verbose)
    judging.add_argument(bound, type=float, default=most)
    options = ask.parse_args()
    if options.what == "judge":
        return judge(options)
    write(options)
    return 0


if __name__ == "__main__":
    sys.exit(run(write, judge, "print every row that is not read the same", "--asked", 3.0))
