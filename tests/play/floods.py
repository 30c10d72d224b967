#!/usr/bin/env python3
"""The flood table: what one phone makes others receive in a day, in a dozen ways, and whether its last true call for help
still goes out. Each way is a transcript made here and played by kabarctl; TAP, with the table as remarks.

usage: floods.py KABARCTL DATA    (DATA: tests/play/data)
"""
import os
import subprocess
import sys
import tempfile

KADER, BIDAN, STRANGER, PUSKESMAS = '+6281200000001', '+6281200000003', '+6281299999991', '+6281200000010'
NAMES = [a + b for a in ('SITI', 'WAR', 'SUM', 'LAST', 'YUN', 'DAR', 'KAR', 'MUR', 'PAR', 'TUM', 'RAT', 'END') for b in
         (' AMINAH', 'NI LESTARI', 'INI DEWI', 'RI WULAN', 'ITA SARI', 'MI ASIH', 'TI RAHAYU', 'SIH UTAMI', 'INEM', 'IYEM',
          'IK HANDAYANI', 'ANG PERTIWI', 'AH KUSUMA', 'UN HIDAYAH')]
HEAD = '''# a flood
clock 2024-08-15 08:00
import areas     {data}/areas.csv
import posyandu  {data}/posyandu.csv
import puskesmas {data}/puskesmas.csv
import people    {data}/people.csv
'''


def name(i):
    return NAMES[i % len(NAMES)] + ('' if i < len(NAMES) else ' ' + 'ABCDEFGHIJ'[i // len(NAMES)] * 3)


def day(i):
    return '%d/8/24' % (1 + i % 14)


def birth(i, grams=3100):
    return 'LAHIR#%s#%d#%s#L#%d#49#PKM#BIDAN#HIDUP' % (name(i), 20 + i % 15, day(i), grams)


def death(i, where=''):
    return 'MATI#IBU#%s#%d TH#%s#NIFAS#RS#PERDARAHAN%s' % (name(i), 20 + i % 15, day(i), where)


def verified(verb):
    """A birth that the puskesmas verified; then the kader wants it otherwise, again and again."""
    return ['%s: %s' % (KADER, birth(0)), '%s: VERIFIKASI L2408-0001' % PUSKESMAS] + [
        '%s: %s' % (KADER, verb(i)) for i in range(100)]


SICK = ('CAMPAK', 'DIFTERI', 'PERTUSIS', 'POLIO', 'TETANUS', 'DIARE', 'DBD', 'KOLERA', 'ANTRAKS', 'LEPTOSPIROSIS', 'MALARIA',
        'PNEUMONIA', 'KERACUNAN')


# name, who floods, messages, the most that others may receive
WAYS = [
    ('a stranger invents deaths', STRANGER, lambda i: death(i, '#DESA WONOCOYO'), 132, 80),
    ('a stranger cries for help, with words', STRANGER, lambda i: 'tolong ibu %s pendarahan di wonocoyo' % name(i).lower(),
     200, 80),
    ('a stranger cries TOLONG alone', STRANGER, lambda i: 'TOLONG' if i % 2 else 'TOLONG!', 100, 80),
    ('a stranger registers', STRANGER, lambda i: 'DAFTAR#BIDAN#%s#WONOCOYO' % name(i), 200, 20),
    ('a stranger chats', STRANGER, lambda i: 'mau tanya soal nomor %d dong kak' % i, 150, 0),
    ('a kader asks for codes', KADER, lambda i: 'GANTI NO 0812888%05d' % i, 300, 20),
    ('a kader tells light babies', KADER, lambda i: birth(i, 1500 + i), 150, 70),
    ('a kader tells deaths', KADER, death, 100, 150),
    ('a kader tells sick people of every kind', KADER,
     lambda i: 'SAKIT %s %d' % (SICK[i % len(SICK)], min(999, 2 ** (i // len(SICK)) * 5)), 100, 80),
    ('a kader weighs children who alarm', KADER,
     lambda i: 'TIMBANG %s IBU SRI L LAHIR %d/5/23 BB 5 TB 74' % (name(i).split()[0], 1 + i % 28), 100, 80),
    ('a kader tells danger signs', KADER, lambda i: 'HAMIL#%s#25#HPHT %d/3/24#PERDARAHAN' % (name(i), 1 + i % 28), 100, 85),
    ('a kader chats', KADER, lambda i: 'mau tanya soal nomor %d dong kak' % i, 150, 70),
    ('a kader tells deaths of another desa', KADER, lambda i: death(i, '#DESA NGLEBENG'), 100, 150),
    ('a kader corrects a verified report', KADER, lambda i: 'KOREKSI L2408-0001 BB %d' % (3000 + i), 100, 70),
    ('a kader cancels a verified report', KADER, lambda i: 'BATAL L2408-0001', 100, 70),
    ('a bidan corrects a report of a kader', BIDAN, lambda i: 'KOREKSI L2408-0001 BB %d' % (3000 + i), 100, 150),
]


def transcript(data, phone, message, count, before):
    lines = [HEAD.format(data=data)]
    lines += ['sms ' + line for line in before]
    lines.append('# --- flood')
    for i in range(count):
        lines.append('sms %s: %s' % (phone, message(i)))
        if i % 10 == 9:
            lines.append('wait 5m')
    lines.append('sms %s: tolong bu wati kejang kejang di wonocoyo' % phone)
    lines.append('wait 61m')
    return '\n'.join(lines) + '\n'


def play(kabarctl, text):
    with tempfile.NamedTemporaryFile('w', suffix='.play', delete=False) as out:
        out.write(text)
    run = subprocess.run([kabarctl, 'play', '--show', out.name], capture_output=True, text=True)
    os.unlink(out.name)
    return run.returncode, run.stdout


def main():
    kabarctl, data = sys.argv[1], os.path.abspath(sys.argv[2])
    rows = []
    for number, (title, phone, message, count, most) in enumerate(WAYS, 1):
        before = ['%s: %s' % (KADER, birth(0)), '%s: VERIFIKASI L2408-0001' % PUSKESMAS] if 'report' in title else []
        status, shown = play(kabarctl, transcript(data, phone, message, count, before))
        sent = [line.split('\t') for line in shown.split('# --- flood', 1)[-1].split('\n') if line.startswith('\t')]
        others = [row for row in sent if len(row) > 2 and row[1] != phone]
        helped = any('kejang' in row[2] for row in others)
        flood = len([row for row in others if 'kejang' not in row[2]])
        good = status == 0 and flood <= most and helped
        print('%sok %d - %s: %d messages, %d SMS to others (most %d)%s' % ('' if good else 'not ', number, title, count, flood,
              most, '' if helped else ', THE CALL FOR HELP DID NOT GO OUT'))
        rows.append((title, count, flood, most, helped))
    print('1..%d' % len(WAYS))
    for title, count, flood, most, helped in rows:
        print('# %-42s %4d messages %4d SMS to others, most %4d, help %s' % (title, count, flood, most, 'goes out' if helped
              else 'LOST'))
    return 0


sys.exit(main())
