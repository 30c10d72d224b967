#!/usr/bin/env python3
"""Plants small faults in a copy of the tree, one at a time, and sees whether the tests notice.

    mutation.py [--seed N]... [--count N] [--floor NAME]... [--quick] [--copy DIRECTORY] [--least PERCENT] [--budget SECONDS]

Lines are drawn evenly over the floors, so many for each seed. All faults are compiled into one build, asleep, and one is
woken for each run (mutants.py). First every test runs without a fault and notes which faults it comes by; then each fault
is shown to the tests that come by it, the cheapest first, until one fails. A fault survives when all of them have passed,
or those that could be run within the budget (the others are named); one that no test comes by survives at once. Scripts,
which are dear, are asked about what nothing else has noticed; --quick leaves them out, and three dear unit tests. Rows of
tables and sizes of arrays cannot be planted so and are not drawn.

Ctrl-C ends what is cheap and goes on to the scripts with what was shown so far; a second one ends with the table.

Prints each survivor as a diff, then a table. Exit status 0: the share of --least (default 0) was killed. Faults that
change nothing stand in tests/mutation/equivalent, a line each with tabs between: file, the line as it was and as it
became, the reason. They are counted apart.
"""
import argparse
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time

import mutants
import units
from working_copy import FLOORS, TOP, Copy


def say(*words):
    print(*words, flush=True)


class Planted:
    """Faults, number to (source, change), none inside another."""

    def __init__(self, copy, floors):
        self.copy, self.floors = copy, floors
        self.sources = {name: mutants.Source(name, copy.read(name)) for name in copy.sources() if name.split('/')[0] in floors}
        self.all, self.dull, self.taken, self.seeds, self.unplantable = {}, set(), set(), [], 0

    def add(self, source, change, seed=0):
        """false: it is within another, or no C."""
        first, last = change[3][:2]
        if any(name == source.name and first < end and start < last for name, start, end in self.taken):
            return False
        dull = self.copy.takes(source, change)
        if dull is None:
            return False
        self.taken.add((source.name, first, last))
        if dull:
            self.dull.add(len(self.all))
        self.seeds.append(seed)
        self.all[len(self.all)] = (source, change)
        return True

    def faults(self):
        return [Fault(number, self.seeds[number], *fault) for number, fault in self.all.items()]

    def draw(self, seed, count):
        draw = random.Random(seed)
        lines = {floor: [] for floor in self.floors}
        for name, source in self.sources.items():
            lines[name.split('/')[0]] += [(source, n) for n in range(len(source.starts) - 1) if source.changes(n)]
        until = len(self.all) + count
        while len(self.all) < until:
            source, number = draw.choice(lines[self.floors[len(self.all) % len(self.floors)]])
            change = draw.choice(source.changes(number))
            if change[3] is None:
                self.unplantable += 1
            else:
                self.add(source, change, seed)


def rank(unit, fault):
    """The cheapest first; what has found faults of this floor is worth more, as what has a name in common with the file
    (flows/query/... and tests/play/query/..., calendar.c and test_calendar), and corpora say most about a reader."""
    words = set(re.findall(r'[a-z]{4,}', fault.source.name)) - {'parsers', 'flows'}
    akin = words & set(re.findall(r'[a-z]{4,}', unit.name))
    return unit.lasted * (0.2 if unit.name.startswith('corpus') else 1) * (0.1 if akin else 1) / (1 + unit.killed.get(fault.floor, 0))


def learn(copy, tests, work):
    """Each test once without a fault: must pass; which faults it comes by."""
    reached, path = {}, os.path.join(work, 'reached')
    for unit in tests:
        with open(path, 'wb') as file:
            file.truncate(65536)
        if not unit.learn(copy.tree, copy.build, {'KABAR_REACHED': path}):
            say(f'left out, fails without a fault: {unit.name}')
            continue
        with open(path, 'rb') as file:
            reached[unit] = {number for number, octet in enumerate(file.read()) if octet}
    say(f'{len(reached)} tests, {sum(unit.took for unit in reached):.0f} s of computing without a fault; the dearest:')
    for unit in sorted(reached, key=lambda unit: -unit.lasted)[:8]:
        say(f'  {unit.lasted:.1f} s, of computing {unit.took:.1f}: {unit.name}')
    return reached


def equivalents():
    with open(os.path.join(TOP, 'tests/mutation/equivalent'), encoding='utf-8') as file:
        return {tuple(part.strip() for part in line.split('\t')[:3]) for line in file if line.strip() and line[0] != '#'}


def first_to_notice(copy, number, tests, until):
    """The test that fails with the fault, or None; and those that were not asked any more."""
    for at, unit in enumerate(tests):
        if time.monotonic() > until:
            return None, tests[at:]
        if not unit.fine(copy.tree, copy.build, {'KABAR_MUTANT': str(number)}):
            return unit, []
    return None, []


class Fault:
    """One of those that are planted, and what is known of it so far."""

    def __init__(self, number, seed, source, change):
        self.number, self.seed, self.source, self.floor = number, seed, source, source.name.split('/')[0]
        self.old, self.new, self.line = source.lines(change)
        self.killer, self.asked, self.seen, self.took, self.unasked = None, False, 0, 0, []

    def show(self, copy, reached, budget):
        """To the tests that come by it, until one fails or the budget is gone."""
        started = time.monotonic()
        tests = sorted((unit for unit in reached if self.number in reached[unit]), key=lambda unit: rank(unit, self))
        self.killer, unasked = first_to_notice(copy, self.number, tests, started + budget - self.took)
        self.seen, self.unasked = self.seen + len(tests), self.unasked + unasked
        self.took += time.monotonic() - started
        self.asked = True
        if self.killer:
            self.killer.killed[self.floor] = self.killer.killed.get(self.floor, 0) + 1
            self.say('killed', f'by {self.killer.name} ({self.took:.0f} s)')

    def say(self, what, how):
        say(f'{what} {self.source.name}:{self.line} {how}\n-{self.old}\n+{self.new}')


def equivalents():
    with open(os.path.join(TOP, 'tests/mutation/equivalent'), encoding='utf-8') as file:
        return {tuple(part.strip() for part in line.split('\t')[:3]) for line in file if line.strip() and line[0] != '#'}


def judge(copy, faults, work, tests, budget):
    """Shows all to what is cheap first; what is left to the scripts, each of which costs as much as all transcripts."""
    scripts = [unit for unit in tests if unit.is_script]
    for some in ([unit for unit in tests if not unit.is_script], scripts):
        left = [fault for fault in faults if not fault.killer]
        reached = learn(copy, some, work) if some and left else {}
        for at, fault in enumerate(left):
            try:
                fault.show(copy, reached, budget)
            except KeyboardInterrupt:
                say(f'interrupted: {len(left) - at} are not shown to these tests')
                break
            if not fault.killer and some is not scripts:
                fault.say('open', f'({fault.seen} tests see a difference, {fault.took:.0f} s; {len(left) - at - 1} to come)')
        faults = [fault for fault in faults if fault.asked]
    known = equivalents()
    for fault in faults:
        fault.same = (fault.source.name, fault.old.strip(), fault.new.strip()) in known
        if not fault.killer:
            fault.say('equivalent' if fault.same else 'SURVIVED', f'({fault.seen} tests see a difference, {fault.took:.0f} s)')
            if fault.unasked:
                say(f'  not shown within {budget:.0f} s: {" ".join(unit.name for unit in fault.unasked)}')


def row_of(name, faults):
    killed = sum(1 for fault in faults if fault.killer)
    same = sum(1 for fault in faults if not fault.killer and fault.same)
    alone = sum(1 for fault in faults if not fault.killer and not fault.seen)
    share = 100 * killed / (len(faults) - same) if len(faults) > same else 100
    say(f'| {name} | {len(faults)} | {killed} | {same} | {alone} | {share:.0f} % |')
    return share


def report(faults, floors):
    say('\n| floor | planted | killed | change nothing | nothing comes by | killed of those that matter |\n|---|---|---|---|---|---|')
    for floor in floors:
        row_of(floor, [fault for fault in faults if fault.floor == floor])
    for seed in sorted({fault.seed for fault in faults}):
        row_of(f'seed {seed}', [fault for fault in faults if fault.seed == seed])
    return row_of('all', faults)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--seed', type=int, action='append')
    parser.add_argument('--count', type=int, default=150)
    parser.add_argument('--floor', action='append', choices=FLOORS)
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--least', type=float, default=0, help='percent that must be killed')
    parser.add_argument('--budget', type=float, default=180, help='seconds for one fault')
    parser.add_argument('--copy', help='a directory to work in, kept; else a temporary one')
    options = parser.parse_args()
    for sign in (signal.SIGINT, signal.SIGTERM):  # also where it was started in the background, which ignores the first
        signal.signal(sign, signal.default_int_handler)
    floors = options.floor or FLOORS
    work = tempfile.mkdtemp(prefix='kabar-mutation-')
    copy = Copy(options.copy or os.path.join(work, 'tree'))
    planted = Planted(copy, floors)
    for seed in options.seed or [1]:
        planted.draw(seed, options.count)
    say(f'{len(planted.all)} faults planted; {planted.unplantable} drawn in rows of tables and sizes of arrays were not')
    copy.plant(planted.sources, planted.all, planted.dull)
    os.nice(10)  # what takes long stands behind all else on the machine
    tests = units.everything(copy.tree, copy.build, copy.programs, work, not options.quick)
    faults = planted.faults()
    judge(copy, faults, work, tests, options.budget)
    share = report([fault for fault in faults if fault.asked], floors)
    shutil.rmtree(work)
    sys.exit(share < options.least)


if __name__ == '__main__':
    main()
