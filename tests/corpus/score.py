#!/usr/bin/env python3
"""Scores readings against a corpus.   score.py CORPUS.tsv READINGS.jsonl [-v] [--at-least PERCENT]
READINGS.jsonl holds one JSON object per corpus row, in order. A row passes when everything that its
expectation names is so:
  intent, topic, ref        equal
  query, register, changes  every named key equal
  reports                   same number, in order; form, status and training equal, every named field
                            equal (numbers by value), problems exactly the named set ("field:code";
                            none named and status accepted: none at all), notes at least the named
                            ones, no field named under "absent"
  forms                     the forms of the reports, in order
  any_status                the first report's status is one of these
  problems                  at least the named ones, at the top level
  rest                      of a report: something behind it was not read, and that is said; none named: nothing was
A silent misreading is worse than a failure: a report counted (accepted) with a wrong value, a question answered
by another indicator, place or period.
Exit: 0 all as expected (or so many of them), 1 not, 2 the files do not fit each other."""
import json
import sys


def same(a, b):
    if isinstance(a, (int, float)) and not isinstance(a, bool):
        try:
            return float(b) == float(a)
        except (TypeError, ValueError):
            return False
    return a == b


def problem_set(r):
    return {f"{p.get('field', '')}:{p['code']}" for p in r.get('problems', [])}


def check_report(where, want, got):
    bad = []
    for key in ('form', 'status', 'training'):
        if key in want and want[key] != got.get(key):
            bad.append(f"{where}.{key}: want {want[key]!r}, got {got.get(key)!r}")
    fields = got.get('fields', {})
    for name, value in want.get('fields', {}).items():
        if not same(value, fields.get(name)):
            bad.append(f"{where}.{name}: want {value!r}, got {fields.get(name)!r}")
    for name in want.get('absent', []):
        if fields.get(name) is not None:
            bad.append(f"{where}.{name}: should be unread, got {fields[name]!r}")
    if 'problems' in want:
        if problem_set(got) != set(want['problems']):
            bad.append(f"{where}.problems: want {sorted(want['problems'])}, got {sorted(problem_set(got))}")
    elif want.get('status') == 'accepted' and problem_set(got):
        bad.append(f"{where}.problems: {sorted(problem_set(got))}")
    missing = set(want.get('notes', [])) - set(got.get('notes', []))
    if missing:
        bad.append(f"{where}.notes missing: {sorted(missing)}")
    return bad


def same_figures(want, got):
    """The same figures of the same place and time: in an answer that names each of them their order says nothing. A list
    by places or by values begins with its first."""
    asked = [[q.get('indicator'), *q.get('also', [])] for q in (want, got)]
    return sorted(map(str, asked[0])) == sorted(map(str, asked[1])) and not {'by', 'which', 'split', 'against'} & {*want, *got}


def check(want, got):
    bad = []
    for key in ('intent', 'topic', 'ref'):
        if key in want and want[key] != got.get(key):
            bad.append(f"{key}: want {want[key]!r}, got {got.get(key)!r}")
    for key in ('query', 'register', 'changes'):
        any_order = key == 'query' and 'also' in want.get(key, {}) and same_figures(want[key], got.get(key) or {})
        for name, value in want.get(key, {}).items():
            if any_order and name in ('indicator', 'also'):
                continue
            have = (got.get(key) or {}).get(name)
            if not same(value, have):
                bad.append(f"{key}.{name}: want {value!r}, got {have!r}")
    if 'problems' in want:
        missing = set(want['problems']) - problem_set(got)
        if missing:
            bad.append(f"problems missing: {sorted(missing)}, got {sorted(problem_set(got))}")
    reports = got.get('reports') or []
    if want.get('intent') == 'report' and bool(got.get('rest')) != want.get('rest', False):
        bad.append(f"rest: want {want.get('rest', False)}, got {got.get('rest', False)}")
    if 'forms' in want and [r.get('form') for r in reports] != want['forms']:
        bad.append(f"forms: {[r.get('form') for r in reports]}")
    if 'any_status' in want and (not reports or reports[0].get('status') not in want['any_status']):
        bad.append(f"status of first report: {reports[0].get('status') if reports else None!r}")
    if 'reports' in want:
        if len(reports) != len(want['reports']):
            bad.append(f"{len(reports)} reports, want {len(want['reports'])}")
        for i, (w, g) in enumerate(zip(want['reports'], reports)):
            bad += check_report(f"[{i}]", w, g)
    return bad


def silent(want, got):
    if want.get('intent') == got.get('intent') == 'query' and not got.get('problems'):
        return bool(check({'query': want.get('query', {}), 'problems': want.get('problems', [])}, got))
    wanted = want.get('reports', [])
    for i, report in enumerate(got.get('reports') or []):
        if report.get('status') != 'accepted':
            continue
        if want.get('intent') != 'report' or ('reports' in want and i >= len(wanted)):
            return True
        if i < len(wanted):
            w, fields = wanted[i], report.get('fields', {})
            if w.get('form') not in (None, report.get('form')) or w.get('status') not in (None, 'accepted'):
                return True
            if any(f in fields and not same(v, fields[f]) for f, v in w.get('fields', {}).items()):
                return True
    return False


def rows_and_readings():
    """What the two files named on the command line hold, pair by pair; ends with 2 when they do not fit."""
    rows = [line.rstrip('\n').split('\t') for line in open(sys.argv[1], encoding='utf-8')
            if line.strip() and not line.startswith('#')]
    got = [json.loads(line) for line in open(sys.argv[2], encoding='utf-8') if line.strip()]
    if len(got) != len(rows):
        print(f"{len(got)} readings for {len(rows)} rows")
        sys.exit(2)
    return rows, got


def main():
    rows, got = rows_and_readings()
    good = lies = 0
    for (number, sender, text, expect), reading in zip(rows, got):
        want = json.loads(expect)
        bad = check(want, reading)
        lie = silent(want, reading)
        if len(reading.get('reply', '')) > 160:
            bad.append('reply over 160 characters')
        good += not bad
        lies += lie
        if bad and '-v' in sys.argv:
            print(f"{'MISREAD ' if lie else ''}{number} {sender[-4:]}: {text}")
            print("    " + "\n    ".join(bad))
    print(f"{good} of {len(rows)} read as expected ({100 * good / len(rows):.1f} %), {lies} silent misreadings")
    least = float(sys.argv[sys.argv.index('--at-least') + 1]) if '--at-least' in sys.argv else 100
    return 0 if rows and 100 * good >= least * len(rows) and not lies else 1


if __name__ == '__main__':
    sys.exit(main())
