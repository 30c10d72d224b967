"""Random truths of the four forms and how each is told: parts for the layouts, fields for the expectation."""
import datetime

import values
import words
from layout import Part

DESA = "35.03.01.2004"
POSYANDU = {"MELATI": 1, "MAWAR": 2, "ANGGREK": 3, "DAHLIA": 4, "KENANGA": 5, "CEMPAKA 1": 6, "CEMPAKA 2": 7}
SLIPS = {"MELATI": ["MELTI", "MALATI"], "MAWAR": ["MAWR"], "ANGGREK": ["ANGREK"], "DAHLIA": ["DALIA"], "KENANGA": ["KENAGA", "KENANGGA"]}
HOLES = {" ": ("kilo_n", "ribu"), ",": ("comma", "comma_kg", "kg3"), ", ": ("comma",)}


def a_day(rng, most=300):
    return values.TODAY - datetime.timedelta(days=rng.choice([rng.randrange(0, 8), rng.randrange(0, 30), rng.randrange(0, most)]))


def a_name(rng):
    return rng.choice(words.NAMES) + (" " + rng.choice(words.SECOND) if rng.random() < 0.3 else "")


def a_nik(rng, years):
    born = values.TODAY - datetime.timedelta(days=int(years * 365.25) + rng.randrange(20, 330))
    return f"350301{born.day + 40:02d}{born.month:02d}{born.year % 100:02d}{rng.randrange(1, 9999):04d}"


def date_part(rng, day, lang, full=False):
    def bare(sep):
        return values.date_text(rng, day, sep, lang)

    def plain(sep):
        for _ in range(60):
            text = values.date_text(rng, day, sep, lang)
            if not text.startswith("tgl"):
                return text
        return day.strftime("%d/%m/%Y")

    def with_year(sep):
        mark = "-" if sep.strip() == "/" else "/"
        return f"{day.day}{mark}{day.month}{mark}{rng.choice([day.year, day.year % 100])}"
    return Part("tgl", with_year if full else bare, with_year if full else plain, words.KEYS["tgl"])


def choice_part(rng, field, value, table, extra, lang):
    def keyed(sep):
        return values.choice_text(rng, value, table, extra, lang)

    def bare(sep):
        for _ in range(60):
            text = keyed(sep)
            # Between blanks "rsud dr. Budi" is a hospital as well as a doctor.
            if field != "penolong" or sep.strip() or not text.startswith("dr."):
                return text
        return value
    return Part(field, bare, keyed, words.KEYS.get(field, ()))


def birth(rng, lang):
    """A birth: its fields, its parts in the form's order."""
    f = {"ibu": a_name(rng), "tgl": a_day(rng), "jk": rng.choice("LP"), "luaran": "HIDUP",
         "berat": rng.choice([rng.randrange(15, 45) * 100, rng.randrange(150, 450) * 10, rng.randrange(25, 38) * 100]),
         "tempat": rng.choice(["PKM", "POLINDES", "RS", "RUMAH", "PUSTU", "KLINIK"]),
         "penolong": rng.choice(["BIDAN", "BIDAN", "DOKTER", "DUKUN", "PERAWAT"])}
    if rng.random() < 0.75:
        f["umur"] = rng.randrange(16, 45)
    if rng.random() < 0.75:
        f["panjang"] = rng.choice([rng.randrange(42, 55), rng.randrange(86, 108) / 2])
    if rng.random() < 0.12:
        most = 10 if f["tgl"] == values.TODAY else 24
        f["jam"] = f"{rng.randrange(0, most):02d}:{rng.choice(['00', '15', '30', '45', '59', '07'])}"
    if rng.random() < 0.12:
        f["nik"] = a_nik(rng, f.get("umur", 25))
    if rng.random() < 0.06:
        f["uk"] = rng.randrange(28, 42)
    return f, birth_parts(rng, f, lang)


def birth_parts(rng, f, lang):
    titled = rng.random() < 0.4
    parts = [Part("ibu", lambda s: values.person_text(rng, f["ibu"], titled), lambda s: f["ibu"], words.KEYS["ibu"])]
    if "nik" in f:
        parts.append(Part("nik", lambda s: f["nik"], None, words.KEYS["nik"]))
    if "umur" in f:
        parts.append(Part("umur", lambda s: values.age_text(rng, f["umur"], lang),
                          lambda s: str(f["umur"]) + rng.choice(["", " th"]), words.KEYS["umur"]))
    parts.append(date_part(rng, f["tgl"], lang, full="jam" in f))
    if "jam" in f:
        parts.append(Part("jam", lambda s: rng.choice(["jam ", "pkl ", "jam "]) + values.time_text(rng, f["jam"]),
                          lambda s: values.time_text(rng, f["jam"]), words.KEYS["jam"]))
    parts.append(Part("jk", lambda s: values.sex_text(rng, f["jk"], lang), None, words.KEYS["jk"]))
    parts.append(Part("berat", lambda s: values.weight_text(rng, f["berat"], HOLES.get(s, ())), None, words.KEYS["berat"]))
    if "panjang" in f:
        comma = lambda s: "," not in s
        parts.append(Part("panjang", lambda s: values.length_text(rng, f["panjang"], comma=comma(s)),
                          lambda s: f"{f['panjang']:g}" + rng.choice(["", " cm"]), words.KEYS["panjang"]))
    parts.append(choice_part(rng, "tempat", f["tempat"], words.PLACE, words.PLACE_IN, lang))
    parts.append(choice_part(rng, "penolong", f["penolong"], words.HELPER, words.HELPER_IN, lang))
    alive = words.ALIVE.get(lang, words.ALIVE["id"]) if f["luaran"] == "HIDUP" else words.DEAD
    parts.append(Part("luaran", lambda s: rng.choice(alive), None, words.KEYS["luaran"]))
    if "uk" in f:
        parts.append(Part("uk", lambda s: f"uk {f['uk']}" + rng.choice(["", " mgg", " minggu"]),
                          lambda s: str(f["uk"]) + rng.choice(["", " mgg"]), words.KEYS["uk"]))
    return parts


AGES = {"BAYI": [("D", 0, 29, ["hr", "HR", "hari"]), ("W", 1, 8, ["mgg", "minggu"]), ("M", 2, 12, ["bln", "BLN", "bulan"])],
        "BALITA": [("M", 12, 60, ["bln", "bulan"]), ("Y", 1, 5, ["th", "TH", "thn", "tahun"])]}


def infant_age(rng, kind):
    unit, low, high, names = rng.choice(AGES[kind])
    n = rng.randrange(low, high)
    iso = f"P{n * 7}D" if unit == "W" else f"P{n}{unit}"
    days = {"D": n, "W": n * 7, "M": n * 30.4, "Y": n * 365}[unit]
    gap = rng.choice([" ", " ", ""])
    return iso, f"{n}{gap}{rng.choice(names)}", days


def death(rng, lang):
    kind = rng.choice(["IBU", "IBU", "BAYI", "BAYI", "BALITA", "LAHIRMATI", "WUS"])
    f = {"jenis": kind, "tgl": a_day(rng, 200)}
    parts = [Part("jenis", lambda s: rng.choice([kind, kind.lower()]), None, words.KEYS["jenis"])]
    name = a_name(rng)
    if kind in ("BAYI", "LAHIRMATI") and (kind == "LAHIRMATI" or rng.random() < 0.6):
        f["nama"], f["ibu"] = f"BY NY {name}", name
    else:
        f["nama"] = rng.choice(words.CHILDREN) if kind in AGES else name
    titled = rng.random() < 0.3 and kind in ("IBU", "WUS")
    parts.append(Part({"nama", "ibu"}, lambda s: ("NY " if titled else "") + f["nama"], lambda s: f["nama"], words.KEYS["nama"]))
    if kind in AGES:
        f["umur"], told, days = infant_age(rng, kind)
        parts.append(Part("umur", lambda s: told, None, words.KEYS["umur"]))
        f["kelas"] = ("CHILD" if kind == "BALITA" else "NEONATAL_EARLY" if days < 7 else "NEONATAL_LATE" if days <= 28
                      else "POSTNEONATAL")
    elif kind in ("IBU", "WUS"):
        years = rng.randrange(17, 44)
        f["umur"] = f"P{years}Y"
        parts.append(Part("umur", lambda s: values.age_text(rng, years, lang), lambda s: str(years), words.KEYS["umur"]))
    else:
        f["uk"], f["kelas"] = rng.randrange(24, 42), "STILLBIRTH"
        parts.append(Part("uk", lambda s: f"{rng.choice(['', 'uk '])}{f['uk']} mgg", lambda s: f"{f['uk']} mgg", words.KEYS["uk"]))
    parts.append(date_part(rng, f["tgl"], lang))
    if kind == "IBU":
        parts.append(maternal_phase(rng, f))
    if kind != "WUS" or rng.random() < 0.5:
        f["tempat"] = rng.choice(["PKM", "RS", "RUMAH", "POLINDES", "JALAN"])
        parts.append(choice_part(rng, "tempat", f["tempat"], words.PLACE, {}, lang))
    death_cause(rng, f, parts)
    return f, parts


def maternal_phase(rng, f):
    f["masa"] = rng.choice(["HAMIL", "BERSALIN", "NIFAS", "NIFAS"])
    fields, text = {"masa"}, f["masa"]
    if f["masa"] == "NIFAS" and rng.random() < 0.6:
        f["nifas_hari"] = rng.choice([rng.randrange(0, 42), 42, 43, rng.randrange(43, 90)])
        fields.add("nifas_hari")
        text += f" {rng.choice(['HR KE', 'hari ke', 'HR KE'])} {f['nifas_hari']}"
    f["kelas"] = "MATERNAL_LATE" if f.get("nifas_hari", 0) > 42 else "MATERNAL"
    return Part(fields, lambda s: text, None, words.KEYS["masa"])


def death_cause(rng, f, parts):
    table = words.CAUSE.get(f["jenis"])
    if not table or rng.random() < 0.3:
        return
    f["sebab_kode"] = rng.choice(sorted(table))
    if f["sebab_kode"] == "KECELAKAAN" and f["jenis"] == "IBU":
        f["kelas"] = "NOT_MATERNAL"
    text = rng.choice(table[f["sebab_kode"]])
    parts.append(Part({"sebab", "sebab_kode"}, lambda s: text, None, words.KEYS["sebab"]))


def session_place(rng, f):
    name = rng.choice(sorted(POSYANDU))
    f["posyandu"] = f"{DESA}.{POSYANDU[name]:03d}"
    told = rng.choice(SLIPS[name]) if name in SLIPS and rng.random() < 0.1 else name
    return Part("posyandu", lambda s: rng.choice([told, told.lower(), told.title()]))


def weighing(rng, lang):
    """A posyandu session."""
    s = rng.choice([rng.randrange(20, 120), rng.randrange(8, 60)])
    k = rng.randrange(max(1, s - 10), s + 1)
    d = rng.randrange(1, s + 1)
    n = rng.randrange(0, d + 1)
    f = {"s": s, "k": k, "d": d, "n": n}
    if rng.random() < 0.25:
        t = rng.randrange(0, d - n + 1)
        o = rng.randrange(0, d - n - t + 1)
        f.update(t=t, o=o, b=d - n - t - o)
    if rng.random() < 0.2:
        f["bgm"] = rng.randrange(0, 4)
    if rng.random() < 0.2:
        f["stunting"] = rng.randrange(0, 6)
    place = session_place(rng, f) if rng.random() < 0.8 else None
    return f, place


def attendance(rng, lang):
    """An ILP session."""
    f = {"bumil": rng.randrange(0, 9), "busui": rng.randrange(0, 9), "bayi": rng.randrange(0, 16), "balita": rng.randrange(3, 50),
         "apras": rng.randrange(0, 20), "remaja": rng.randrange(0, 30), "dewasa": rng.randrange(0, 60), "lansia": rng.randrange(0, 60)}
    place = session_place(rng, f) if rng.random() < 0.8 else None
    return f, place
