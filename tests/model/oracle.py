"""The rules of conversations for the words that model.py sends, written from the dictionary and not from the program.

A birth is one event by its mother's name, a session one by its posyandu and day. Of an event one telling counts; later
ones that are whole stand behind it, and the first of them takes its place when it is cancelled or refused (but who
takes back his telling takes back the copies that he sent of it). A telling
with something missing waits for its answer. A session told with other figures waits for YA; a third telling replaces
the second that waits. YA and TIDAK answer the last question only, and an answer is judged by what holds when it comes.
"""
import re

NAMES = ["SITI AMINAH", "WARTINI", "YULIANA DEWI", "PONIRAH"]
FIGURES = [(45, 45, 38, 30), (45, 45, 40, 30), (46, 46, 39, 31), ("NIHIL",)]


def counted_status(report):
    return report["status"] in ("accepted", "verified")


def second(name, dice):
    """Another mother, told in the same SMS."""
    return NAMES[(NAMES.index(name) + 1 + dice % 3) % len(NAMES)]


class Telling:
    def __init__(self, event, phone, value, missing=()):
        self.event, self.phone, self.value, self.missing = event, phone, value, set(missing)
        self.cut = False
        self.versions = 0  # how often something was told of it while it waited


class Oracle:
    def __init__(self):
        self.counts = {}  # event: the telling that counts
        self.behind = {}  # event: whole tellings that stand behind it, oldest first
        self.waiting = []  # tellings with something missing
        self.verified = set()
        self.changed = {}  # event: how often an officer changed what counts
        self.replacing = {}  # session: the telling that waits for YA
        self.replaced = {}  # session: tellings that were replaced, oldest first
        self.questions = {}  # phone: open questions, newest last: (kind, event, state when it was asked)
        self.alarms = {}  # phone: its calls for help
        self.requests = set()  # events whose cancellation waits for an officer
        self.practised = set()  # (phone, name)
        self.referred = set()  # names

    def births(self):
        return [(e, t.value) for e, t in self.counts.items() if e in NAMES]

    def sessions(self):
        return [(t.phone, t.value) for e, t in self.counts.items() if e not in NAMES]

    # -- questions

    def state(self, event):
        telling = self.counts.get(event)
        return (id(telling), event in self.verified, self.changed.get(event, 0))

    def ask(self, phone, kind, event):
        mine = self.questions.setdefault(phone, [])
        mine[:] = [q for q in mine if q[:2] != (kind, event)] + [(kind, event, self.state(event))]

    def ask_other(self, telling):
        """It was told before: BEDA or GANTI may be answered, and neither YA nor TIDAK goes past it."""
        self.questions.setdefault(telling.phone, []).append(("duplicate", id(telling), telling))

    def forget_other(self, telling):
        mine = self.questions.get(telling.phone, [])
        mine[:] = [q for q in mine if q[:2] != ("duplicate", id(telling))]

    def forget(self, event, kinds):
        for mine in self.questions.values():
            mine[:] = [q for q in mine if not (q[1] == event and q[0] in kinds)]

    # -- what becomes of a telling

    def settle(self, telling):
        telling.missing = set()
        self.forget_missing(telling)
        if telling.event in self.counts:
            self.behind.setdefault(telling.event, []).append(telling)
            self.ask_other(telling)
        else:
            self.counts[telling.event] = telling

    def forget_missing(self, telling):
        mine = self.questions.get(telling.phone, [])
        mine[:] = [q for q in mine if q[:2] != ("missing", telling.event)]

    def fall(self, event):
        """What counted no longer stands: what stood behind it, waited to replace it, or was replaced by it does."""
        self.verified.discard(event)
        self.requests.discard(event)
        del self.counts[event]
        self.changed[event] = self.changed.get(event, 0) + 1
        heirs = sorted(self.behind.get(event, []), key=lambda t: len(t.missing))
        if heirs:
            self.behind[event].remove(heirs[0])
            self.forget_other(heirs[0])
            if heirs[0].missing:
                self.waiting.append(heirs[0])
                self.ask(heirs[0].phone, "missing", event)
            else:
                self.counts[event] = heirs[0]
        elif event in self.replacing:
            self.counts[event] = self.replacing.pop(event)
            self.forget(event, ("replace",))
        elif self.replaced.get(event):
            self.counts[event] = self.replaced[event].pop()

    def find(self, report):
        """The telling of a report; None: of no birth and no session."""
        if report["form"] not in ("lahir", "pos"):
            return None
        event = report["fields"].get("ibu") if report["form"] == "lahir" else "session of " + report["sender"]
        counting = self.counts.get(event)
        if report["status"] in ("accepted", "verified"):
            return counting
        if report["status"] == "duplicate":
            pool = self.behind.get(event, [])
        else:
            pool = self.waiting + [t for t in (self.replacing.get(event),) if t]
        mine = [t for t in pool if t.event == event and t.phone == report["sender"]]
        return mine[0] if mine else None

    def drop(self, telling, by=None):
        """Cancelled or refused. Who takes back his telling takes back the copies that he sent of it."""
        event = telling.event
        for copy in [t for t in self.behind.get(event, []) if by == telling.phone == t.phone and
                     t.value == telling.value]:
            self.behind[event].remove(copy)
            self.forget_other(copy)
        if event not in NAMES:
            mine = self.questions.get(telling.phone, [])
            mine[:] = [q for q in mine if q[0] != "duplicate" or q[2].event != event]
        if self.counts.get(event) is telling:
            self.fall(event)
        elif telling in self.waiting:
            self.waiting.remove(telling)
            self.forget_missing(telling)
        elif self.replacing.get(event) is telling:
            del self.replacing[event]
            self.forget(event, ("replace",))
        elif telling in self.behind.get(event, []):
            self.behind[event].remove(telling)
            self.forget_other(telling)

    # -- messages

    def take(self, step, phone, answers, reports, alarms):
        kind, who, name, dice = step
        handle = getattr(self, "on_" + kind, None)
        return handle(phone, who, name, dice, answers, reports, alarms) if handle else None

    def on_birth(self, phone, who, name, dice, answers, reports, alarms):
        if who == "stranger":
            return None
        own = [t for t in self.waiting if t.phone == phone and t.event == name]
        telling = own[0] if own else Telling(name, phone, 3000)
        telling.value = 3000
        self.waiting = [t for t in self.waiting if t is not telling]
        self.settle(telling)
        return None

    def kept(self, phone):
        """A report that was cut off at the screen and still waits; the next dial offers it."""
        return [t for t in self.waiting if t.phone == phone and t.cut]

    def on_dial(self, phone, who, name, dice, answers, reports, alarms):
        for telling in self.kept(phone):
            self.drop(telling)
        self.on_birth(phone, who, name, dice, answers, reports, alarms)

    def on_part(self, phone, who, name, dice, answers, reports, alarms):
        self.begin(phone, name, {"jk"})

    def on_cut(self, phone, who, name, dice, answers, reports, alarms):
        for telling in self.kept(phone):
            self.drop(telling)
        telling = self.begin(phone, name, {"jk", "berat", "place"})
        if telling:
            telling.cut = True

    def begin(self, phone, name, missing):
        own = [t for t in self.waiting if t.phone == phone and t.event == name]
        told = ([self.counts[name]] if name in self.counts else []) + self.behind.get(name, [])
        if own:
            own[0].versions += 1
            own[0].missing &= missing
            if "berat" not in missing:
                own[0].value = 3000
            if not own[0].missing:
                self.waiting.remove(own[0])
                self.settle(own[0])
                return None
        elif any(t.phone == phone and ("berat" in missing or t.value == 3000) for t in told):
            self.behind.setdefault(name, []).append(Telling(name, phone, 3000, missing))
            self.ask_other(self.behind[name][-1])
            return None  # nothing new is said
        else:
            own = [Telling(name, phone, 3000, missing)]
            self.waiting += own
        self.ask(phone, "missing", name)
        return own[0]

    def on_sex(self, phone, who, name, dice, answers, reports, alarms):
        mine = [t for t in self.waiting if t.phone == phone and "jk" in t.missing]
        if len(mine) != 1:
            self.hear_asked(phone, answers, reports)  # what it does not answer is asked again
            return
        mine[0].versions += 1
        mine[0].missing.discard("jk")
        if not mine[0].missing:
            self.waiting.remove(mine[0])
            self.settle(mine[0])
        else:
            self.ask(phone, "missing", mine[0].event)  # the next thing that it lacks

    def on_pos(self, phone, who, name, dice, answers, reports, alarms):
        self.session(phone, FIGURES[dice % 3])

    def on_nihil_pos(self, phone, who, name, dice, answers, reports, alarms):
        self.session(phone, FIGURES[3])

    def session(self, phone, value):
        event = "session of " + phone
        telling = Telling(event, phone, value)
        if event not in self.counts:
            self.counts[event] = telling
        elif self.counts[event].value != value:
            self.replacing[event] = telling
            self.ask(phone, "replace", event)
        else:
            self.ask_other(telling)

    def on_yes(self, phone, who, name, dice, answers, reports, alarms):
        mine = self.questions.get(phone, [])
        if not mine or mine[-1][0] in ("missing", "duplicate"):
            self.hear_asked(phone, answers, reports)  # it is asked again, or another one is
            return
        kind, event, state = mine.pop()
        if kind == "replace" and event in self.replacing:
            self.replaced.setdefault(event, []).append(self.counts[event])
            self.counts[event] = self.replacing.pop(event)
            self.changed[event] = self.changed.get(event, 0) + 1
        elif kind == "cancel":
            telling, then, versions = state
            if telling is not None and versions == telling.versions and (
                    then == self.state(telling.event) or telling in self.waiting):
                self.drop(telling, phone if self.counts.get(telling.event) is telling else None)
            else:
                self.hear_asked(phone, answers, reports)

    def on_no(self, phone, who, name, dice, answers, reports, alarms):
        mine = self.questions.get(phone, [])
        if not mine or mine[-1][0] in ("missing", "duplicate"):
            self.hear_asked(phone, answers, reports)
            return
        kind, event, _ = mine.pop()
        if kind == "replace":
            self.replacing.pop(event, None)

    def on_cancel(self, phone, who, name, dice, answers, reports, alarms):
        self.hear_asked(phone, answers, reports)

    on_cancel_ref = on_cancel

    def hear_asked(self, phone, answers, reports):
        """Which report it would be is said, and whether an officer decides; what is asked again is the last."""
        session = "session of " + phone
        for answer in answers:
            if re.match(r"P\S+ sudah ada: .* Ganti dengan", answer) and session in self.replacing:
                self.ask(phone, "replace", session)  # it is the last one that was asked now
            found = re.match(r"(?:LATIHAN saja: )?(Batalkan|Pembatalan) (\S+)", answer)
            report = [r for r in reports if found and r["ref"] == found.group(2)]
            if not report:
                continue
            telling = None if report[0]["training"] else self.find(report[0])
            if found.group(1) == "Pembatalan":
                if telling is not None:
                    self.requests.add(telling.event)
                continue
            mine = self.questions.setdefault(phone, [])
            mine[:] = [q for q in mine if q[:2] != ("cancel", found.group(2))]
            mine.append(("cancel", found.group(2), (telling, self.state(telling.event) if telling else None,
                                                           telling.versions if telling else 0)))

    # -- officers; they name the report that counts, else the newest of that name

    def named(self, name, reports):
        mine = [r for r in reports if r["form"] == "lahir" and r["fields"].get("ibu") == name and not r["training"]]
        if name in self.counts:
            return self.counts[name]
        return self.find(mine[-1]) if mine else None

    def on_verify(self, phone, who, name, dice, answers, reports, alarms):
        if name in self.counts and name not in self.verified:
            self.verified.add(name)

    def on_refuse(self, phone, who, name, dice, answers, reports, alarms):
        telling = self.named(name, reports)
        if telling is not None and name in self.requests and self.counts.get(name) is telling:
            self.requests.discard(name)
        elif telling is not None:
            self.drop(telling)

    def on_approve(self, phone, who, name, dice, answers, reports, alarms):
        if name in self.requests:
            self.fall(name)

    def on_correct(self, phone, who, name, dice, answers, reports, alarms):
        telling, value = self.named(name, reports), 3100 + dice % 5 * 20
        if telling is None or telling.value == value:
            return
        telling.value = value
        telling.missing.discard("berat")
        if self.counts.get(name) is telling:
            self.changed[name] = self.changed.get(name, 0) + 1

    def on_death(self, phone, who, name, dice, answers, reports, alarms):
        if who != "stranger":
            self.ask(phone, "missing", "death")  # who it was
        elif any(r["form"] == "mati" and counted_status(r) and "nihil" not in r["fields"] for r in reports):
            return "a stranger's death is counted"
        return None

    def on_two(self, phone, who, name, dice, answers, reports, alarms):
        self.on_birth(phone, who, name, dice, answers, reports, alarms)
        self.on_birth(phone, who, second(name, dice), dice, answers, reports, alarms)

    def on_words(self, phone, who, name, dice, answers, reports, alarms):
        """Neither a yes nor a no, and no value: what is open stays open."""
        if phone in self.alarms:
            self.alarms[phone] += 1
        self.hear_asked(phone, answers, reports)

    def may_correct(self, phone, name):
        """One's own, that counts and that nobody who verifies has touched."""
        mine = self.counts.get(name)
        return mine is not None and mine.phone == phone and name not in self.verified and \
            not self.changed.get(name)

    def on_own_correct(self, phone, who, name, dice, answers, reports, alarms):
        value = 3200 + dice % 5 * 20
        if self.counts[name].value != value:
            self.counts[name].value = value
            self.changed[name] = self.changed.get(name, 0) + 1

    def on_refer(self, phone, who, name, dice, answers, reports, alarms):
        if name in self.referred:
            self.ask_other(Telling(name, phone, None))
        self.referred.add(name)

    def on_practice(self, phone, who, name, dice, answers, reports, alarms):
        if (phone, name) in self.practised:
            self.ask_other(Telling(name, phone, 3000))
        self.practised.add((phone, name))

    def on_chat(self, phone, who, name, dice, answers, reports, alarms):
        self.hear_asked(phone, answers, reports)  # "ok" to it
        if phone in self.alarms:
            self.alarms[phone] += 1  # what is written behind a call for help goes the same way

    def on_help(self, phone, who, name, dice, answers, reports, alarms):
        self.alarms[phone] = self.alarms.get(phone, 0) + 1
        bundled = self.alarms[phone] > 3  # of one phone in a day; the rest comes in an hour
        if who != "stranger" and not bundled and not any(a.startswith("DARURAT") for a in alarms):
            return "nobody near was alerted"
        if not any("119" in a for a in answers):
            return "a call for help was not answered with 119"
        return None
