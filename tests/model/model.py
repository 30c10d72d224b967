#!/usr/bin/env python3
"""Conversations at random against an oracle written from the rules: what is counted is what the rules say.

usage: model.py KABARCTL [--sequences N] [--seed N] [--show] [--only SEED]

Each sequence has a kabupaten of its own: a desa with two posyandu, two kader, a bidan, a puskesmas, a dinkes and a
stranger. Three of their phones send 3 to 12 messages: births whole, two in one SMS and with something missing, sessions
with other figures, NIHIL, answers, words that answer nothing, cancellations, corrections of one's own, practice, deaths,
calls for help, questions, chat, referrals and pregnancies of the same women, USSD whole and cut off, and
officers who verify, refuse, correct and approve between a question and its answer. `kabarctl play` runs many
sequences side by side on one virtual clock; after each step the reports in its store are compared with the oracle:
the same births and sessions are counted, with the same values; no name in the store is anything but a name that was
told; what was told completely is counted, or stands behind the telling that is. A sequence that differs is made
short and printed as a transcript.
"""
import argparse
import glob
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from oracle import FIGURES, NAMES, Oracle, second

SIDE_BY_SIDE = 60
START = "2024-08-15 08:00"
BIRTH = "LAHIR#{name}#25#14/8/24#{jk}3000#48#PKM#BIDAN#HIDUP"
POS = "POS S{0} K{1} D{2} N{3}"
WORDS = ["ok", "yang kedua", "salah", "sudah benar", "lanjut", "jangan", "salah bu", "2"]
CHAT = ["besok jadi posyandu bu", "bu bidan ada di rumah", "terima kasih bu", "ok", "sinyal jelek bu", "siap bu"]
QUESTIONS = ["JML LAHIR", "REKAP", "CEK SAYA", "BANTUAN", "LAHIR ?", "BELUM LAPOR", "AKI 2024"]
DIAL = ["*355#", "1", "{name}", "25", "3", "14/8", "1", "1", "3000", "48", "{pkm}", "{bidan}", "1", "1"]
ROLES = ["kader1", "kader2", "bidan", "puskesmas", "dinkes", "stranger"]
REPORTERS = ["kader1", "kader2", "bidan"]


class Place:
    """Where a sequence happens: its codes and phones."""

    def __init__(self, index):
        self.kabupaten = "35.%02d" % (10 + index)
        self.desa = self.kabupaten + ".01.2001"
        self.phones = {role: "+62812%05d%02d" % (10 + index, i) for i, role in enumerate(ROLES)}

    def posyandu(self, role):
        return self.desa + (".002" if role == "kader2" else ".001")


def write_world(folder, count):
    areas, posyandu, people = ["code,parent,level,name", "35,,provinsi,Jawa Timur"], ["id,name,area"], [
        "phone,name,role,area,posyandu,language"]
    for i in range(count):
        place = Place(i)
        word = "".join("bdgjklmnprst"[(i // 4 ** k) % 12] + "aiuo"[(i + k) % 4] for k in range(4)).capitalize()
        areas += ["%s,35,kabupaten,Kabupaten %sraya" % (place.kabupaten, word),
                  "%s.01,%s,kecamatan,%swetan" % (place.kabupaten, place.kabupaten, word),
                  "%s,%s.01,desa,%sjati" % (place.desa, place.kabupaten, word)]
        posyandu += ["%s.001,MELATI,%s" % (place.desa, place.desa), "%s.002,KENANGA,%s" % (place.desa, place.desa)]
        where = {"bidan": place.desa, "puskesmas": place.kabupaten + ".01", "dinkes": place.kabupaten}
        for role, phone in place.phones.items():
            if role != "stranger":
                people.append("%s,%s ORANG,%s,%s,%s,id" % (
                    phone, role.upper().rstrip("12"), role.rstrip("12"), where.get(role, place.desa),
                    place.posyandu(role) if role.startswith("kader") else ""))
    for name, lines in (("areas", areas), ("posyandu", posyandu), ("people", people)):
        with open(os.path.join(folder, name + ".csv"), "w") as out:
            out.write("\n".join(lines) + "\n")


class World:
    """`kabarctl play` at the other end of two pipes, and its store."""

    def __init__(self, kabarctl, count):
        base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = tempfile.mkdtemp(prefix="kabar-model-", dir=base)
        write_world(self.folder, count)
        self.process = subprocess.Popen(
            [kabarctl, "play", "--show", "/dev/stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, env=dict(os.environ, TMPDIR=self.folder))
        self.say(["clock " + START] + ["import %s %s/%s.csv" % (what, self.folder, what)
                                       for what in ("areas", "posyandu", "people")])
        self.store = sqlite3.connect("file:%s?mode=ro" % self.find_store(), uri=True)

    def find_store(self):
        found = [f for f in glob.glob(self.folder + "/**/*.db", recursive=True)]
        return found[0]

    def say(self, lines):
        """Runs the lines; the answers by phone."""
        heard = {}
        self.process.stdin.write("\n".join(lines) + "\nwait 0s\n")
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line.startswith("\t"):
                _, phone, text = line.rstrip("\n").split("\t", 2)
                heard.setdefault(phone, []).append(text)
            elif line == "wait 0s\n":
                return heard
            elif line.rstrip("\n") not in lines and not line.startswith("#"):
                raise RuntimeError("kabarctl play: " + line)
        raise RuntimeError("kabarctl play ended")

    def reports(self):
        rows = {}
        for row in self.store.execute(
                "SELECT kabupaten, ref, form, status, sender, posyandu, fields, training, date FROM reports ORDER BY id"):
            rows.setdefault(row[0], []).append(dict(zip(
                ("ref", "form", "status", "sender", "posyandu", "fields", "training", "date"), row[1:]),
                fields=json.loads(row[6])))
        return rows

    def close(self):
        self.store.close()
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def steps_of(rng):
    """One sequence: who sends what. Everything that depends on answers is settled when it is sent."""
    phones = rng.sample(REPORTERS, rng.choice((1, 2, 2))) + rng.sample(["puskesmas", "dinkes", "stranger"], 1)
    phones = (phones + rng.sample([r for r in ROLES if r not in phones], 1))[:3]
    names = rng.sample(NAMES, rng.choice((1, 2, 2, 3)))
    steps = []
    for _ in range(rng.randint(3, 12)):
        who = rng.choice([p for p in phones if p in REPORTERS] * 3 + phones)
        kinds = KINDS_REPORTER if who in REPORTERS else KINDS_OFFICER if who in ("puskesmas", "dinkes") else \
            KINDS_STRANGER
        kind = rng.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        steps.append((kind, who, rng.choice(names), rng.randrange(1000)))
    return steps


KINDS_REPORTER = [("birth", 14), ("part", 10), ("sex", 12), ("yes", 12), ("no", 5), ("cancel", 8), ("pos", 16),
                  ("nihil_pos", 5), ("nihil", 2), ("chat", 4), ("ask", 4), ("help", 2), ("death", 2), ("practice", 3),
                  ("dial", 4), ("cut", 3), ("two", 5), ("words", 6), ("own_correct", 5), ("refer", 4), ("pregnant", 4)]
KINDS_OFFICER = [("verify", 8), ("refuse", 6), ("correct", 8), ("approve", 8), ("ask", 4), ("chat", 2), ("yes", 2),
                 ("cancel_ref", 4), ("no", 1)]
KINDS_STRANGER = [("birth", 6), ("help", 2), ("death", 2), ("chat", 3), ("yes", 2), ("sex", 2), ("ask", 1)]


def counted(report):
    return report["status"] in ("accepted", "verified") and not report["training"]


def ref_of(reports, name):
    """The report that officers see: the one that counts, else the newest of that name."""
    mine = [r for r in reports if r["fields"].get("ibu") == name and not r["training"] and r["form"] == "lahir"]
    best = [r for r in mine if counted(r)] or mine[-1:]
    return best[0]["ref"] if best else None


def lines_of(step, place, reports, oracle):
    """What goes over the air; no lines: there is nothing that could be meant."""
    kind, who, name, dice = step
    phone = place.phones[who]
    ref = ref_of(reports, name)
    text = {
        "birth": lambda: BIRTH.format(name=name, jk="L#"), "part": lambda: BIRTH.format(name=name, jk=""),
        "practice": lambda: "LATIH " + BIRTH.format(name=name, jk="L#"),
        "sex": lambda: "L", "yes": lambda: ("YA", "ya bu", "iya")[dice % 3], "no": lambda: "TIDAK",
        "cancel": lambda: "BATAL", "pos": lambda: POS.format(*FIGURES[dice % 3]),
        "nihil_pos": lambda: "POS NIHIL hujan", "nihil": lambda: "NIHIL MATI", "chat": lambda: CHAT[dice % len(CHAT)],
        "ask": lambda: QUESTIONS[dice % len(QUESTIONS)], "help": lambda: "TOLONG",
        "death": lambda: "innalillahi bu karsinem meninggal tadi pagi di rumah",
        "verify": lambda: "VERIFIKASI " + ref, "refuse": lambda: "TOLAK %s salah catat" % ref,
        "correct": lambda: "KOREKSI %s BB %d" % (ref, 3100 + dice % 5 * 20), "approve": lambda: "SETUJU " + ref,
        "cancel_ref": lambda: "BATAL " + ref,
        "two": lambda: "\\n".join(BIRTH.format(name=one, jk="L#") for one in (name, second(name, dice))),
        "words": lambda: WORDS[dice % len(WORDS)],
        "refer": lambda: "RUJUK#%s#RSUD" % name, "pregnant": lambda: "HAMIL#%s#UK %d" % (name, 20 + dice % 3),
        "own_correct": lambda: "KOREKSI %s BB %d" % (ref, 3200 + dice % 5 * 20),
    }
    if kind in ("verify", "refuse", "correct", "approve", "cancel_ref") and ref is None:
        return []
    if kind == "own_correct" and (ref is None or not oracle.may_correct(phone, name)):
        return []
    if kind in ("pos", "nihil_pos") and who == "bidan":
        return []
    dial = DIAL[:1] + ["2"] * (len(oracle.kept(phone)) > 0) + DIAL[1:]
    if kind == "dial":
        return ["ussd %s: %s" % (phone, key.format(name=name, pkm=4, bidan=2)) for key in dial]
    if kind == "cut":
        return ["ussd %s: %s" % (phone, key.format(name=name)) for key in dial[:-8] + ["END"]]
    return ["sms %s: %s" % (phone, text[kind]())]


class Sequence:
    def __init__(self, seed, place, steps=None):
        self.seed, self.place = seed, place
        self.steps = steps_of(random.Random(seed)) if steps is None else steps
        self.oracle = Oracle()
        self.said, self.wrong = [], None

    def judge(self, reports):
        """What the store counts against what the oracle counts."""
        have = sorted((r["fields"].get("ibu"), int(r["fields"]["berat"])) for r in reports
                      if r["form"] == "lahir" and counted(r) and "nihil" not in r["fields"])
        want = sorted(self.oracle.births())
        if have != want:
            return "births: counted %s, the rules say %s" % (have, want)
        have = sorted((r["sender"], figures_of(r)) for r in reports if r["form"] == "pos" and counted(r))
        want = sorted(self.oracle.sessions())
        if have != want:
            return "sessions: counted %s, the rules say %s" % (have, want)
        for r in reports:
            told = r["fields"].get("ibu")
            if told is not None and told not in NAMES:
                return "%s has the name %s, which nobody told" % (r["ref"], told)
        return None


def figures_of(report):
    fields = report["fields"]
    if fields.get("diadakan") == "TIDAK":
        return FIGURES[3]
    return tuple(int(fields.get(key, -1)) for key in "skdn")


def run(kabarctl, sequences, show=False):
    """Runs sequences side by side; each of them knows afterwards whether it was wrong."""
    world = World(kabarctl, len(sequences))
    try:
        for number in range(max(len(s.steps) for s in sequences)):
            reports = world.reports()
            sent, lines = [], []
            for sequence in sequences:
                if number >= len(sequence.steps) or sequence.wrong:
                    continue
                step = sequence.steps[number]
                own = lines_of(step, sequence.place, reports.get(sequence.place.kabupaten, []),
                               sequence.oracle)
                if own:
                    sent.append((sequence, step))
                    lines += own
                    sequence.said += own + ["wait 2m"]
            heard = world.say(lines + ["wait 2m"])
            reports = world.reports()
            for sequence, step in sent:
                place = sequence.place
                answers = heard.get(place.phones[step[1]], [])
                mine = reports.get(place.kabupaten, [])
                alarms = [t for t in heard.get(place.phones["bidan"], []) + heard.get(place.phones["puskesmas"], [])
                          if t.startswith("DARURAT")]
                sequence.wrong = sequence.oracle.take(step, place.phones[step[1]], answers, mine, alarms) or \
                    sequence.judge(mine)
                sequence.said += ["#\t" + t.replace("\n", " ") for t in answers[-1:]]
                if show:
                    print("\n".join(sequence.said[-3:-2] + ["\t" + t for t in answers]))
                if sequence.wrong:
                    sequence.said.append("# " + sequence.wrong)
    finally:
        world.close()


def shorten(kabarctl, sequence):
    """Leaves steps out as long as it stays wrong."""
    best, at = sequence, 0
    while at < len(best.steps):
        attempt = Sequence(best.seed, Place(0), best.steps[:at] + best.steps[at + 1:])
        if attempt.steps:
            run(kabarctl, [attempt])
        if attempt.wrong:
            best = attempt
        else:
            at += 1
    return best


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kabarctl")
    parser.add_argument("--sequences", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, help="the one sequence of this seed, with what is answered")
    parser.add_argument("--most", type=int, default=3, help="stop after so many that differ")
    parser.add_argument("--kinds", help="what reporters send, with commas between: these kinds alone")
    options = parser.parse_args()
    if options.kinds:
        KINDS_REPORTER[:] = [each for each in KINDS_REPORTER if each[0] in options.kinds.split(",")]
    if options.only is not None:
        sequence = Sequence(options.only, Place(0))
        run(options.kabarctl, [sequence], show=True)
        print("# " + (sequence.wrong or "as the rules say"))
        return 1 if sequence.wrong else 0
    wrong, done, messages = [], 0, 0
    while done < options.sequences and len(wrong) < options.most:
        batch = [Sequence(options.seed * 1000003 + done + i, Place(i))
                 for i in range(min(SIDE_BY_SIDE, options.sequences - done))]
        run(options.kabarctl, batch)
        done += len(batch)
        messages += sum(len(s.steps) for s in batch)
        wrong += [s for s in batch if s.wrong]
    for sequence in wrong[:options.most]:
        best = shorten(options.kabarctl, sequence)
        print("# seed %d\n%s" % (sequence.seed, "\n".join(best.said)))
    print("# %d sequences, %d messages, %d differ" % (done, messages, len(wrong)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
