"""One value, many spellings. Each function returns text that a careful reader can take one way only."""
import datetime

import words

TODAY = datetime.date(2024, 8, 15)


def date_text(rng, day, sep, lang):
    """A date as people write it. sep: the separator around it, whose character it then avoids."""
    ago = (TODAY - day).days
    d, m, y = day.day, day.month, day.year
    forms = []
    marks = [c for c in "/-." if c != sep.strip()[:1]]
    mark = rng.choice(marks)
    forms += [f"{d}{mark}{m}{mark}{y % 100:02d}", f"{d:02d}{mark}{m:02d}{mark}{y}"] * 2
    forms += [f"{d:02d}{m:02d}{y % 100:02d}", f"{d:02d}{m:02d}{y}"]
    if sep.strip() != "-":
        forms.append(day.isoformat())
    forms.append(f"{d} {rng.choice(words.MONTHS[m - 1])} {rng.choice([y, y % 100])}")
    if plain_year(day):
        mark = rng.choice([c for c in "/-" if c != sep.strip()[:1]])
        forms += [f"{d}{mark}{m}", f"tgl {d} {rng.choice(words.MONTHS[m - 1])}"]
    if latest_of_day(d) == day:
        forms.append(f"tgl {d}")
    near = {0: words.TODAY, 1: words.YESTERDAY.get(lang, words.YESTERDAY["id"]), 2: words.BEFORE}.get(ago)
    if near:
        forms += [rng.choice(near)] * 6
    if 2 <= ago <= 9:
        forms.append(f"{ago} {rng.choice(['hr', 'hari'])} {rng.choice(['lalu', 'yg lalu'])}")
    if 1 <= ago <= 6 and day.weekday() != 6:
        forms.append(f"{words.DAYS[day.weekday()]} {rng.choice(['kmrn', 'kemarin'])}")
    return rng.choice(forms)


def plain_year(day):
    """True when the day without its year means this very date."""
    try:
        this = day.replace(year=TODAY.year)
    except ValueError:
        return False
    if this <= TODAY:
        return this == day
    return (this - TODAY).days > 62 and day.year == TODAY.year - 1


def latest_of_day(d):
    if d <= TODAY.day:
        return TODAY.replace(day=d)
    return datetime.date(2024, 7, d)


def weight_styles(grams):
    kg, rest = divmod(grams, 1000)
    tenths, hundredths = divmod(rest, 100)
    styles = ["plain", "plain", "plain", "gr", "dotted", "dotted_gr"]
    if hundredths == 0:
        styles += ["comma", "dot", "comma_kg", "dot_kg", "ons"]
        if tenths:
            styles += ["kg_ons", "kilo_n", "kg_gr", "ribu", "words"]
        else:
            styles += ["kg", "kilo", "words_kg"]
    else:
        styles += ["kg3"]
    if grams % 100 == 0 and "0" in str(grams):
        styles.append("letter_o")
    return styles


def weight_text(rng, grams, avoid=()):
    """avoid: styles that the surroundings would make ambiguous."""
    style = rng.choice([s for s in weight_styles(grams) if s not in avoid])
    kg, rest = divmod(grams, 1000)
    tenth = rest // 100
    gap = rng.choice(["", " "])
    texts = {
        "plain": f"{grams}", "gr": f"{grams}{gap}{rng.choice(['gr', 'g', 'gram'])}", "dotted": f"{kg}.{rest:03d}",
        "dotted_gr": f"{kg}.{rest:03d}{gap}gr", "comma": f"{kg},{tenth}", "dot": f"{kg}.{tenth}",
        "comma_kg": f"{kg},{tenth}{gap}kg", "dot_kg": f"{kg}.{tenth}{gap}{rng.choice(['kg', 'kilo'])}", "ons": f"{grams // 100} ons",
        "kg_ons": f"{kg} {rng.choice(['kg', 'kilo'])} {tenth} ons", "kilo_n": f"{kg} kilo {tenth}", "kg_gr": f"{kg} kg {rest} gr",
        "ribu": f"{kg}ribu{tenth}ratus", "kg": f"{kg}{gap}kg", "kilo": f"{kg} kilo", "kg3": f"{kg},{rest // 10:02d}{gap}kg",
        "letter_o": str(grams).replace("0", "O"),
    }
    if style == "words":
        return f"{words.number_words(kg)} kilo {words.number_words(tenth)} ons"
    if style == "words_kg":
        return f"{words.number_words(kg)} kilo"
    if style == "letter_o" and rest == 0 and rng.random() < 0.5:
        return f"{kg}OOO"
    return texts[style]


def age_text(rng, years, lang, bare=True):
    forms = [f"{years} th", f"{years} thn", f"{years}th", f"umur {years}", f"umur {years} th", f"{years} tahun"]
    if bare:
        forms += [f"{years}"] * 6
    forms.append(words.number_words(years) + " tahun")
    if lang == "jv" and years in words.JAVA:
        forms.append(words.JAVA[years] + " taun")
    if lang == "su":
        forms.append(f"{years} taun")
    return rng.choice(forms)


def length_text(rng, cm, bare=True, comma=True):
    number = f"{cm:g}"
    if comma and "." in number and rng.random() < 0.5:
        number = number.replace(".", ",")
    forms = [f"{number} cm", f"{number}cm", f"pb {number}", f"PB{number}", f"panjang {number}"]
    return rng.choice(forms + ([number] * 6 if bare else []))


def sex_text(rng, sex, lang):
    table = words.SEX[sex]
    if lang in ("jv", "su") and rng.random() < 0.7:
        return rng.choice(table[lang])
    return rng.choice(table["code"] * 3 + table["id"])


def time_text(rng, clock):
    hour, minute = clock.split(":")
    forms = [f"{hour}.{minute}", f"{hour}:{minute}"]
    if minute == "00":
        h = int(hour)
        part = "pagi" if 5 <= h <= 10 else "siang" if 12 <= h <= 14 else "sore" if 15 <= h <= 17 else "malam" if 19 <= h <= 23 else ""
        if part:
            forms += [f"{h if h <= 12 else h - 12} {part}"] * 2
    return rng.choice(forms)


def choice_text(rng, value, table, extra, lang):
    own = extra.get(lang, {}).get(value)
    return rng.choice(own) if own and rng.random() < 0.6 else rng.choice(table[value])


def person_text(rng, name, titled):
    return (rng.choice(words.TITLES) if titled else "") + name


def count_text(rng, n, lang):
    """A count behind its key, sometimes in words."""
    if lang == "jv" and n in words.JAVA:
        return " " + words.JAVA[n]
    return " " + words.number_words(n)


def casing(rng, text):
    return rng.choice([str, str, str.upper, str.lower])(text)
