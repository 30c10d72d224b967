#!/usr/bin/env python3
"""Two reports in one SMS, joined as people join them: neither may go without a word.
   pairs.py write COUNT [--seed N]      TSV rows: id, sender, text, what both tell
   pairs.py judge ROWS READINGS [-v] [--lost PERCENT]
Each telling must be found again as a report of its form with at least one of its values, or the answer says that a
person reads the rest ("rest"), or the whole message is for a person. Exit 1: more than PERCENT of the messages lose one.
"""
import datetime
import json
import random
import sys

import adversary
import layout

JOINTS = [". ", "\n", " dan ", ", lapor juga ", "; ", " trus ", " lalu ", " ", " + ", ". Lapor lagi ", "\n\n", " serta ",
          " sekalian ", "\n2. ", " . ", " -- ", ", ", " & ", " juga ", " lapor ", " sama ", "#"]
AROUND = ("talk_around", "remark_behind", "about", "born_told")  # what would stand between the two
OFFICE = {"mati", "hamil", "nifas", "imun", "rujuk"}  # told by the bidan


def telling(rng):
    while True:
        try:
            told = adversary.cared(rng) if rng.random() < 0.4 else adversary.coded(rng)
        except LookupError:
            continue
        if told.form == "mati" and told.fields.get("jenis") == "LAIN":
            continue
        for deed in rng.sample(adversary.KEEPING, 3):
            if rng.random() < 0.35 and deed.__name__ not in AROUND and told.sep in ("#", "*", ";", "\n", " "):
                deed(rng, told)
        if rng.random() < 0.15:
            adversary.value_missing(rng, told)
        return told


def pair(rng):
    while True:
        first, second, joint = telling(rng), telling(rng), rng.choice(JOINTS)
        if first.form != second.form and not (joint == "#" and not (first.strong() and second.strong())):
            return first, second, joint


def write(options):
    rng = random.Random(options.seed)
    for number in range(1, options.count + 1):
        first, second, joint = pair(rng)
        texts = [t.text().lower() if rng.random() < 0.3 else t.text() for t in (first, second)]
        expect = [{"form": t.form, "fields": {k: v.isoformat() if isinstance(v, datetime.date) else v
                                              for k, v in t.fields.items()}} for t in (first, second)]
        sender = adversary.BIDAN if OFFICE & {first.form, second.form} else adversary.KADER
        print(number, sender, layout.escape(joint.join(texts)), json.dumps(expect, separators=(",", ":")), sep="\t")


def found(want, reports):
    for report in reports:
        fields = report.get("fields", {})
        if report.get("form") == want["form"] and any(adversary.same(v, fields.get(k)) for k, v in want["fields"].items()):
            return True
    return False


def judge(options):
    rows, got = adversary.rows_read(options)
    lost = 0
    for (_, _, text, expect), reading in zip(rows, got):
        if reading.get("intent") != "report" or reading.get("rest"):
            continue
        gone = [w["form"] for w in json.loads(expect) if not found(w, reading.get("reports") or [])]
        lost += bool(gone)
        if gone and options.v:
            print(f"lost {gone}: {text}")
    share = 100 * lost / len(rows)
    bad = share > options.lost
    print(f"{len(rows)} messages of two reports: {lost} lose one ({share:.2f} %): {'FAIL' if bad else 'ok'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(adversary.run(write, judge, "print each message that loses one", "--lost", 1.0))
