#!/usr/bin/env python3
"""Scores readings against what must alarm and what must not.   cries.py CRIES.tsv READINGS.jsonl [-v]
The fourth column: `mati` (a death is told; NAME: the one who died), `darurat` (a cry for help), `alarm` (either), `tenang` (neither).
A death and a cry both alarm: one told as the other is heard all the same, and counted apart.
Exit: 0 all as expected, 1 not, 2 the files do not fit each other."""
import sys

from score import rows_and_readings


def deaths(got):
    """Reports that alarm as a death: none of `none this month`, of practice, of an everyday death."""
    return [r for r in got.get('reports') or []
            if r['form'] == 'mati' and r.get('status') != 'refused' and not r.get('training')
            and 'nihil' not in r['fields'] and r['fields'].get('jenis') != 'LAIN']


def heard(got):
    if got.get('training'):
        return 'tenang'
    if got['intent'] == 'emergency' or got.get('emergency'):
        return 'darurat'
    if deaths(got):
        return 'mati'
    if any(r['form'] == 'sakit' and r['status'] == 'accepted' for r in got.get('reports') or []):
        return 'besides'  # an outbreak alarms by itself
    return 'besides' if 'besides' in got else 'tenang'


def judge(want, got):
    """'' as expected, 'silent', 'false', 'otherwise' (heard, as the other kind), 'name'."""
    kind, _, name = want.partition(' ')
    came = heard(got)
    if kind == 'tenang':
        return '' if came == 'tenang' else 'false'
    if came == 'tenang':
        return 'silent'
    if name and not any(name in (r['fields'].get('nama', '') + ' ' + r['fields'].get('ibu', '')).split()
                        for r in deaths(got)):
        return 'name'
    return '' if came in (kind, 'besides') or kind == 'alarm' else 'otherwise'


def main():
    rows, got = rows_and_readings()
    counts = dict.fromkeys(('', 'silent', 'false', 'otherwise', 'name'), 0)
    for (number, sender, text, want), reading in zip(rows, got):
        verdict = judge(want, reading)
        counts[verdict] += 1
        if verdict and '-v' in sys.argv:
            print(f"{verdict} {number} {sender[-4:]}: {text}   (want {want}, came {heard(reading)})")
    print(f"{counts['']} of {len(rows)} as expected; {counts['silent']} heard by nobody, {counts['false']} false alarms, "
          f"{counts['otherwise']} heard as the other kind, {counts['name']} of somebody else")
    return 0 if counts[''] == len(rows) else 1


if __name__ == '__main__':
    sys.exit(main())
