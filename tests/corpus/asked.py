#!/usr/bin/env python3
"""How much is asked.   asked.py READINGS.jsonl [-v]
READINGS.jsonl: readings with their replies (read_corpus replies). Of each single report that is asked about (question)
or lacks something (incomplete): its reply asks for one thing, and says what was understood when anything was. Over all
that are asked about: how many things are in doubt beside what is only missing, one question each; at most 1.05 a report.
Exit 1: not so."""
import json
import re
import sys

MOST = 1.05
ASKS = re.compile(r"\?|\bTulis\b|\bBalas\b")


def asks(reply):
    """Questions of a reply: "... ? Balas L atau P." is one."""
    marks = [m.group() for m in ASKS.finditer(reply)]
    return max(marks.count("?"), marks.count("Tulis"), 1 if marks or "Kurang: " in reply else 0)


def understood(report, reply):
    """Something of the report stands in front of the question."""
    return bool(re.search(r"\w", re.split(r"\?", reply)[0].split(". ")[0])) and ". " in reply


def main():
    readings = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8") if line.strip()]
    asked = doubts = bad = 0
    for reading in readings:
        reports, reply = reading.get("reports") or [], reading.get("reply") or ""
        if len(reports) != 1 or reports[0]["status"] not in ("question", "incomplete"):
            continue
        report = reports[0]
        if asks(reply) != 1 or (len(report["fields"]) > 1 and not understood(report, reply)):
            bad += 1
            print(f"asks {asks(reply)}: {reply}")
        if report["status"] == "question":
            open_ = {p["field"] for p in report["problems"] if p["code"] != "missing"}
            asked += 1
            doubts += len(open_)
            if "-v" in sys.argv and len(open_) > 1:
                print(f"{len(open_)} {sorted(open_)}: {reply}")
    share = doubts / (asked or 1)
    print(f"{asked} asked about, {doubts} questions: {share:.3f} each; {bad} replies that ask for more than one thing")
    return 1 if bad or share > MOST or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
