#!/usr/bin/env python3
"""Random months of a kabupaten as a transcript, with what the independent count expects at every level and period.

months.py SEED DIRECTORY AREAS.csv [--months N] [--steps N] [--fault NAME]: writes DIRECTORY/SEED.play and its lists.
"""
import argparse
import copy
import datetime
import os
import random
import sys

import rules
import world as places
from rules import Report

DAY = datetime.timedelta(days=1)


class Months:
    def __init__(self, args):
        self.random = random.Random(args.seed)
        self.args = args
        self.world = places.World()
        self.oracle = rules.Oracle(self.world, args.fault)
        self.lines, self.used, self.compared = [], {}, 0
        with open(args.areas) as rows:
            self.desa = [row.split(",")[0] for row in rows if ",desa," in row]
        year, month = self.random.choice([(2023, 11), (2023, 12), (2024, 1), (2024, 5), (2024, 8), (2024, 10)])
        self.start = self.now = datetime.datetime(year, month, 1, 8, 0)
        self.stop = self.now + datetime.timedelta(days=30 * args.months)

    # writing --------------------------------------------------------------------------------------------------

    def say(self, line):
        self.lines.append(line)

    def ussd(self, phone, *keys):
        for key in keys:
            self.say("ussd %s: %s" % (phone, key))
        self.wait(self.random.randint(11, 40))

    def sms(self, phone, text):
        self.say("sms %s: %s" % (phone, text))
        self.wait(self.random.randint(11, 40))

    def wait(self, minutes):
        self.say("wait %dm" % minutes)
        self.now += datetime.timedelta(minutes=minutes)
        if (self.now + datetime.timedelta(hours=3)).day != self.now.day:
            self.wait(240) # what day it is, is a matter of the seconds that messages take

    def day_text(self, date):
        return "%d/%d/%02d" % (date.day, date.month, date.year % 100)

    # picking --------------------------------------------------------------------------------------------------

    def chance(self, share):
        return self.random.random() < share

    def pick(self, items):
        items = list(items)
        return self.random.choice(items) if items else None

    def name(self):
        """One that nobody had within the weeks around."""
        free = [n for n in places.NAMES if (self.now - self.used.get(n, datetime.datetime(2000, 1, 1))).days > 25]
        name = self.pick(free)
        if name:
            self.used[name] = self.now
        return name

    def recent_day(self, most=12):
        return (self.now - datetime.timedelta(days=self.random.randint(1, most))).date()

    def report(self, form, teller, desa, date, **values):
        report = Report(None, None, form, teller, self.now, **values)
        report.desa, report.date = desa, date
        return report

    # births ---------------------------------------------------------------------------------------------------

    def birth_text(self, r, home):
        jk = "" if "jk" in r.missing else "#" + r.v["jk"]
        where = "#DESA " + places.DESA[r.desa] if home else ""
        return "LAHIR#%s#25#%s%s#%d#48#PKM#%s#HIDUP%s" % (
            r.v["who"], self.day_text(r.date), jk, r.v["berat"], r.v["penolong"], where)

    def birth_keys(self, r):
        """The same on the screen: the day is written, all else is chosen or typed."""
        helper = ("DOKTER", "BIDAN", "PERAWAT", "DUKUN").index(r.v["penolong"]) + 1
        return ("*355#", "1", r.v["who"], "25", "3", self.day_text(r.date), "1", "LP".index(r.v["jk"]) + 1, r.v["berat"], "48",
                "4", helper, "1", "1")

    def named(self, teller, desa):
        """Must the desa be written: it is not the teller's only one?"""
        person = self.world.people.get(teller)
        return person is None or person.areas != [desa]

    def birth(self):
        desa, name = self.pick(places.DESA), self.name()
        if not name:
            return
        teller = self.pick(self.world.of(desa, "kader", "bidan")).phone
        if self.chance(0.12):
            teller = self.pick(p for p in self.world.people.values() if p.role in ("kader", "bidan")).phone
        r = self.report("lahir", teller, desa, self.recent_day(), who=name, jk=self.pick("LP"),
                        berat=self.random.randrange(1900, 4000, 50),
                        penolong=self.pick(("BIDAN", "BIDAN", "DOKTER", "DUKUN")))
        if self.chance(0.12) and not self.named(teller, desa) and not self.waits(teller):
            return self.unfinished_birth(r)
        text = self.birth_text(r, self.named(teller, desa))
        told = self.oracle.tell(r, self.now)
        if self.chance(0.3) and not self.named(teller, desa) and not self.waits(teller):
            self.ussd(teller, *self.birth_keys(r))
        else:
            self.sms(teller, text)
        if told.status() == "held" and self.chance(0.6):
            midwife = self.pick(p for p in self.world.of(desa, "bidan"))
            if self.chance(0.7):
                told.standing = "verifier"
                how, other = self.oracle.find_event(told)
                if how in ("same", "perhaps"):
                    told.link, told.head = "same", other
                self.sms(midwife.phone, "SETUJU " + told.ref)
            else:
                self.oracle.end(told, "refused", midwife.phone)
                self.sms(midwife.phone, "TOLAK %s bukan warga sini" % told.ref)

    def waits(self, teller):
        """Of two that wait it would be asked which is meant."""
        return any(r.teller == teller and r.open() and (self.now - r.received).days < 2 for r in self.oracle.reports)

    def unfinished_birth(self, r):
        r.missing = {"jk"}
        text = self.birth_text(r, False)
        self.oracle.tell(r, self.now)
        self.sms(r.teller, text)
        way = self.random.random()
        if way < 0.5:
            self.oracle.complete(r)
            self.sms(r.teller, r.v["jk"])
        elif way < 0.8:
            decider = self.world.decider(r.desa).phone
            if not self.oracle.verify(r):
                self.sms(decider, "VERIFIKASI " + r.ref)
                self.oracle.complete(r)
                if not r.kept_back():
                    self.oracle.verify(r)
                self.sms(decider, r.v["jk"])
            else:
                self.sms(decider, "VERIFIKASI " + r.ref)
        elif way < 0.92: # a day later nothing is asked any more
            self.wait(25 * 60)
            if self.oracle.fault == "expired-answers":
                self.oracle.complete(r)
            self.sms(r.teller, r.v["jk"])

    def birth_again(self):
        first = self.pick(r for r in self.oracle.reports if r.form == "lahir" and r.counted() and
                          r.link != "different" and (self.now - r.received).days < 10 and r.v.get("jk"))
        if not first:
            return
        teller = self.pick(p for p in self.world.of(first.desa, "kader", "bidan")).phone
        if self.chance(0.3):
            teller = first.teller
        if teller == first.teller and any(r.teller == teller and r.open() for r in self.oracle.reports):
            return
        r = self.report("lahir", teller, first.desa, first.date, **copy.deepcopy(first.v))
        how = self.random.random()
        if how < 0.35:
            r.v["berat"] = first.v["berat"] + self.pick((-100, 100, 50))
        elif how < 0.55:
            r.v["berat"] = first.v["berat"] + self.pick((-300, 300, 450))
        elif how < 0.65:
            r.v["jk"] = "P" if first.v["jk"] == "L" else "L"
        elif how < 0.75:
            r.date = first.date - DAY * self.random.randint(0, 2)
        told = self.oracle.tell(r, self.now)
        self.sms(teller, self.birth_text(r, self.named(teller, r.desa)))
        if told is not r or r.link != "same":
            return
        way = self.random.random()
        if way < 0.25:
            self.oracle.different(r)
            self.sms(teller, "BEDA")
        elif way < 0.5 and self.oracle.may_replace(teller, r.head, self.now):
            self.oracle.replace(r)
            self.sms(teller, "GANTI")

    def outcome(self):
        r = self.pick(r for r in self.oracle.reports if r.form == "lahir" and r.counted() and not r.link)
        if not r:
            return
        midwife = self.pick(self.world.of(r.desa, "bidan")).phone
        born = dict(r.v)
        r.form, r.missing = "mati", set() if born.get("uk") else {"uk"}
        r.v = dict(born, jenis="LAHIRMATI")
        self.sms(midwife, "KOREKSI %s LUARAN MATI" % r.ref)
        if self.chance(0.5):
            decider = self.world.decider(r.desa).phone
            if r.missing:
                self.oracle.complete(r)
                self.sms(decider, "KOREKSI %s UK 36" % r.ref)
            born["uk"] = 36
            if r.kept_back():
                return
        if self.chance(0.4):
            waited = bool(r.missing)
            r.form, r.v, r.missing = "lahir", born, set()
            if waited: # it is whole only now
                self.oracle.complete(r)
            self.sms(midwife, "KOREKSI %s LUARAN HIDUP" % r.ref)

    # deaths ---------------------------------------------------------------------------------------------------

    def death_text(self, r, home):
        v, day = r.v, self.day_text(r.date)
        where = "#DESA " + places.DESA[r.desa] if home else ""
        if v["jenis"] == "IBU":
            return "MATI#IBU#%s#30 TH#%s#NIFAS#RS#%s%s" % (v["who"], day, v["sebab"], where)
        if v["jenis"] == "LAHIRMATI":
            return "MATI#LAHIRMATI#%s#%s#UK 36#PKM%s" % (v["who"], day, where)
        if v["jenis"] == "WUS":
            return "MATI#WUS#%s#28 TH#%s%s" % (v["who"], day, where)
        age = "" if "umur" in r.missing else "#" + self.age_text(v["days"])
        return "MATI#%s#%s%s#%s#RS#DIARE%s" % (v["jenis"], v["who"], age, day, where)

    def age_text(self, days):
        return "%d HR" % days if days < 60 else "%d BLN" % (days // 30)

    def death(self):
        desa, name = self.pick(places.DESA), self.name()
        if not name:
            return
        people = self.world.of(desa, "kader", "bidan")
        teller = self.pick(people).phone
        if self.chance(0.3):
            teller = "+62899000%05d" % self.random.randrange(100000)
        elif self.chance(0.15):
            teller = self.pick(p for p in self.world.people.values() if p.role == "kader").phone
        jenis = self.pick(("IBU", "IBU", "BAYI", "BAYI", "BALITA", "LAHIRMATI", "WUS"))
        values = {"who": name, "jenis": jenis}
        if jenis == "IBU":
            values.update(sebab=self.pick(("PERDARAHAN", "EKLAMPSIA", "KECELAKAAN")), nifas=None)
        if jenis == "BAYI":
            values["days"] = self.pick((0, 1, 6, 7, 20, 28, 29, 40, 59, 150, 330))
        if jenis == "BALITA":
            values["days"] = self.pick((390, 600, 900))
        r = self.report("mati", teller, desa, self.recent_day(), **values)
        if jenis == "BAYI" and teller in self.world.people and self.chance(0.3):
            r.missing = {"umur"}
        text = self.death_text(r, self.named(teller, desa))
        told = self.oracle.tell(r, self.now)
        self.sms(teller, text)
        if told is r and self.chance(0.4):
            self.death_again(r)
        if self.chance(0.5):
            self.decide_death(told)

    def death_again(self, first):
        way = self.random.random()
        if first.missing:
            return
        if way < 0.4:
            teller = self.pick(self.world.of(first.desa, "kader", "bidan")).phone
        elif way < 0.7:
            teller = "+62899000%05d" % self.random.randrange(100000)
        else:
            teller = first.teller
        r = self.report("mati", teller, first.desa, first.date, **copy.deepcopy(first.v))
        told = self.oracle.tell(r, self.now)
        self.sms(teller, self.death_text(r, self.named(teller, r.desa)))
        if told is r and r.link == "same" and self.chance(0.25):
            self.oracle.different(r)
            self.sms(teller, "BEDA")

    def decide_death(self, r):
        if r.ended or r.link == "same":
            return
        decider = self.world.decider(r.desa).phone
        if r.missing:
            if self.chance(0.4):
                hand = self.pick(("NEONATAL_EARLY", "POSTNEONATAL"))
                self.oracle.verify(r, hand)
                self.sms(decider, "VERIFIKASI %s %s" % (r.ref, hand))
                return
            asked = not self.oracle.verify(r)
            self.sms(decider, "VERIFIKASI " + r.ref)
            if asked and self.chance(0.7):
                self.oracle.complete(r)
                if not r.kept_back():
                    self.oracle.verify(r)
                self.sms(decider, self.age_text(r.v["days"]))
            return
        if r.v["jenis"] == "IBU" and self.chance(0.5):
            if self.chance(0.5):
                hand = self.pick(("MATERNAL", "NOT_MATERNAL", "MATERNAL_LATE"))
                self.oracle.verify(r, hand)
                self.sms(decider, "VERIFIKASI %s %s" % (r.ref, hand))
            elif r.counted() and not r.hand:
                r.v["nifas"] = self.pick((3, 42, 43, 60))
                self.sms(decider, "KOREKSI %s NIFAS %d" % (r.ref, r.v["nifas"]))
            return
        self.oracle.verify(r)
        self.sms(decider, "VERIFIKASI " + r.ref)

    # sessions -------------------------------------------------------------------------------------------------

    def session_text(self, r):
        v = r.v
        return "POS %s %s S%d K%d D%d N%d" % (
            places.POSYANDU[r.posyandu], self.day_text(r.date), v["s"], v["k"], v["d"], v["n"])

    def session_new(self, posyandu, teller, date, **values):
        r = self.report("pos", teller, posyandu[:13], date, **values)
        r.posyandu = posyandu
        return r

    def figures(self):
        s = self.random.randint(28, 34)
        d = self.random.randint(18, s)
        return {"s": s, "k": self.random.randint(20, s), "d": d, "n": self.random.randint(8, d)}

    def session(self):
        posyandu = self.pick(p for p in places.POSYANDU if p not in self.world.closed)
        teller = self.pick(self.world.of(posyandu[:13], "kader", "bidan")).phone
        r = self.session_new(posyandu, teller, self.recent_day(25), **self.figures())
        told = self.oracle.tell(r, self.now)
        own = self.world.people[teller].posyandu == posyandu
        if own and self.chance(0.35) and not self.waits(teller):
            v = r.v
            self.ussd(teller, "*355#", "3", "3", self.day_text(r.date), v["s"], v["k"], v["d"], v["n"], "1")
        else:
            self.sms(teller, self.session_text(r))
        if told.link == "replaces":
            self.session_answer(r)

    def session_again(self):
        first = self.pick(r for r in self.oracle.reports if r.form == "pos" and r.counted() and not r.v.get("none")
                          and r.posyandu not in self.world.closed and (self.now - r.received).days < 40)
        if not first:
            return
        teller = self.pick(self.world.of(first.desa, "kader", "bidan")).phone
        r = self.session_new(first.posyandu, teller, first.date, **self.figures())
        told = self.oracle.tell(r, self.now)
        self.sms(teller, self.session_text(r))
        if told.link == "replaces":
            self.session_answer(r)

    def session_answer(self, r):
        way = self.random.random()
        if way < 0.25:
            other = self.pick(self.world.of(r.desa, "kader", "bidan")).phone
            third = self.session_new(r.posyandu, other, r.date, **self.figures())
            self.oracle.tell(third, self.now)
            self.sms(other, self.session_text(third))
            r = third
            if r.link != "replaces":
                return
        elif way < 0.35:
            r.v["d"] = r.v["n"]
            self.sms(r.teller, "KOREKSI %s D %d" % (r.ref, r.v["d"]))
        elif way < 0.5:
            self.oracle.verify(r)
            self.sms(self.world.decider(r.desa).phone, "VERIFIKASI " + r.ref)
            return
        if self.chance(0.15): # a session of one day is one: it is asked again
            self.sms(r.teller, "BEDA")
        way = self.random.random()
        if way < 0.5 and self.oracle.may_replace(r.teller, r.head, self.now):
            self.oracle.replace(r)
            self.sms(r.teller, "YA")
        elif way < 0.7:
            self.oracle.keep(r)
            self.sms(r.teller, "TIDAK")
        elif way < 0.8 and not self.waits(r.teller): # nor is this
            self.wait(25 * 60)
            if self.oracle.fault == "expired-answers":
                self.oracle.replace(r)
            self.sms(r.teller, "YA")

    def none_held(self):
        posyandu = self.pick(p for p in places.POSYANDU if p not in self.world.closed)
        teller = [p for p in self.world.people.values() if p.posyandu == posyandu][0].phone
        if self.now.day <= 6:
            return
        r = self.session_new(posyandu, teller, self.now.date(), none=True)
        told = self.oracle.tell(r, self.now)
        self.sms(teller, "POS NIHIL")
        if told.link == "replaces":
            self.session_answer_simple(r)

    def session_answer_simple(self, r):
        if self.chance(0.5) and self.oracle.may_replace(r.teller, r.head, self.now):
            self.oracle.replace(r)
            self.sms(r.teller, "YA")
        else:
            self.oracle.keep(r)
            self.sms(r.teller, "TIDAK")

    def ilp(self):
        posyandu = self.pick(p for p in places.POSYANDU if p not in self.world.closed)
        teller = self.pick(self.world.of(posyandu[:13], "kader", "bidan")).phone
        groups = [self.random.randint(1, 30) for _ in range(8)]
        r = self.session_new(posyandu, teller, self.recent_day(20), groups=groups)
        r.form = "ilp"
        told = self.oracle.tell(r, self.now)
        self.sms(teller, "ILP %s %s %s" % (places.POSYANDU[posyandu], self.day_text(r.date), " ".join(map(str, groups))))
        if told.link == "replaces":
            self.session_answer_simple(r)

    # what happens to reports ----------------------------------------------------------------------------------

    def correct(self):
        r = self.pick(r for r in self.oracle.reports if r.counted() and r.form in ("lahir", "pos") and
                      not r.v.get("none"))
        if not r:
            return
        who = r.teller if self.chance(0.5) and self.oracle.may_change(r.teller, r, self.now) else self.pick(
            self.world.of(r.desa, "bidan")).phone
        if self.chance(0.35):
            return self.correct_day(r, who)
        if r.form == "lahir":
            r.v["berat"] = self.random.randrange(1900, 4000, 50)
            self.sms(who, "KOREKSI %s BB %d" % (r.ref, r.v["berat"]))
        else:
            r.v["n"] = self.random.randint(1, r.v["d"])
            self.sms(who, "KOREKSI %s N %d" % (r.ref, r.v["n"]))

    def correct_day(self, r, who):
        old, r.date = r.date, r.date - DAY * self.random.randint(1, 20)
        how, _other = self.oracle.find_event(r, True)
        self.sms(who, "KOREKSI %s TGL %s" % (r.ref, self.day_text(r.date)))
        if how in ("same", "perhaps", "figures"):
            if self.oracle.fault != "correction-uncompared":
                r.date = old
            self.sms(who, "TIDAK")
        else:
            self.oracle.moved(r)

    def cancel(self):
        r = self.pick(r for r in self.oracle.reports if r.form in ("lahir", "pos", "ilp") and not r.ended and not r.practice and
                      r.status() != "held" and not r.open() and self.oracle.may_change(r.teller, r, self.now))
        if not r:
            return
        self.sms(r.teller, "BATAL " + r.ref)
        if r.counted() and self.chance(0.35):
            decider = self.world.decider(r.desa).phone
            self.oracle.verify(r)
            self.sms(decider, "VERIFIKASI " + r.ref)
            if self.oracle.may_change(r.teller, r, self.now):
                return self.sms(r.teller, "TIDAK")
            r.request = self.now
            if self.oracle.fault == "cancel-verified":
                self.oracle.end(r, "cancelled", r.teller)
            self.sms(r.teller, "YA")
            return
        if self.oracle.may_change(r.teller, r, self.now):
            self.oracle.end(r, "cancelled", r.teller)
        else:
            r.request = self.now # the days in which one's own may be changed ran out
        self.sms(r.teller, "YA")

    def refuse(self):
        r = self.pick(r for r in self.oracle.reports if not r.ended and r.link != "same" and not r.practice)
        if not r:
            return
        decider = self.world.decider(r.desa).phone
        if not r.request or (self.now - r.request).days >= 30:
            self.oracle.end(r, "refused", decider)
        r.request = None
        self.sms(decider, "TOLAK %s setelah dicek salah" % r.ref)

    def verify(self):
        r = self.pick(r for r in self.oracle.reports if r.counted() and r.form != "mati")
        if not r:
            return
        self.oracle.verify(r)
        self.sms(self.world.decider(r.desa).phone, "VERIFIKASI " + r.ref)

    def request(self):
        """An old report: the kader's correction waits, and ends with the report."""
        r = self.pick(r for r in self.oracle.reports if r.form == "lahir" and r.counted() and
                      self.world.people[r.teller].role == "kader" and
                      not self.oracle.may_change(r.teller, r, self.now))
        if not r:
            return
        decider = self.world.decider(r.desa).phone
        berat = self.random.randrange(1900, 2400, 50)
        self.sms(r.teller, "KOREKSI %s BB %d" % (r.ref, berat))
        if self.chance(0.5) and berat != r.v["berat"]:
            if r.request and (self.now - r.request).days < 30: # it took another's place: shown first
                self.sms(decider, "SETUJU " + r.ref)
            r.v["berat"], r.request = berat, None
            self.sms(decider, "SETUJU " + r.ref)
            return
        self.oracle.end(r, "cancelled", decider)
        self.sms(decider, "BATAL " + r.ref)
        self.sms(decider, "YA")
        if self.oracle.fault == "granted-after-end":
            r.ended = None
        self.sms(decider, "SETUJU " + r.ref)

    def practice(self):
        desa, name = self.pick(places.DESA), self.name()
        if not name:
            return
        teller = self.pick(self.world.of(desa, "kader")).phone
        r = self.report("lahir", teller, desa, self.recent_day(), who=name, jk=self.pick("LP"), berat=3000,
                        penolong="BIDAN")
        r.practice = True
        self.oracle.tell(r, self.now)
        self.sms(teller, "LATIH " + self.birth_text(r, False))

    def close(self):
        if len(self.world.closed) > 1 or self.now.day < 20:
            return
        posyandu = self.pick(p for p in places.POSYANDU if p not in self.world.closed)
        self.world.closed.add(posyandu)
        path = "%d-closed-%d.csv" % (self.args.seed, len(self.world.closed))
        with open(os.path.join(self.args.directory, path), "w") as out:
            out.write(self.world.posyandu_rows())
        self.say("import posyandu %s/%s replace" % (os.path.abspath(self.args.directory), path))

    # comparing ------------------------------------------------------------------------------------------------

    def expect_reports(self):
        for r in self.oracle.reports:
            self.say("expect report %s status=%s" % (r.ref, r.status()))
            self.compared += 1

    def periods(self):
        first, last = self.start.date().replace(day=1) - 40 * DAY, self.now.date()
        months, day = [], first.replace(day=1)
        while day <= last:
            after = (day + 32 * DAY).replace(day=1)
            months.append((day, after - DAY))
            day = after
        for a, b in months:
            yield "%04d-%02d" % (a.year, a.month), a, b
        for year, quarter in sorted({(a.year, (a.month - 1) // 3) for a, _ in months}):
            a = datetime.date(year, 3 * quarter + 1, 1)
            b = (a + 95 * DAY).replace(day=1) - DAY
            yield "%04d-%02d/%04d-%02d" % (year, a.month, year, b.month), a, b
        for year in sorted({a.year for a, _ in months}):
            yield "%04d" % year, datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        a = first + DAY * self.random.randint(0, 60)
        b = a + DAY * self.random.randint(0, 50)
        yield "%s/%s" % (a, b), a, b

    def expect_counts(self, share):
        for text, first, last in self.periods():
            days = text.count("-") > 2
            for indicator in rules.Oracle.EVENTS + rules.Oracle.STOCKS + ("ilp",):
                if days and indicator in rules.Oracle.STOCKS + ("ilp",):
                    continue
                for area in places.AREAS:
                    if share < 1 and not self.chance(share):
                        continue
                    self.say("expect count %s %s %s = %d" % (
                        indicator, area, text, self.oracle.count(indicator, area, first, last)))
                    self.compared += 1
            if not days:
                self.expect_figures(share, text, first, last)
        self.say("expect verify")

    def expect_figures(self, share, text, first, last):
        """What pages and answers print: the part, what it is of, and how complete it is."""
        begun = min(last, self.now.date())
        months = (begun.year - first.year) * 12 + begun.month - first.month + 1
        for area in places.AREAS:
            for indicator in rules.Oracle.SHARES:
                if share == 1 or self.chance(share):
                    self.say("expect figure %s %s %s = %d/%d" % (
                        (indicator, area, text) + self.oracle.share(indicator, area, first, last)))
                    self.compared += 1
            for form in ("lahir", "mati"):
                if share == 1 or self.chance(share):
                    self.say("expect complete %s %s %s = %d/%d" % (
                        form, area, text, self.oracle.told(form, area, first, last), self.desa_of(area) * months))
                    self.compared += 1

    def desa_of(self, area):
        if area in self.world.puskesmas:
            return len(self.world.puskesmas[area])
        return sum(code == area or code.startswith(area + ".") for code in self.desa)

    def expect_answer(self):
        dinkes = "+6281200000501"
        month = self.now.date().replace(day=1)
        last = (month + 32 * DAY).replace(day=1) - DAY
        self.say("sms %s: JML LAHIR BULAN INI" % dinkes)
        self.say(r"expect reply ~ (?<![\d.,])%d(?![\d.,]*\d)" % self.oracle.count("lahir", "35.03", month, last))
        self.compared += 1

    ACTIONS = (("birth", 24), ("birth_again", 12), ("death", 12), ("session", 14), ("session_again", 10), ("none_held", 2),
               ("ilp", 5), ("correct", 9), ("cancel", 6), ("refuse", 3), ("verify", 4), ("practice", 2), ("outcome", 2),
               ("request", 3), ("close", 1))

    def run(self):
        self.world.write(self.args.directory)
        self.say("clock %s %s" % (self.now.date(), self.now.strftime("%H:%M")))
        self.say("import areas %s" % self.args.areas)
        for what in ("posyandu", "puskesmas", "people"):
            self.say("import %s %s/%s.csv" % (what, os.path.abspath(self.args.directory), what))
        steps = self.args.steps * self.args.months
        minutes = int((self.stop - self.now).total_seconds() / 60 / steps) - 30
        for step in range(steps):
            names, weights = zip(*self.ACTIONS)
            getattr(self, self.random.choices(names, weights)[0])()
            self.wait(self.random.randint(max(minutes // 3, 1), max(minutes, 2) * 5 // 3))
            if step % 12 == 11:
                self.expect_reports()
                self.expect_counts(0.03)
                self.expect_answer()
        self.expect_reports()
        self.expect_counts(1)


def rows(months):
    """What an export must say of each report; whose it is, is masked."""
    yield "ref,form,status,counted,training,date,sender,area,ibu,jk,berat,d,n"
    for r in months.oracle.reports:
        if r.practice:
            continue # not exported
        values = {key: str(r.v.get(key, "")) for key in ("jk", "berat", "d", "n")}
        if "jk" in r.missing or r.form == "mati":
            values["jk"] = "*"
        if r.form == "mati":
            values["berat"] = "*"
        yield ",".join((r.ref, r.form, r.status(), "1" if r.counted() else "0", "1" if r.practice else "0", str(r.date),
                        "'+6281****" + r.teller[-3:] if r.teller.startswith("+6281") else "*", r.desa,
                        r.v["who"][0] + "." if r.form == "lahir" else "*", values["jk"], values["berat"],
                        values["d"], values["n"]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    parser.add_argument("directory")
    parser.add_argument("areas")
    parser.add_argument("--months", type=int, default=3)
    parser.add_argument("--steps", type=int, default=45)
    parser.add_argument("--fault", choices=rules.FAULTS)
    args = parser.parse_args()
    months = Months(args)
    months.run()
    with open(os.path.join(args.directory, "%d.play" % args.seed), "w") as out:
        out.write("\n".join(months.lines) + "\n")
    with open(os.path.join(args.directory, "%d.csv" % args.seed), "w") as out:
        out.write("\n".join(rows(months)) + "\n")
    print("%d months, %d messages, %d comparisons" % (
        args.months, sum(line.startswith("sms ") for line in months.lines), months.compared))


if __name__ == "__main__":
    sys.exit(main())
