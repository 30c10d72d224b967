#!/usr/bin/env python3
"""Canonical texts of accepted readings.   roundtrip.py ROWS.tsv READINGS.jsonl
Each accepted single report is written out again, every value behind its key in canonical form; the rows
printed expect the same report once more. Feed them to `kabarctl read` and compare.py --at-least 100."""
import json
import re
import sys

UNITS = {"Y": "th", "M": "bln", "W": "mgg", "D": "hr"}
HEAD = {"lahir": "LAHIR", "mati": "MATI", "pos": "POS", "ilp": "ILP"}
DERIVED = {"desa", "kelas", "urutan", "ket", "sebab"}
KEY = {"berat": "bb", "panjang": "pb", "gizi_buruk": "gibur", "sebab_kode": "sebab"}


def value_text(form, name, value):
    if form == "mati" and name == "umur":
        return " ".join(f"{n} {UNITS[u]}" for n, u in re.findall(r"(\d+)([YMWD])", value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def canonical(form, fields):
    parts = [HEAD[form] + (" " + fields["jenis"] if form == "mati" and "jenis" in fields else "")]
    for name, value in fields.items():
        if name in DERIVED or name in ("jenis", "nifas_hari"):
            continue
        if form == "mati" and name == "ibu" and value in fields.get("nama", ""):
            continue
        text = value_text(form, name, value)
        if name == "masa" and "nifas_hari" in fields:
            text += f" HR KE {fields['nifas_hari']}"
        parts.append(text if name in ("posyandu", "masa") else f"{KEY.get(name, name)}={text}")
    return "#".join(parts)


def main():
    rows = [line.rstrip("\n").split("\t") for line in open(sys.argv[1], encoding="utf-8") if line.strip() and line[0] != "#"]
    for row, line in zip(rows, open(sys.argv[2], encoding="utf-8")):
        reports = json.loads(line).get("reports") or []
        if len(reports) != 1 or reports[0].get("status") != "accepted" or "nihil" in reports[0]["fields"]:
            continue
        report = reports[0]
        fields = {k: v for k, v in report["fields"].items() if k not in DERIVED}
        expect = {"intent": "report", "reports": [{"form": report["form"], "status": "accepted", "fields": fields}]}
        text = canonical(report["form"], report["fields"])
        print(row[0], row[1], text, json.dumps(expect), f"{report['form']}/canonical", sep="\t")


if __name__ == "__main__":
    main()
