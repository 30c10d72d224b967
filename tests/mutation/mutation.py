#!/usr/bin/env python3
"""Plants small faults in a copy of the tree, one at a time, and sees whether the tests notice.

    mutation.py [--seed N] [--count N] [--floor NAME]... [--quick] [--copy DIRECTORY] [--least PERCENT] [--budget SECONDS]

Lines are drawn evenly over the floors. All faults are compiled into one build, asleep, and one is woken for each run
(mutants.py). First every test runs without a fault and notes which faults it comes by; then each fault is shown to the
tests that come by it, the cheapest first, until one fails. A fault survives when all of them have passed, or those that
could be run within the budget (the others are named); one that no test comes by survives at once. --quick leaves out the scripts that start daemons, and three dear unit tests. Rows of tables and sizes of arrays
cannot be planted so and are not drawn.

Prints each survivor as a diff, then a table. Exit status 0: the share of --least (default 0) was killed. Faults that
change nothing stand in tests/mutation/equivalent, a line each with tabs between: file, the line as it was and as it
became, the reason. They are counted apart.
"""
import argparse
import os
import random
import shutil
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
        self.all, self.dull, self.taken, self.unplantable = {}, set(), set(), 0

    def add(self, source, change):
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
        self.all[len(self.all)] = (source, change)
        return True

    def draw(self, seed, count):
        draw = random.Random(seed)
        lines = {floor: [] for floor in self.floors}
        for name, source in self.sources.items():
            lines[name.split('/')[0]] += [(source, n) for n in range(len(source.starts) - 1) if source.changes(n)]
        while len(self.all) < count:
            source, number = draw.choice(lines[self.floors[len(self.all) % len(self.floors)]])
            change = draw.choice(source.changes(number))
            if change[3] is None:
                self.unplantable += 1
            else:
                self.add(source, change)


def rank(unit, floor):
    """The cheapest first; what has found faults of this floor is worth more, and corpora say most about a reader."""
    return unit.lasted * (0.2 if unit.name.startswith('corpus') else 1) / (1 + unit.killed.get(floor, 0))


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


def judge(copy, planted, reached, table, budget):
    known = equivalents()
    for number, (source, change) in planted.all.items():
        floor, started = source.name.split('/')[0], time.monotonic()
        tests = sorted((unit for unit in reached if number in reached[unit]), key=lambda unit: rank(unit, floor))
        killer, unasked = first_to_notice(copy, number, tests, started + budget)
        old, new, line = source.lines(change)
        row = table[floor]
        took = time.monotonic() - started
        row[0] += 1
        if killer:
            row[1] += 1
            killer.killed[floor] = killer.killed.get(floor, 0) + 1
            say(f'killed {source.name}:{line} by {killer.name} ({took:.0f} s)\n-{old}\n+{new}')
            continue
        same = (source.name, old.strip(), new.strip()) in known
        row[2] += same
        row[3] += not tests
        say(f'{"equivalent" if same else "SURVIVED"} {source.name}:{line} ({len(tests)} tests see a difference, {took:.0f} s)\n-{old}\n+{new}')
        if unasked:
            say(f'  not shown within {budget:.0f} s: {" ".join(unit.name for unit in unasked)}')


def report(table):
    say('\n| floor | planted | killed | change nothing | nothing comes by | killed of those that matter |\n|---|---|---|---|---|---|')
    total = [sum(column) for column in zip(*table.values())]
    for name, (planted, killed, same, alone) in [*table.items(), ('all', total)]:
        share = 100 * killed / (planted - same) if planted > same else 100
        say(f'| {name} | {planted} | {killed} | {same} | {alone} | {share:.0f} % |')
    return 100 * total[1] / max(1, total[0] - total[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=150)
    parser.add_argument('--floor', action='append', choices=FLOORS)
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--least', type=float, default=0, help='percent that must be killed')
    parser.add_argument('--budget', type=float, default=180, help='seconds for one fault')
    parser.add_argument('--copy', help='a directory to work in, kept; else a temporary one')
    options = parser.parse_args()
    floors = options.floor or FLOORS
    work = tempfile.mkdtemp(prefix='kabar-mutation-')
    copy = Copy(options.copy or os.path.join(work, 'tree'))
    planted = Planted(copy, floors)
    planted.draw(options.seed, options.count)
    say(f'{len(planted.all)} faults planted; {planted.unplantable} drawn in rows of tables and sizes of arrays were not')
    copy.plant(planted.sources, planted.all, planted.dull)
    os.nice(10)  # what takes long stands behind all else on the machine
    tests = units.everything(copy.tree, copy.build, copy.programs, work, not options.quick)
    table = {floor: [0, 0, 0, 0] for floor in floors}
    judge(copy, planted, learn(copy, tests, work), table, options.budget)
    share = report(table)
    shutil.rmtree(work)
    sys.exit(share < options.least)


if __name__ == '__main__':
    main()
