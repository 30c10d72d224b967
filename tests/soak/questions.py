#!/usr/bin/env python3
"""Questions of a district composed from a grammar, with what each means.   questions.py COUNT [--seed N]
A question is what is counted (its everyday words, narrowed or apart), where, when, and in which form of answer, in
any order, with slips and courtesy. Rows as tests/corpus/questions.tsv has them; score.py compares the readings."""
import argparse
import json
import random

DINKES, PUSKESMAS, BIDAN = "+6281200000020", "+6281200000010", "+6281200000003"
OWN = {DINKES: "35.03", PUSKESMAS: "35.03.01", BIDAN: "35.03.01.2004"}

# name: (words, of a year where no time is told)
COUNTED = {
    "lahir": (["kelahiran", "lahir hidup", "bayi lahir", "kelahiran bayi", "bayi baru lahir"], False),
    "salin": (["persalinan", "ibu bersalin"], False),
    "salin_nakes": (["persalinan nakes", "persalinan oleh tenaga kesehatan", "persalinan ditolong bidan", "linakes"], False),
    "salin_faskes": (["persalinan di faskes", "persalinan faskes", "melahirkan di faskes"], False),
    "salin_dukun": (["persalinan dukun", "persalinan ditolong dukun", "lahir di dukun"], False),
    "salin_rumah": (["persalinan di rumah", "melahirkan di rumah"], False),
    "bblr": (["bblr", "bayi bblr", "berat lahir rendah", "bayi berat lahir rendah"], False),
    "prematur": (["bayi prematur", "lahir kurang bulan", "kelahiran prematur"], False),
    "kembar": (["kelahiran kembar", "bayi kembar"], False),
    "aki": (["aki", "kematian ibu", "angka kematian ibu", "kematian maternal"], True),
    "akb": (["akb", "kematian bayi", "angka kematian bayi"], False),
    "akn": (["akn", "kematian neonatal", "kematian neonatus"], False),
    "akaba": (["akaba", "kematian balita"], False),
    "lahir_mati": (["lahir mati", "iufd", "bayi lahir mati"], False),
    "ds": (["d/s", "partisipasi masyarakat", "balita ditimbang"], False),
    "nd": (["n/d", "balita naik bb", "balita yg naik"], False),
    "ks": (["k/s", "balita punya kia"], False),
    "tidak_naik": (["balita tidak naik", "bb tidak naik"], False),
    "bgm": (["bgm", "balita bgm"], False),
    "dua_t": (["2t", "balita 2t"], False),
    "vita": (["vitamin a", "vit a"], False),
    "diukur": (["balita diukur", "anak yg diukur"], False),
    "baru_timbang": (["balita baru ditimbang", "jumlah b"], False),
    "stunting": (["stunting", "balita stunting", "anak pendek"], False),
    "gizi_buruk": (["gizi buruk", "gibur", "balita gizi buruk"], False),
    "bumil": (["bumil", "ibu hamil"], False),
    "risti": (["bumil risti", "bumil resti", "ibu hamil risiko tinggi"], False),
    "kek": (["bumil kek", "ibu hamil kek"], False),
    "anemia": (["bumil anemia", "ibu hamil anemia"], False),
    "k1": (["k1", "cakupan k1"], False),
    "k6": (["k6", "kunjungan k6"], False),
    "kf1": (["kf1", "kf 1"], False),
    "kf_lengkap": (["kf lengkap", "kunjungan nifas lengkap"], False),
    "kn1": (["kn1", "kn 1"], False),
    "kn_lengkap": (["kn lengkap", "kunjungan neonatus lengkap"], False),
    "idl": (["idl", "imunisasi dasar lengkap"], False),
    "rujuk": (["rujukan", "jumlah rujukan"], False),
    "hadir_lansia": (["lansia hadir posyandu", "lansia yg ke posyandu", "kunjungan lansia", "lansia yang dilayani"], False),
    "hadir_remaja": (["remaja yg hadir", "remaja datang ke posyandu", "kunjungan remaja"], False),
    "hadir_bumil": (["bumil hadir ilp", "bumil yg datang ke posyandu"], False),
}
CASES = {"bumil", "risti"}
SESSION = {"ds", "nd", "ks", "tidak_naik", "bgm", "dua_t", "vita", "stunting", "gizi_buruk"}

# forms whose reports are looked at one by one: text, condition
BIRTH = [("di rs", "tempat=RS"), ("di klinik", "tempat=KLINIK"), ("laki2", "jk=L"), ("perempuan", "jk=P"), ("yg dapat imd", "imd=YA"),
         ("tanpa imd", "imd=TIDAK"), ("ibu umur < 20", "umur<20"), ("umur ibu di bawah 20 th", "umur<20"), ("umur ibu diatas 35 tahun", "umur>35"),
         ("usia ibu 20-35 th", "umur>=20 and umur<=35")]
DEATH = [("di rumah", "tempat=RUMAH"), ("di rs", "tempat=RS"), ("masa nifas", "masa=NIFAS"), ("krn perdarahan", "sebab_kode=PERDARAHAN"),
         ("akibat eklampsia", "sebab_kode=EKLAMPSIA")]
INFANT = [("krn asfiksia", "sebab_kode=ASFIKSIA"), ("karena bblr", "sebab_kode=BBLR"), ("di rs", "tempat=RS"), ("laki2", "jk=L")]
NARROWED = {"lahir": BIRTH, "aki": DEATH, "akb": INFANT, "akn": INFANT}
APART = {"lahir": [("l dan p", "jk"), ("menurut tempat lahir", "tempat"), ("menurut jenis kelamin", "jk"), ("l/p", "jk")],
         "aki": [("menurut sebab", "sebab_kode"), ("menurut masa", "masa"), ("sebabnya apa saja", "sebab_kode")],
         "akb": [("menurut sebab", "sebab_kode"), ("penyebabnya apa saja", "sebab_kode")],
         "salin": [("menurut penolong", "penolong"), ("menurut tempat", "tempat")]}

KECAMATAN = {"panggul": "35.03.01", "munjungan": "35.03.02", "pule": "35.03.03", "dongko": "35.03.04", "tugu": "35.03.05",
             "kampak": "35.03.07", "watulimo": "35.03.08", "gandusari": "35.03.10", "pogalan": "35.03.12", "durenan": "35.03.13"}
DESA = {"nglebeng": "35.03.01.2011", "terbis": "35.03.01.2002", "karangtengah": "35.03.01.2003"}
PKM = {"bodag": "PKM-BODAG"}

# text, ISO; today is Thursday 2024-08-15
PERIODS = [("juli", "2024-07"), ("bulan juli", "2024-07"), ("bln jul 2024", "2024-07"), ("juli 2024", "2024-07"), ("bulan lalu", "2024-07"),
           ("bln kemarin", "2024-07"), ("bulan ini", "2024-08"), ("bln ini", "2024-08"), ("agustus", "2024-08"), ("jan-juni", "2024-01/2024-06"),
           ("januari sampai juli", "2024-01/2024-07"), ("jan s/d juli 2024", "2024-01/2024-07"), ("s/d juli", "2024-01/2024-07"),
           ("tw 2", "2024-04/2024-06"), ("triwulan I 2024", "2024-01/2024-03"), ("tw ii", "2024-04/2024-06"), ("semester 1", "2024-01/2024-06"),
           ("smt I 2024", "2024-01/2024-06"), ("th ini", "2024"), ("tahun ini", "2024"), ("2024", "2024"), ("th 2023", "2023"),
           ("tahun lalu", "2023"), ("3 bln terakhir", "2024-06/2024-08"), ("6 bulan terakhir", "2024-03/2024-08"), ("sejak januari", "2024-01/2024-08"),
           ("sejak awal tahun", "2024-01/2024-08"), ("minggu lalu", "2024-08-05/2024-08-11"), ("minggu ini", "2024-08-12/2024-08-18"),
           ("tgl 1-15 juli", "2024-07-01/2024-07-15"), ("1 s/d 10 agustus", "2024-08-01/2024-08-10"), ("sejak 1 juli", "2024-07-01/2024-08-15"),
           ("juli tahun lalu", "2023-07"), ("bulan 7", "2024-07"), ("th anggaran 2024", "2024")]
PAIRS = [("th lalu", "2023", "th ini", "2024"), ("juni", "2024-06", "juli", "2024-07"), ("tw 1", "2024-01/2024-03", "tw 2", "2024-04/2024-06"),
         ("2023", "2023", "2024", "2024"), ("juli 2023", "2023-07", "juli 2024", "2024-07")]
SPANS = [("2022 2023 2024", "2022-01/2024-12", "tahun"), ("3 tahun terakhir", "2022-01/2024-12", "tahun"),
         ("th 2022, 2023 dan 2024", "2022-01/2024-12", "tahun"), ("mei juni juli", "2024-05/2024-07", "bulan"),
         ("per bulan th ini", "2024", "bulan"), ("per triwulan 2024", "2024", "triwulan"), ("tiap bulan jan-juli", "2024-01/2024-07", "bulan")]
LEVELS = {DINKES: [("per kec", "kecamatan"), ("per kecamatan", "kecamatan"), ("per pkm", "puskesmas"), ("tiap desa", "desa")],
          PUSKESMAS: [("per desa", "desa"), ("tiap desa", "desa")], BIDAN: []}

HELLO = ["", "", "", "", "bu ", "mohon info ", "tolong data ", "minta data ", "mhn ", "selamat pagi, ", "pak mau tanya ", "assalamualaikum bu "]
BYE = ["", "", "", "", " ya", " bu", " tks", " makasih bu", " utk rapat", " untuk laporan ke kadis", " ya pak"]
ASK = ["", "", "brp ", "berapa ", "jml ", "jumlah ", "total ", "ada berapa "]


def place(rng, phone):
    """The words of a place, its code."""
    if phone != DINKES or rng.random() < 0.35:
        return rng.choice(["", "", "sini", "di wilayah saya", "di sini"]), OWN[phone]
    kind = rng.random()
    if kind < 0.2:
        return rng.choice(["kab trenggalek", "kabupaten", "sekabupaten", "se kab trenggalek"]), "35.03"
    if kind < 0.3:
        name = rng.choice(list(PKM))
        return rng.choice(["pkm ", "puskesmas "]) + name, PKM[name]
    if kind < 0.45:
        name = rng.choice(list(DESA))
        return rng.choice(["desa ", "di ds ", "di desa "]) + name, DESA[name]
    name = rng.choice(list(KECAMATAN))
    return rng.choice(["kec ", "di kec ", "kecamatan ", "di kecamatan "]) + name, KECAMATAN[name]


def slip(rng, text):
    """One letter dropped or two swapped in a long word; never of a place or a time."""
    words = text.split(" ")
    long = [i for i, w in enumerate(words) if len(w) > 7 and w.isalpha()]
    if not long or rng.random() > 0.06:
        return text
    i = rng.choice(long)
    at = rng.randrange(2, len(words[i]) - 1)
    w = words[i]
    words[i] = w[:at] + w[at + 1:] if rng.random() < 0.5 else w[:at] + w[at + 1] + w[at] + w[at + 2:]
    return " ".join(words)


def sentence(rng, parts, asks=True):
    parts = [p for p in parts if p]
    rng.shuffle(parts)
    text = " ".join(parts)
    if asks:
        head = rng.choice(ASK)
        text = head + text if head or rng.random() < 0.6 else text + rng.choice([" brp", " berapa", " brp ya"])
    return (rng.choice(HELLO) + text + rng.choice(BYE)).strip() + rng.choice(["", "", "", "?"])


def counted(rng):
    name = rng.choice(list(COUNTED))
    return name, rng.choice(COUNTED[name][0])


def plain(rng, phone):
    name, words = counted(rng)
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS)
    return sentence(rng, [slip(rng, words), where, when]), {"indicator": name, "area": code, "period": iso}


def untimed(rng, phone):
    name, words = counted(rng)
    where, code = place(rng, phone)
    words = rng.choice(["brp ", "jml ", "jumlah "]) + words if phone == BIDAN else words
    return sentence(rng, [words, where], asks=phone != BIDAN), {"indicator": name, "area": code, "period": "2024" if COUNTED[name][1] else "2024-08"}


def narrowed(rng, phone):
    name = rng.choice(list(NARROWED))
    words = rng.choice(COUNTED[name][0])
    which, condition = rng.choice(NARROWED[name])
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS[:26])
    return sentence(rng, [f"{words} {which}", where, when]), {"indicator": name, "area": code, "period": iso, "which": condition}


def apart(rng, phone):
    name = rng.choice(list(APART))
    words = rng.choice(COUNTED[name][0])
    how, field = rng.choice(APART[name])
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS[:26])
    return sentence(rng, [f"{words} {how}", where, when], asks=False), {"indicator": name, "area": code, "period": iso, "split": field}


def listed(rng, phone):
    """By places; from one end, or under a limit."""
    phone = phone if LEVELS[phone] else DINKES
    name, words = counted(rng)
    level, by = rng.choice(LEVELS[phone])
    when, iso = rng.choice(PERIODS)
    kind = rng.random()
    want = {"indicator": name, "area": OWN[phone], "period": iso, "by": by}
    if kind < 0.5 or not level.startswith(("per", "tiap")):
        return sentence(rng, [words, level, when], asks=False), want, phone
    noun = {"kecamatan": "kec", "puskesmas": "puskesmas", "desa": "desa"}[by]
    if kind < 0.8 or name not in SESSION:
        which = rng.choice(["mana yg paling tinggi", "mana yg tertinggi", "dgn", "mana yg terendah"])
        order = rng.choice([" tertinggi", " terbanyak", " terendah"]) if which == "dgn" else ""
        return sentence(rng, [f"{noun} {which} {words}{order}", when], asks=False), want, phone
    return sentence(rng, [f"{noun} yg {words} di bawah 80%", when], asks=False), dict(want, limit=80.0), phone


def beside(rng, phone):
    """Two places, or two times."""
    name, words = counted(rng)
    if rng.random() < 0.5 and name not in CASES:
        one, a, other, b = rng.choice(PAIRS)
        where, code = place(rng, phone)
        text = rng.choice([f"{words} {one} dibanding {other}", f"bandingkan {words} {one} dan {other}", f"{words} {one} vs {other}"])
        return sentence(rng, [text, where], asks=False), {"indicator": name, "area": code, "period": b, "against": a}, phone
    first, second = rng.sample(list(KECAMATAN), 2)
    when, iso = rng.choice(PERIODS[:26])
    text = rng.choice([f"perbandingan {words} kec {first} dan {second}", f"bandingkan {words} {first} dan {second}", f"{words} {first} vs {second}",
                       f"{words} kec {first}, kec {second}"])
    return (sentence(rng, [text, when], asks=False),
            {"indicator": name, "area": KECAMATAN[first], "beside": [KECAMATAN[second]], "period": iso}, DINKES)


def spanned(rng, phone):
    name, words = counted(rng)
    where, code = place(rng, phone)
    when, iso, by = rng.choice(SPANS)
    return sentence(rng, [words, where, when], asks=False), {"indicator": name, "area": code, "period": iso, "by": by}


def several(rng, phone):
    names = rng.sample([n for n in COUNTED if not n.startswith(("salin", "hadir"))], rng.choice([2, 2, 3, 4]))
    words = [COUNTED[n][0][0] for n in names]
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS[:26])
    joined = rng.choice([", ".join(words), ", ".join(words[:-1]) + " dan " + words[-1], " & ".join(words)])
    return sentence(rng, [joined, where, when]), {"indicator": names[0], "also": names[1:], "area": code, "period": iso}


GAPS = [("", None), ("kelahiran", "lahir"), ("kematian", "mati"), ("skdn", "pos"), ("ilp", "ilp")]


def gaps(rng, phone):
    word, form = rng.choice(GAPS)
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS[:9])
    want = {"indicator": "belum_lapor", "area": code, "period": iso}
    if form:
        want["form"] = form
    text = rng.choice(["yg belum lapor", "blm lapor", "siapa yg blm lapor", "yg belum kirim laporan"]) + (" " + word if word else "")
    return sentence(rng, [text, where, when], asks=False), want


# words that nobody counts by, and no name of a place
LEFT = ["pokjanal", "kemitraan", "inovasi", "zonasi", "swadaya", "percepatan", "konvergensi", "terpadu"]
CASES_TOLD = [("dbd", "C"), ("diare", "A"), ("campak", "K"), ("leptospirosis", "R")]
WEEKS = [("minggu 30-32", "2024-07-21/2024-08-10"), ("mgg 30 sampai mgg 32", "2024-07-21/2024-08-10"), ("minggu 31", "2024-07-28/2024-08-03"),
         ("mggu ke 32", "2024-08-04/2024-08-10"), ("minggu lalu", "2024-08-04/2024-08-10")]
SAME = [("juli", "2024-07", "2023-07"), ("jan-juni", "2024-01/2024-06", "2023-01/2023-06"), ("tw 2", "2024-04/2024-06", "2023-04/2023-06"),
        ("bulan ini", "2024-08", "2023-08")]
MEANT = ["aki", "akb", "bblr", "bgm", "stunting", "k1", "k6", "kn1", "risti"]


def left_out(rng, phone):
    """A word that nothing explains is named, and the rest is answered."""
    name, words = counted(rng)
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS[:26])
    word = rng.choice(LEFT)
    where = where or "di sini"
    text = rng.choice([f"{words} {where} {when} {word}", f"{words} {when} {where}, {word}", f"{word}, {words} {where} {when}"])
    return " ".join((rng.choice(["brp ", "berapa ", "jumlah "]) + text).split()), {"indicator": name, "area": code, "period": iso, "unknown": word}


def have_told(rng, phone):
    """Those who have told, not those who have not."""
    where, code = place(rng, phone)
    when, iso = rng.choice(PERIODS[:9])
    unit, word, form = rng.choice([("posyandu", "skdn", "pos"), ("desa", "kelahiran", "lahir"), ("desa", "kematian", "mati")])
    text = rng.choice([f"berapa {unit} yg sudah lapor {word}", f"berapa persen {unit} yg sdh lapor {word}", f"{unit} mana saja yg sudah lapor {word}"])
    want = {"indicator": "belum_lapor", "area": code, "period": iso, "form": form, "without": True}
    return sentence(rng, [text, f"{where} {when}"], asks=False), want


def sick(rng, phone):
    """Cases by weeks, by places."""
    word, code = rng.choice(CASES_TOLD)
    when, iso = rng.choice(WEEKS)
    want = {"indicator": "penyakit", "area": OWN[DINKES], "period": iso, "kind": code}
    level, by = rng.choice([("", None), ("per kecamatan", "kecamatan"), ("tiap puskesmas", "puskesmas")])
    if by:
        want["by"] = by
    return sentence(rng, [rng.choice(["kasus ", "suspek ", "jml kasus "]) + word, level, when], asks=False), want, DINKES


def none_of(rng, phone):
    """Places where there was none."""
    name = rng.choice(["lahir", "aki", "akb", "akaba"])
    words = {"lahir": "kelahiran", "aki": "kematian ibu", "akb": "kematian bayi", "akaba": "kematian balita"}[name]
    when, iso = rng.choice(PERIODS[:26])
    where = rng.choice(list(KECAMATAN))
    inside = rng.random() < 0.5
    head = f"desa di kec {where}" if inside else rng.choice(["kec", "kecamatan"])
    text = rng.choice([f"{head} tanpa {words}", f"{head} yg tidak ada {words}"])
    want = {"indicator": name, "area": KECAMATAN[where] if inside else OWN[DINKES], "period": iso,
            "by": "desa" if inside else "kecamatan", "limit": 1.0}
    return sentence(rng, [text, when], asks=False), want, DINKES


def year_before(rng, phone):
    name, words = counted(rng)
    if name in CASES:
        name, words = "bblr", "bblr"
    when, iso, before = rng.choice(SAME)
    where, code = place(rng, phone)
    text = f"{words} {when} dibanding {rng.choice(['bulan yg sama', 'periode yang sama'])} {rng.choice(['tahun lalu', 'th lalu'])}"
    return sentence(rng, [text, where], asks=False), {"indicator": name, "area": code, "period": iso, "against": before}


def first_ones(rng, phone):
    name, words = counted(rng)
    when, iso = rng.choice(PERIODS[:26])
    many = rng.choice([3, 5, 10])
    text = rng.choice([f"{many} kecamatan dgn {words} tertinggi {when}", f"{when} {words} tertinggi {many} kecamatan",
                       f"{when} kecamatan {words} terbaik {many}"])
    return sentence(rng, [text], asks=False), {"indicator": name, "area": OWN[DINKES], "period": iso, "by": "kecamatan"}, DINKES


def meaning(rng, phone):
    name = rng.choice(MEANT)
    words = rng.choice(COUNTED[name][0])
    return rng.choice([f"apa itu {words}", f"{words} itu apa ya", f"arti {words}", f"{words} artinya apa bu"]), name


KINDS = [left_out, left_out, have_told, sick, none_of, year_before, first_ones, meaning] + [plain] * 6 + [untimed, narrowed, narrowed, apart, listed, listed, beside, beside, spanned, several, gaps]


def question(rng):
    phone = rng.choice([DINKES, DINKES, DINKES, PUSKESMAS, BIDAN])
    made = rng.choice(KINDS)(rng, phone)
    text, query = made[0], made[1]
    if isinstance(query, str):
        return phone, text, {"intent": "help", "topic": query}
    if len(made) > 2:
        phone = made[2]
    return phone, text, {"intent": "query", "query": query}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("count", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    for n in range(options.count):
        phone, text, expect = question(rng)
        print(f"g{n:05d}\t{phone}\t{text}\t{json.dumps(expect)}")


if __name__ == "__main__":
    main()
