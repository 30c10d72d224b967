#!/usr/bin/env python3
"""Known reports in many styles.   generate.py COUNT [--seed N] [--mutate]
Prints TSV rows: id, sender, text, expectation (as in the corpus), style. Every text is one that a careful
human reader takes one way only. With --mutate one character of each text is edited and the expectation
names only the values that the edit does not touch: an accepted report must still hold them."""
import argparse
import datetime
import json
import random

import deeds
import layout
import values
import words

KADER, BIDAN = "+6281200000001", "+6281200000003"
PROSE = {
    "id": ["lahir {ibu} {umur} {tgl} {jk} {berat} {panjang} di {tempat} ditolong {penolong} {luaran}",
           "lahir {ibu} {umur} {tgl} {jk} {berat} {tempat} {penolong} {luaran}",
           "lapor kelahiran: {ibu}, {tgl}, {jk}, {berat}, {tempat}, {penolong}, {luaran}",
           "telah lahir bayi dari {ibu}, {tgl}, {jk}, {berat}, {panjang}, di {tempat}, ditolong {penolong}, {luaran}"],
    "jv": ["lair {ibu} {tgl} {jk} {berat} nang {tempat} {penolong} {luaran}",
           "lair {ibu} {umur} {tgl} {jk} {berat} {tempat} {penolong}, {luaran} kabeh"],
    "su": ["lahir {ibu} {umur} {tgl} {jk} {berat} {panjang} di {tempat} ku {penolong} {luaran}",
           "lahir {ibu} {tgl} {jk} {berat} di {tempat} ku {penolong}, {luaran}"],
}
STORY = ["innalillahi {nama} meninggal {tgl} di {tempat} krn {sebab}", "bu bidan, {nama} wafat {tgl} di {tempat}",
         "inalillahi wa innailaihi rojiun {nama} telah berpulang {tgl}", "{nama} mngl {tgl} di {tempat} bu"]
STORY_IN = {"jv": ["bu bidan, {nama} seda {tgl}", "{nama} tilar donya {tgl} nang {tempat}"],
            "su": ["{nama} maot {tgl} di {tempat}", "{nama} ngantunkeun {tgl}"]}
NAMED = {"hash", "star", "semicolon", "pipe", "newline", "comma", "tightcomma", "spacedhash", "doublehash"}


def keyword(rng, form, lang):
    own = words.KEYWORD_IN.get(lang, {}).get(form)
    if own and rng.random() < 0.7:
        word = own
    elif form in words.SLIPPED and rng.random() < 0.12:
        word = rng.choice(words.SLIPPED[form])
    else:
        word = rng.choice(words.KEYWORD[form])
    return rng.choice([word, word, word.lower(), word.title()])


def pick_separator(rng):
    odd = ["dash", "underline", "slash"]
    name = rng.choice(["hash"] * 6 + ["star"] * 3 + ["space"] * 4 + sorted(NAMED) + ([rng.choice(odd)] if rng.random() < 0.4 else []))
    return name, layout.SEPARATORS[name]


def tell(rng, form, parts, lang, head=None):
    """A coded report: (style, segments)."""
    head = head or keyword(rng, form, lang)
    roll = rng.random()
    if roll < 0.06:
        mixed = [rng.choice(["#", "*", ";", "|", " # ", "\n"]) for _ in parts]
        sep, style = "#", "position/mixed"
        segments = layout.positional(parts, sep, mixed)
    elif roll < 0.62:
        name, sep = pick_separator(rng)
        segments, style = layout.positional(parts, sep), "position/" + name
    elif roll < 0.88:
        sign = rng.choice(["=", ":", " ", ""])
        name = rng.choice(["space", "hash", "comma", "semicolon", "newline"])
        sep = layout.SEPARATORS[name]
        order = rng.choice(["form", "any"])
        segments, style = layout.keyed(rng, parts, sign, sep, order), f"key{sign.strip() or '_'}/{name}"
    else:
        sep, style = "#", "typed/any order"
        order = typed(rng, parts)
        parts = rng.sample(order, len(order))
        if "nama" in parts[-1].fields and parts[:-1] == [part for part in order if part is not parts[-1]]:
            parts.reverse()  # behind the place in good order stands the cause: nobody could tell that it is a name
        segments = layout.positional(parts, sep)
    if segments is None:
        return None, None
    space = sep if sep.strip() or sep == "\n" else " "
    head_sep = rng.choice([space, " "]) if sep.strip() in ("#", "*") else (": " if sep.strip() in (",", ";") and rng.random() < 0.5 else " ")
    return style, layout.headed(head, segments, "\n" if sep == "\n" else head_sep)


def typed(rng, parts):
    """Parts that say what they are, so that any order is plain: an age with its unit, a length in cm."""
    def retry(part, good):
        def bare(sep):
            for _ in range(80):
                text = part.bare(sep)
                if good(text):
                    return text
            return part.bare(sep)
        return layout.Part(part.fields, bare, part.keyed, part.keys)
    out = []
    for part in parts:
        if "umur" in part.fields or "panjang" in part.fields:
            part = retry(part, lambda t: any(c.isalpha() for c in t))
        out.append(part)
    return out


def lahir(rng, lang):
    fields, parts = deeds.birth(rng, lang)
    if rng.random() < 0.25:
        named = {name: p for p in parts for name in p.fields}
        if "umur" in named:
            named["umur"] = typed(rng, [named["umur"]])[0]
        if "panjang" in named:
            named["panjang"] = typed(rng, [named["panjang"]])[0]
        segments = layout.template(rng, rng.choice(PROSE[lang]), named)
        if not segments:
            return None
        told = {n for owners, _ in segments for n in owners}
        return "prose/" + lang, [("lahir", "accepted", {k: v for k, v in fields.items() if k in told})], segments, " "
    if rng.random() < 0.05:
        fields.update(luaran="MATI", uk=rng.randrange(22, 41))
        fields.pop("jam", None)
        fields.pop("nik", None)
        parts = deeds.birth_parts(rng, fields, lang)
    style, segments = tell(rng, "lahir", parts, lang)
    if not segments:
        return None
    if fields["luaran"] == "MATI":
        kept = {k: fields[k] for k in ("ibu", "jk", "berat", "uk", "tgl", "tempat")}
        return "stillbirth/" + style, [("mati", "accepted", dict(kept, jenis="LAHIRMATI", kelas="STILLBIRTH"))], segments, "#"
    return style, [("lahir", "accepted", fields)], segments, "#" if "hash" in style else " "


def twins(rng, lang):
    """Two children of one birth."""
    fields, _ = deeds.birth(rng, "id")
    for name in ("nik", "uk", "jam"):
        fields.pop(name, None)
    fields["panjang"] = fields.get("panjang", 47)
    second = dict(fields, jk=rng.choice("LP"), berat=rng.randrange(15, 30) * 100, panjang=rng.randrange(42, 50))
    fields["berat"] = rng.randrange(15, 30) * 100
    kg = rng.random() < 0.3
    weight = (lambda g: f"{g / 1000:.1f}") if kg else str
    pair = {"jk": f"{fields['jk']}/{second['jk']}", "berat": f"{weight(fields['berat'])}/{weight(second['berat'])}"}
    length = f"{fields['panjang']:g}/{second['panjang']:g}"
    babies = rng.choice([f"{fields['jk']}#{weight(fields['berat'])}/{second['jk']}#{weight(second['berat'])}",
                         f"{pair['jk']}#{pair['berat']}",
                         f"{fields['jk']} {weight(fields['berat'])}/{second['jk']} {weight(second['berat'])}"])
    day = fields["tgl"]
    texts = [fields["ibu"]] + ([str(fields["umur"])] if "umur" in fields else [])
    texts += [f"{day.day}/{day.month}/{day.year % 100}", babies, length, rng.choice(words.PLACE[fields["tempat"]]),
              rng.choice(words.HELPER[fields["penolong"]]), "HIDUP"]
    touched = frozenset(fields)
    reports = [("lahir", "accepted", dict(fields, urutan=1)), ("lahir", "accepted", dict(second, urutan=2))]
    return "twins", reports, [(touched, "LAHIR#" + "#".join(texts))], "#"


def mati(rng, lang):
    fields, parts = deeds.death(rng, lang)
    if rng.random() < 0.2:
        named = {name: p for p in parts for name in p.fields}
        text = rng.choice(STORY_IN.get(lang, STORY) if rng.random() < 0.7 else STORY)
        segments = layout.template(rng, text, named)
        if segments:
            told = {n for owners, _ in segments for n in owners}
            kept = {k: v for k, v in fields.items() if k in told and k in ("tgl", "tempat", "sebab_kode")}
            return "story/" + lang, [("mati", "suspect", kept)], segments, " "
    style, segments = tell(rng, "mati", parts[1:], lang,
                           head=keyword(rng, "mati", lang) + rng.choice([" ", "#", " "]) + parts[0].bare(" "))
    if not segments:
        return None
    segments[0] = (segments[0][0] | {"jenis"}, segments[0][1])
    return style, [("mati", "accepted", fields)], segments, " "


def session(rng, form, lang, fields, place, counts):
    """A posyandu session: its place and day, and the counts as counts(sep) tells them: style, segments."""
    day = values.TODAY if rng.random() < 0.5 else deeds.a_day(rng, 60)
    sep = rng.choice(["#", "*", " ", " ", " "])
    chunks = []
    if place:
        chunks.append((place.fields, place.bare(sep)))
    else:
        fields["posyandu"] = deeds.DESA + ".001"
    if day != values.TODAY or rng.random() < 0.2:
        chunks.append((frozenset(["tgl"]), deeds.date_part(rng, day, lang, full=True).bare(sep)))
    fields["tgl"] = day
    style, told = counts(sep)
    head, whose = layout.join(chunks, sep), frozenset().union(*(owners for owners, _ in told))
    between = [(whose | frozenset().union(*(owners for owners, _ in head)), sep)] if head else []
    first = rng.random() < 0.8 or style.startswith("position")
    segments = head + between + told if first else told + between + head
    word = keyword(rng, form, lang)
    if form == "pos" and rng.random() < 0.15:
        word = rng.choice(["SKDN", "skdn"])
    segments = layout.headed(word, segments, sep)
    return style + "/" + ("space" if sep == " " else sep), [(form, "accepted", fields)], segments, sep


def pos(rng, lang):
    fields, place = deeds.weighing(rng, lang)
    numbers = {k: v for k, v in fields.items() if k != "posyandu"}

    def counts(sep):
        roll = rng.random()
        order = list(numbers)
        if roll < 0.25 and set(numbers) <= {"s", "k", "d", "n"}:
            glue = rng.choice([" ", "/", "-", sep])
            return "position", layout.join([(frozenset([k]), str(numbers[k])) for k in order], glue)
        if rng.random() < 0.3:
            rng.shuffle(order)
        if roll < 0.35:
            return "words", layout.join([(frozenset([k]), k + values.count_text(rng, numbers[k], lang)) for k in order], sep)
        sign = rng.choice(["", "", "=", ":", " "])
        up = rng.choice([str.upper, str.lower])
        keys = [(frozenset([k]), up(k) + (sign or ("" if len(k) == 1 else " ")) + str(numbers[k])) for k in order]
        return "key" + (sign.strip() or "_"), layout.join(keys, sep)
    return session(rng, "pos", lang, fields, place, counts)


def ilp(rng, lang):
    fields, place = deeds.attendance(rng, lang)
    groups = {k: v for k, v in fields.items() if k != "posyandu"}

    def counts(sep):
        roll = rng.random()
        order = list(groups)
        if roll < 0.35:
            glue = rng.choice([sep, sep, "/"])
            return "position", layout.join([(frozenset([k]), str(groups[k])) for k in order], glue)
        if rng.random() < 0.3:
            rng.shuffle(order)
        sign = rng.choice(["", "=", ":", " "])
        if roll < 0.42:
            return "words", layout.join([(frozenset([k]), k + values.count_text(rng, groups[k], "id")) for k in order], sep)
        keys = [(frozenset([k]), rng.choice(words.GROUPS[k]) + sign + str(groups[k])) for k in order]
        return "key" + (sign.strip() or "_"), layout.join(keys, sep)
    return session(rng, "ilp", lang, fields, place, counts)


def one(rng):
    """One telling: style, reports, segments, separator."""
    lang = rng.choice(["id", "id", "id", "jv", "su"])
    while True:
        kind = rng.choice([lahir] * 9 + [twins, two] + [mati] * 5 + [pos] * 4 + [ilp] * 3)
        out = kind(rng, lang)
        if out:
            return ({"twins": "lahir", "two": "several"}.get(kind.__name__, kind.__name__),) + out


def share(first, second):
    """Another form's session that names no posyandu is of the one in front of it, and of its day where it tells none."""
    told = [frozenset().union(*(owners for owners, _ in one[2])) for one in (first, second)]
    (form, _, fields), (other, _, own) = first[1][0], second[1][0]
    if {form, other} != {"pos", "ilp"} or "posyandu" not in told[0] or "posyandu" in told[1]:
        return
    own["posyandu"] = fields["posyandu"]
    if "tgl" in told[0] and "tgl" not in told[1]:
        own["tgl"] = fields["tgl"]


def one_dated(first, second):
    """Two sessions of one form, only one with its day: nobody knows the other's, and the reader asks."""
    told = ["tgl" in frozenset().union(*(owners for owners, _ in one[2])) for one in (first, second)]
    return first[1][0][0] == second[1][0][0] != "lahir" and told[0] != told[1]


def two(rng, lang):
    """Two reports in one SMS, a line each."""
    first, second = (rng.choice([lahir, pos, ilp])(rng, lang) for _ in range(2))
    if not first or not second or any("newline" in out[0] or "mixed" in out[0] for out in (first, second)):
        return None
    if one_dated(first, second):
        return None
    share(first, second)
    segments = first[2] + [(first[2][-1][0] | second[2][0][0], "\n")] + second[2]
    return "two/" + first[1][0][0] + "+" + second[1][0][0], first[1] + second[1], segments, " "


def expectation(reports, but=()):
    out = []
    for form, status, fields in reports:
        shown = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in sorted(fields.items()) if k not in but}
        out.append({"form": form, "status": status, "fields": shown})
    return {"intent": "report", "reports": out}


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("count", type=int)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--mutate", action="store_true")
    options = ask.parse_args()
    rng = random.Random(options.seed)
    number = 0
    while number < options.count:
        form, style, reports, segments, sep = one(rng)
        if options.mutate:
            if len(reports) > 1 or reports[0][1] != "accepted":
                continue
            text, touched = layout.mutate(rng, segments)
            expect = expectation(reports, but=touched | {"kelas", "desa"})
            style = "mutated"
        else:
            text, expect = layout.text_of(layout.noisy(rng, segments, sep, greet=form != "mati")), expectation(reports)
        number += 1
        sender = BIDAN if form == "mati" else KADER
        print(number, sender, layout.escape(text), json.dumps(expect, separators=(",", ":")), f"{form}/{style}", sep="\t")


if __name__ == "__main__":
    main()
