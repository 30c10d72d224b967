#!/usr/bin/env python3
"""Compares readings with what was told.   compare.py ROWS.tsv READINGS.jsonl [-v] [--at-least PERCENT]
ROWS.tsv comes from generate.py, READINGS.jsonl from `kabarctl read` over its senders and texts. Figures by
form and by style:
  right    accepted (a story: suspect) with every value as told and none that was not told
  asked    a question or incomplete: the values that were read are as told, the others are asked about
  misread  accepted with a wrong value, a value that nobody told, or a report too many
  lost     all the rest: no report, another form, a waiting report that holds a wrong value unasked
A mutated row (style form/mutated) may be read as anything, but not accepted with another value.
Exit 1: fewer right than --at-least (99.5), or anything misread or lost."""
import argparse
import collections
import json
import sys

# What a report may hold beyond what was told: defaults, derived values, and texts kept as written.
DERIVED = {"hamil": {"gpa", "hpl", "uk", "skor", "tak_tahu", "kelas_risiko"}, "nifas": {"kf", "kn"},
           "skdr": {"tgl", "pelapor", "jenis_pelapor"},
           "timbang": {"umur", "posyandu", "z_bbu", "z_tbu", "z_bbtb", "kelas_bbu", "kelas_tbu", "kelas_bbtb", "stunting", "bgm", "naik",
                       "gizi_sah"}}
UNTOLD = {"desa", "ket", "kelas", "urutan", "sebab", "diadakan", "nihil", "alasan"}


def same(a, b):
    if isinstance(a, (int, float)) and not isinstance(a, bool):
        try:
            return float(b) == float(a)
        except (TypeError, ValueError):
            return False
    return a == b


def judge_report(want, got):
    fields = got.get("fields", {})
    wrong = [k for k, v in want["fields"].items() if k in fields and not same(v, fields[k])]
    absent = [k for k in want["fields"] if k not in fields]
    extra = [k for k in fields if k not in want["fields"] and k not in UNTOLD | DERIVED.get(want["form"], set())]
    if want["status"] == "suspect":
        extra = []
    if want["form"] == "mati" and want["fields"].get("jenis") in ("IBU", "WUS"):
        extra = [k for k in extra if k != "jk"]
    asked = {p.get("field", "") for p in got.get("problems", [])}
    status = got.get("status")
    if got.get("form") != want["form"]:
        return ("misread" if status == "accepted" else "lost"), f"form {got.get('form')}"
    if status == want["status"]:
        if wrong or extra:
            return "misread", f"wrong {[(k, fields[k]) for k in wrong]} untold {[(k, fields[k]) for k in extra]}"
        if absent:
            return "misread", f"dropped {absent}"
        return "right", ""
    if status == "accepted":
        return "misread", "accepted"
    if status in ("question", "incomplete"):
        unasked = [k for k in wrong + extra if k not in asked and k != "kelas"]
        if unasked:
            return "lost", f"{status}, unasked {[(k, fields[k]) for k in unasked]}"
        return "asked", f"{status} {sorted(p.get('field', '') + ':' + p['code'] for p in got.get('problems', []))}"
    return "lost", f"status {status} {sorted(p.get('field', '') + ':' + p['code'] for p in got.get('problems', []))}"


def judge(want, got):
    reports = got.get("reports") or []
    if got.get("intent") != "report":
        return "lost", f"intent {got.get('intent')}"
    if len(reports) != len(want["reports"]):
        taken = any(r.get("status") == "accepted" for r in reports)
        return ("misread" if taken else "lost"), f"{len(reports)} reports"
    worst, why = "right", ""
    for w, g in zip(want["reports"], reports):
        verdict, reason = judge_report(w, g)
        if ORDER.index(verdict) > ORDER.index(worst):
            worst, why = verdict, reason
    return worst, why


def judge_mutated(want, got):
    for report in got.get("reports") or []:
        if report.get("status") != "accepted":
            continue
        w, fields = want["reports"][0], report.get("fields", {})
        if report.get("form") != w["form"]:
            return "misread", f"form {report.get('form')}"
        for k, v in w["fields"].items():
            if not same(v, fields.get(k)):
                return "misread", f"{k}: told {v!r}, read {fields.get(k)!r}"
    return "right", ""


ORDER = ["right", "asked", "lost", "misread"]


def table(title, counts):
    print(f"{title:32} {'told':>7} {'right':>7} {'%':>7} {'asked':>6} {'misread':>7} {'lost':>5}")
    for name in sorted(counts):
        c = counts[name]
        total = sum(c.values())
        print(f"{name:32} {total:7} {c['right']:7} {100 * c['right'] / total:7.2f} {c['asked']:6} {c['misread']:7} {c['lost']:5}")


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument("rows")
    ask.add_argument("readings")
    ask.add_argument("-v", action="store_true", help="print every row that is not right")
    ask.add_argument("--at-least", type=float, default=99.5)
    options = ask.parse_args()
    rows = [line.rstrip("\n").split("\t") for line in open(options.rows, encoding="utf-8")]
    got = [json.loads(line) for line in open(options.readings, encoding="utf-8") if line.strip()]
    if len(rows) != len(got):
        print(f"{len(got)} readings for {len(rows)} rows")
        return 1
    forms, styles = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for (_, _, text, expect, style), reading in zip(rows, got):
        verdict, why = (judge_mutated if style.endswith("/mutated") else judge)(json.loads(expect), reading)
        forms[style.split("/")[0]][verdict] += 1
        styles[style][verdict] += 1
        if options.v and verdict != "right":
            print(f"{verdict} [{style}] {why}\n    {text}")
    table("form and style", styles)
    table("form", forms)
    total = sum(forms.values(), collections.Counter())
    percent = 100 * total["right"] / len(rows)
    bad = percent < options.at_least or total["misread"] or total["lost"]
    print(f"{len(rows)} told, {total['right']} right ({percent:.2f} %), {total['asked']} asked about, "
          f"{total['misread']} misread, {total['lost']} lost: {'FAIL' if bad else 'ok'}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
