"""An independent count, written from the dictionary of the reports and from nothing of the product.

What is told and done goes in, in order; what is counted, and how each report stands, comes out. `fault` makes one rule
wrong on purpose: a comparison that does not notice it would be worth nothing.
"""
import datetime

DAY = datetime.timedelta(days=1)
TWIN_DAYS = 2
OWN_DAYS = 7

FAULTS = ("merge-third", "inherit", "verify-unasked", "granted-after-end", "stocks-lost", "practice-counts",
          "stranger-counts", "cancel-verified", "perhaps-counts", "undo-forgets", "kader-elsewhere-counts",
          "correction-uncompared", "class-late", "quarter-zero", "expired-answers", "beda-forgets", "shares-of-all")


class Report:
    def __init__(self, number, ref, form, teller, received, **values):
        self.number, self.ref, self.form, self.teller, self.received = number, ref, form, teller, received
        self.standing, self.verified, self.ended, self.link, self.head = "scope", False, None, None, None
        self.practice, self.missing, self.hand = False, set(), None
        self.request = None # since when a change of it waits for approval: TOLAK is the answer to that
        self.desa = self.posyandu = self.date = None
        self.v = values

    def kept_back(self):
        return self.link in ("same", "replaces")

    def stands(self):
        return not self.ended and not self.kept_back() and self.status() != "held"

    def status(self):
        if self.ended:
            return self.ended
        if self.link == "same":
            return "duplicate"
        if self.link == "replaces":
            return "question"
        if not self.verified and self.standing == "stranger":
            return "suspect"
        missing = self.missing - ({"umur"} if self.verified and self.hand else set())
        if missing:
            return "incomplete"
        if self.verified:
            return "verified"
        if self.standing == "outside":
            return "suspect" if self.form == "mati" else "held"
        return "accepted"

    def open(self):
        return not self.ended and not self.kept_back() and not self.counted() and bool(self.missing)

    def counted(self):
        return not self.practice and self.status() in ("accepted", "verified")

    def kelas(self):
        if self.hand:
            return self.hand
        jenis, days = self.v.get("jenis"), self.v.get("days")
        if jenis == "LAHIRMATI":
            return "STILLBIRTH"
        if jenis == "IBU":
            if self.v.get("sebab") == "KECELAKAAN":
                return "NOT_MATERNAL"
            return "MATERNAL_LATE" if (self.v.get("nifas") or 0) > 42 else "MATERNAL"
        if jenis in ("BAYI", "BALITA") and days is not None:
            if days < 7:
                return "NEONATAL_EARLY"
            if days < 29:
                return "NEONATAL_LATE"
            return "POSTNEONATAL" if days < 365 else "CHILD"
        return "WUS" if jenis == "WUS" else "OTHER"


class Oracle:
    def __init__(self, world, fault=None):
        self.world, self.fault = world, fault
        self.reports, self.serials = [], {}

    # who may what ---------------------------------------------------------------------------------------------

    def standing(self, phone, desa):
        person = self.world.people.get(phone)
        if not person:
            return "stranger"
        if self.covers(person, desa):
            return "verifier" if person.role != "kader" else "scope"
        return "scope" if person.role != "kader" else "outside"

    def covers(self, person, desa):
        return any(desa == a or desa.startswith(a + ".") for a in person.areas)

    def verifies(self, phone, report):
        return self.standing(phone, report.desa) == "verifier"

    def decides(self, phone, report):
        return self.verifies(phone, report) and self.world.people[phone].role in ("puskesmas", "dinkes")

    def may_change(self, phone, report, now):
        if self.verifies(phone, report):
            return True
        return (report.teller == phone and report.form != "mati" and not report.verified
                and report.standing != "verifier" and (now - report.received).total_seconds() <= OWN_DAYS * 86400)

    def may_replace(self, phone, old, now):
        if self.may_change(phone, old, now):
            return True
        person = self.world.people.get(phone)
        return (old.form != "mati" and not old.verified and old.standing != "verifier" and person
                and self.covers(person, old.desa))

    # comparing ------------------------------------------------------------------------------------------------

    def person_same(self, a, b):
        return a.v["who"] == b.v["who"]

    def kind_same(self, a, b):
        def groups(r):
            if r.form == "lahir":
                return {"birth"}
            jenis = r.v["jenis"]
            return {"birth", "child"} if jenis == "LAHIRMATI" else {"child"} if jenis in ("BAYI", "BALITA") else {"adult"}
        return bool(groups(a) & groups(b))

    def alike(self, a, b):
        if a.form != b.form or not self.person_same(a, b) or a.desa != b.desa:
            return False
        if a.date and b.date and abs((a.date - b.date).days) > TWIN_DAYS:
            return False
        if a.form == "lahir":
            for key in ("jk",):
                if a.v.get(key) and b.v.get(key) and a.v[key] != b.v[key]:
                    return False
            return abs(a.v["berat"] - b.v["berat"]) <= 200
        return a.v["jenis"] == b.v["jenis"]

    def linked(self, a, b):
        return a is b or a.head is b or b.head is a

    def find_event(self, report, correcting=False):
        """(how, other): none, same, perhaps, figures, unfinished."""
        maybe = None
        for other in reversed(self.reports):
            if other is report or other.practice != report.practice or self.linked(report, other) or not other.stands():
                continue
            how = self.compare(report, other, correcting)
            if how == "perhaps":
                maybe = maybe or other
            elif how:
                return how, other
        return ("perhaps", maybe) if maybe else (None, None)

    def compare(self, report, other, correcting):
        if report.form in ("pos", "ilp"):
            if other.form != report.form or other.posyandu != report.posyandu:
                return None
            if (other.date.year, other.date.month) != (report.date.year, report.date.month):
                return None
            none = report.v.get("none") or other.v.get("none")
            if other.date != report.date and not correcting and not none:
                return None
            return "same" if report.v == other.v else "figures"
        if other.form not in ("lahir", "mati") or not self.kind_same(report, other):
            return None
        if other.status() in ("suspect", "incomplete", "question"):
            if report.form != other.form or report.number is not None or not self.alike(report, other):
                return None
            if report.teller == other.teller or report.form == "mati":
                return "unfinished"
            return None
        if self.alike(report, other):
            return "same"
        if (self.person_same(report, other) and abs((report.date - other.date).days) <= TWIN_DAYS
                and (report.desa == other.desa or report.teller == other.teller)):
            return "perhaps"
        return None

    # what is told and done ------------------------------------------------------------------------------------

    def store(self, report, now):
        letter = {"lahir": "L", "mati": "M", "pos": "P", "ilp": "I"}[report.form]
        month = "%s%02d%02d" % (letter, now.year % 100, now.month)
        self.serials[month] = self.serials.get(month, 0) + 1
        report.ref = "%s-%04d" % (month, self.serials[month])
        report.number = len(self.reports)
        self.reports.append(report)
        return report

    def tell(self, report, now):
        """The report that the telling became, or went into."""
        report.standing = self.standing(report.teller, report.desa)
        if self.fault == "stranger-counts" and report.standing == "stranger" and any(
                r.form == "mati" and r.v["who"] == report.v["who"] and r.standing == "stranger" for r in self.reports):
            report.standing = "scope"
        if self.fault == "kader-elsewhere-counts" and report.standing == "outside":
            report.standing = "scope"
        if self.fault == "practice-counts" and report.practice:
            report.practice = False
        how, other = (None, None) if report.missing and report.form != "mati" else self.find_event(report)
        if how and self.precedes(report, other): # what somebody from outside told stands behind it
            self.store(report, now)
            other.link, other.head = "same", report
            return report
        if how == "unfinished":
            mine = report.standing
            if other.teller == report.teller or mine in ("scope", "verifier"):
                if other.teller != report.teller and other.standing in ("stranger", "outside"):
                    other.standing = mine
                    other.v.update(report.v)
                return other
            how = "perhaps"
        if how == "perhaps" and self.fault == "perhaps-counts":
            how = None
        if how:
            report.link = "replaces" if how == "figures" else "same"
            report.head = other
        self.store(report, now)
        if report.link == "replaces":
            if self.fault == "merge-third":
                for r in self.reports:
                    if r is not report and r.head is other and r.link == "replaces" and not r.ended:
                        r.link = r.head = None
            self.overtake(other, report)
        return report

    @staticmethod
    def precedes(report, other):
        return (report.form == "mati" and other.form == "mati" and other.teller != report.teller and not other.verified and
                other.standing in ("stranger", "outside") and report.standing in ("scope", "verifier"))

    def moved(self, report):
        """Corrected into another event: what it had replaced of somebody else's stands again, else the best that stands
        behind it as what it was."""
        def parted(other):
            days = abs((report.date - other.date).days)
            month = (report.date.year, report.date.month) == (other.date.year, other.date.month)
            if month and (report.v.get("none") or other.v.get("none")):
                return False # none at all is of the month
            return other.teller != report.teller and days > (TWIN_DAYS if report.form == "lahir" else 0)

        heir, first, link = None, report.head, report.link
        while link == "replaced" and heir is None and first.ended == "superseded":
            heir = first if parted(first) else None
            first, link = first.head, first.link
        if heir:
            report.link = report.head = heir.ended = None
        behind = [r for r in self.reports if r.head is report and r.kept_back() and not r.ended and parted(r)]
        if heir is None and behind:
            heir = max(behind, key=lambda r: r.richness())
            heir.link = heir.head = None
        if heir is None:
            return
        how, other = self.find_event(heir) if not heir.missing else (None, None)
        if how and how != "unfinished":
            heir.link, heir.head = ("replaces" if how == "figures" else "same"), other
        for r in behind:
            if r is not heir:
                r.head = heir

    def overtake(self, head, keep):
        for r in self.reports:
            if r is not keep and r.head is head and r.link == "replaces" and not r.ended:
                r.ended = "superseded"

    def complete(self, report):
        report.missing = set()
        how, other = self.find_event(report)
        if how in ("same", "perhaps"):
            report.link, report.head = "same", other

    def different(self, report):
        if self.fault != "beda-forgets":
            report.link = "different"

    def replace(self, report):
        old = report.head
        if old.ended:
            report.link = report.head = None
            return
        old.ended = "superseded"
        report.link = "replaced"
        self.overtake(old, report)
        for r in self.reports:
            if r is not report and r.head is old and r.kept_back() and not r.ended:
                r.head = report

    def keep(self, report):
        report.ended = "refused"

    def verify(self, report, hand=None):
        """False: something is asked first."""
        missing = report.missing - ({"umur"} if hand else set())
        if missing and self.fault != "verify-unasked":
            return False
        if self.fault == "verify-unasked":
            report.missing = set()
        if hand:
            report.hand = hand
        counted = report.counted()
        report.verified, report.standing = True, "verifier"
        if report.link == "replaces":
            self.replace(report)
        elif not counted:
            how, other = self.find_event(report)
            if how in ("same", "perhaps"):
                report.link, report.head = "same", other
        return True

    def end(self, report, how, by):
        kept_back = report.kept_back()
        report.ended = how
        if kept_back or self.fault == "inherit":
            return
        heir = None
        if report.link == "replaced" and report.head.ended == "superseded" and self.fault != "undo-forgets":
            heir = report.head
            heir.ended = None
        else:
            for r in self.reports:
                if r.head is not report or not r.kept_back() or r.ended:
                    continue
                if how == "cancelled" and r.teller == by == report.teller and self.copies(r, report):
                    r.ended = "cancelled"
                elif heir is None or r.richness() > heir.richness():
                    heir = r
        if heir is None:
            return
        if heir.kept_back():
            heir.link = heir.head = None
        found, other = self.find_event(heir) if not heir.missing else (None, None)
        if found and found != "unfinished":
            heir.link = "replaces" if found == "figures" else "same"
            heir.head = other
        self.overtake(report, heir)
        for r in self.reports:
            if r is not heir and r.head is report and r.kept_back() and not r.ended:
                r.head = heir

    @staticmethod
    def copies(copy, first):
        same_day = copy.date == first.date
        if copy.v.get("none") and first.v.get("none"): # said of the month, whatever the day
            same_day = (copy.date.year, copy.date.month) == (first.date.year, first.date.month)
        return copy.v == first.v and same_day and copy.desa == first.desa

    # counts ---------------------------------------------------------------------------------------------------

    def events(self, report):
        """(indicator, amount) of what adds up."""
        v = report.v
        if report.form == "lahir":
            yield "lahir", 1
            yield "lahir_" + v["jk"].lower(), 1
            if v["berat"] < 2500:
                yield "bblr", 1
            yield "salin", 1
            yield "salin_faskes", 1
            yield ("salin_dukun" if v["penolong"] == "DUKUN" else "salin_nakes"), 1
        elif report.form == "mati":
            kelas = report.kelas()
            if self.fault == "class-late" and kelas == "MATERNAL_LATE":
                kelas = "MATERNAL"
            yield "mati", 1
            neonatal = kelas in ("NEONATAL_EARLY", "NEONATAL_LATE")
            for name, holds in (("aki", kelas == "MATERNAL"), ("akn", neonatal),
                                ("akb", neonatal or kelas == "POSTNEONATAL"),
                                ("akaba", neonatal or kelas in ("POSTNEONATAL", "CHILD")),
                                ("lahir_mati", kelas == "STILLBIRTH")):
                if holds:
                    yield name, 1
        elif report.form == "pos":
            yield "pos", 1
            if v.get("none"):
                yield "pos_tidak", 1
            else:
                yield "d", v["d"]
                yield "n", v["n"]

    SHARES = {"bblr": "lahir", "salin_nakes": "salin", "salin_faskes": "salin", "salin_dukun": "salin", "aki": "lahir",
              "akn": "lahir", "akb": "lahir", "akaba": "lahir", "nd": "d", "ds": None, "ks": None}

    def held(self, indicator, area, first, last):
        """Of each month the posyandu that held a session: the latest's stock."""
        latest = {}
        for r in self.reports:
            if r.form == "pos" and r.counted() and not r.v.get("none") and first <= r.date <= last and self.inside(r, area):
                key = (r.posyandu, r.date.year, r.date.month)
                best = latest.get(key)
                if best is None or (r.date, r.number) > (best.date, best.number):
                    latest[key] = r
        return sum(r.v[indicator] for r in latest.values())

    def share(self, indicator, area, first, last):
        """The part and what it is of, as answers and pages have it."""
        if indicator == "ds":
            whole = self.held("s", area, first, last) if self.fault != "shares-of-all" else self.count(
                "s", area, first, last)
            return self.count("d", area, first, last), whole
        if indicator == "ks":
            return self.count("k", area, first, last), self.count("s", area, first, last)
        part = self.count("n" if indicator == "nd" else indicator, area, first, last)
        return part, self.count(self.SHARES[indicator], area, first, last)

    def told(self, form, area, first, last):
        """Desa with a counted report of the form, month by month."""
        return len({(r.desa, r.date.year, r.date.month) for r in self.reports
                    if r.form == form and r.counted() and first <= r.date <= last and self.inside(r, area)})

    EVENTS = ("lahir", "lahir_l", "lahir_p", "bblr", "salin", "salin_nakes", "salin_faskes", "salin_dukun", "mati", "aki", "akn", "akb", "akaba", "lahir_mati",
              "pos", "pos_tidak", "d", "n")
    STOCKS = ("s", "k")

    def inside(self, report, area):
        if area in self.world.puskesmas:
            return report.desa in self.world.puskesmas[area]
        return report.desa == area or report.desa.startswith(area + ".")

    def count(self, indicator, area, first, last):
        counted = [r for r in self.reports if r.counted() and first <= r.date <= last and self.inside(r, area)]
        if indicator == "ilp":
            return len({r.desa for r in counted if r.form == "ilp" and not r.v.get("none")})
        if indicator not in self.STOCKS:
            return sum(amount for r in counted for name, amount in self.events(r) if name == indicator)
        if self.fault == "quarter-zero" and (last - first).days in range(80, 100):
            return 0
        latest = {}
        for r in counted:
            if r.form == "pos" and not r.v.get("none"):
                best = latest.get(r.posyandu)
                if best is None or (r.date, r.number) > (best.date, best.number):
                    latest[r.posyandu] = r
        if self.fault == "stocks-lost":
            for r in self.reports:
                if r.form == "pos" and r.ended == "cancelled" and r.posyandu in latest:
                    if (r.date.year, r.date.month) == (latest[r.posyandu].date.year, latest[r.posyandu].date.month):
                        del latest[r.posyandu]
        return sum(r.v[indicator] for r in latest.values())


def richness(report):
    return (-len(report.missing), 0, -report.number)


Report.richness = richness
