#!/usr/bin/env python3
"""z-scores of random children, evaluated straight from the WHO's tables.
growth.py make COUNT SEED > TEXTS.tsv      one message per child, as the corpus has them
growth.py check TEXTS.tsv READINGS.jsonl   every score that was read against one worked out here, to 0.01"""
import csv
import datetime
import json
import math
import os
import random
import sys

TABLES = os.path.join(os.environ["top_srcdir"], "conf", "forms", "who")
TODAY = datetime.date(2024, 8, 15)
BIDAN = "+6281200000001"


def table(name):
    rows = {}
    with open(os.path.join(TABLES, name + ".csv"), encoding="utf-8") as lines:
        next(lines)
        for sex, place, l, m, s in csv.reader(lines):
            rows[sex, round(float(place) * 10)] = (float(l), float(m), float(s))
    return rows


AGE = {name: table(name) for name in ("weight_for_age", "length_for_age")}
SIZE = {name: table(name) for name in ("weight_for_length", "weight_for_height")}


def at_size(rows, sex, cm):
    """L, M, S at a length of up to two decimals; None outside of the table."""
    tenth = math.floor(cm * 10 + 1e-6)
    part = cm * 10 - tenth
    low, high = rows.get((sex, tenth)), rows.get((sex, tenth + 1))
    if low is None or (part > 1e-6 and high is None):
        return None
    return low if part <= 1e-6 else tuple(a + (b - a) * part for a, b in zip(low, high))


def z(lms, value, restricted):
    l, m, s = lms
    score = ((value / m) ** l - 1) / (l * s) if abs(l) > 1e-9 else math.log(value / m) / s
    if not restricted or -3 <= score <= 3:
        return score

    def sd(k):
        return m * (1 + l * s * k) ** (1 / l)
    if score > 3:
        return 3 + (value - sd(3)) / (sd(3) - sd(2))
    return -3 + (value - sd(-3)) / (sd(-2) - sd(-3))


def scores(child):
    days, sex, kg, cm, how = (child[k] for k in ("days", "sex", "kg", "cm", "how"))
    if how == "BERDIRI" and days < 731:
        cm += 0.7
    if how == "TERLENTANG" and days >= 731:
        cm -= 0.7
    out = {}
    if days > 1826:
        return out
    out["z_bbu"] = z(AGE["weight_for_age"][sex, days * 10], kg, True)
    out["z_tbu"] = z(AGE["length_for_age"][sex, days * 10], cm, False)
    lms = at_size(SIZE["weight_for_length" if days < 731 else "weight_for_height"], sex, cm)
    if lms:
        out["z_bbtb"] = z(lms, kg, True)
    return out


def make(count, seed):
    rng = random.Random(seed)
    edges = [0, 1, 273, 274, 729, 730, 731, 732, 1825, 1826, 1827, 1900]
    for i in range(count):
        sex = rng.choice("LP")
        days = edges[i % len(edges)] if i < 20 * len(edges) else rng.randint(0, 1826)
        l, m, s = AGE["length_for_age"][sex, min(days, 1826) * 10]
        cm = round(m * (1 + s * rng.uniform(-5, 5)), rng.choice([0, 1, 1, 2]))
        cm = min(max(cm, 38), 129)
        l, m, s = AGE["weight_for_age"][sex, min(days, 1826) * 10]
        kg = round(m * (1 + l * s * rng.uniform(-5.5, 5)) ** (1 / l) if rng.random() < .7 else m * rng.uniform(.5, 1.9), 2)
        kg = min(max(kg, 0.5), 40)
        how = rng.choice(["", "", "TERLENTANG", "BERDIRI"])
        if days < 274 and how == "BERDIRI":
            how = ""
        child = {"days": days, "sex": sex, "kg": kg, "cm": cm, "how": how}
        born = TODAY - datetime.timedelta(days=days)
        text = f"TIMBANG#DIMAS#{sex}#LAHIR {born:%d/%m/%Y}#BB {kg} KG#TB {cm} CM#" + (f"UKUR {how}" if how else "")
        print(i, BIDAN, text.replace(".", ","), json.dumps(child), sep="\t")


def tell(count, text):
    if count <= 10:
        print(text)


def check(texts, readings):
    worst, bad, compared = 0.0, 0, 0
    rows = [line.rstrip("\n").split("\t") for line in open(texts, encoding="utf-8")]
    got = [json.loads(line) for line in open(readings, encoding="utf-8")]
    if len(rows) != len(got):
        print(f"{len(got)} readings for {len(rows)} children")
        return 2
    for (number, _, text, child), reading in zip(rows, got):
        want = scores(json.loads(child))
        fields = (reading.get("reports") or [{}])[0].get("fields", {})
        for name in ("z_bbu", "z_tbu", "z_bbtb"):
            if (name in want) != (name in fields):
                bad += 1
                tell(bad, f"{number}: {name} is {fields.get(name)}, should be {want.get(name)}: {text}")
            elif name in want:
                off = abs(want[name] - fields[name])
                worst = max(worst, off)
                compared += 1
                if off > 0.0101:
                    bad += 1
                    tell(bad, f"{number}: {name} is {fields[name]}, should be {want[name]:.4f}: {text}")
    print(f"{len(rows)} children, {compared} scores, worst {worst:.4f} off, {bad} wrong")
    return 1 if bad or compared < 2 * len(rows) else 0


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(check(sys.argv[2], sys.argv[3]))
