#!/usr/bin/env python3
"""Plants small faults in a copy of the tree, one at a time, and sees whether the tests notice.

    mutation.py [--seed N] [--count N] [--floor NAME]... [--quick] [--copy DIRECTORY] [--least PERCENT]

Lines are drawn evenly over the floors. All faults are compiled into one build, asleep, and one is woken for each run
(mutants.py). First every test runs without a fault and notes which faults it comes by; then each fault is shown to the
tests that come by it, the cheapest first, until one fails. A fault survives when all of them have passed; one that no
test comes by survives at once. --quick leaves the scripts out that start daemons. Rows of tables and sizes of arrays
cannot be planted so and are not drawn.

Prints each survivor as a diff, then a table. Exit status 0: the share of --least (default 0) was killed. Faults that
change nothing stand in tests/mutation/equivalent, a line each with tabs between: file, the line as it was and as it
became, the reason. They are counted apart.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import mutants
import units

FLOORS = ['parsers', 'flows', 'store', 'gateway', 'tools', 'web']
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def say(*words):
    print(*words, flush=True)


class Copy:
    """A tree of its own with a build in it."""

    def __init__(self, directory):
        self.tree, self.build = directory, os.path.join(directory, 'build', 'mutation')
        if not os.path.exists(os.path.join(directory, '.git')):
            subprocess.run(['git', 'clone', '-q', TOP, directory], check=True)
        subprocess.run(['git', 'checkout', '-q', '.'], cwd=directory, check=True)
        os.makedirs(self.build, exist_ok=True)
        if not os.path.exists(os.path.join(self.build, 'config.status')):
            compiler = 'ccache gcc' if shutil.which('ccache') else 'gcc'
            subprocess.run(['./autogen.sh'], cwd=self.tree, check=True, capture_output=True)
            subprocess.run(['../../configure', f'CC={compiler}', 'CFLAGS=-O1 -g0'], cwd=self.build, check=True, capture_output=True)
        listing = subprocess.run(['make', '-s', '-f', 'Makefile', '-f', '-', 'kabar-list'], cwd=self.build, capture_output=True,
                                 input='kabar-list:\n\t@echo $(check_PROGRAMS)\n', text=True).stdout
        self.programs = [name for name in listing.split() if name.startswith('tests/')]
        self.flags = {}

    def sources(self):
        out = subprocess.run(['git', 'ls-files', '*.c'], cwd=self.tree, capture_output=True, text=True, check=True).stdout
        return [name for name in out.split() if name.split('/')[0] in FLOORS]

    def read(self, name):
        with open(os.path.join(self.tree, name), encoding='utf-8') as file:
            return file.read()

    def write(self, name, text):
        with open(os.path.join(self.tree, name), 'w', encoding='utf-8') as file:
            file.write(text)

    def compiles(self, name, text):
        """Is it C, as this file is compiled?"""
        if name not in self.flags:
            said = subprocess.run(['make', '-n', '-W', os.path.join('../..', name), name[:-2] + '.o'], cwd=self.build,
                                  capture_output=True, text=True).stdout
            found = re.search(r'gcc( .*?) -c -o \S+', said.replace('\\\n', ' '), re.S)
            self.flags[name] = re.sub(r'-M\w+( \S+\.(Tpo|o))?', '', found.group(1)) if found else '--no-such-flag'
        return subprocess.run(f'gcc {self.flags[name]} -w -O0 -fsyntax-only -x c -', shell=True, cwd=self.build,
                              input=text, text=True, capture_output=True).returncode == 0

    def make(self):
        said = subprocess.run(['make', '-j2', 'all', 'check', 'TESTS='], cwd=self.build, capture_output=True, text=True)
        if said.returncode != 0:
            sys.exit('the tree with its faults does not build:\n' + said.stderr[-2000:])


class Planted:
    """The faults that were drawn: number to (source, change)."""

    def __init__(self, copy, floors, seed, count):
        self.sources = {name: mutants.Source(name, copy.read(name)) for name in copy.sources() if name.split('/')[0] in floors}
        draw = random.Random(seed)
        lines = {floor: [] for floor in floors}
        for name, source in self.sources.items():
            lines[name.split('/')[0]] += [(source, n) for n in range(len(source.starts) - 1) if source.changes(n)]
        self.all, taken, self.unplantable = {}, set(), 0
        while len(self.all) < count:
            source, number = draw.choice(lines[floors[len(self.all) % len(floors)]])
            change = draw.choice(source.changes(number))
            if change[3] is None or any(name == source.name and change[3][0] < end and start < change[3][1] for name, start, end in taken):
                self.unplantable += change[3] is None
                continue
            if not copy.compiles(source.name, source.with_all({0: change})):
                continue
            taken.add((source.name, *change[3][:2]))
            self.all[len(self.all)] = (source, change)

    def write(self, copy):
        for name, source in self.sources.items():
            chosen = {number: change for number, (of, change) in self.all.items() if of is source}
            if chosen:
                copy.write(name, source.with_all(chosen))
        util = 'parsers/text/util.c'
        copy.write(util, copy.read(util) + mutants.RUNTIME)


def rank(unit):
    """The cheapest first, but corpora early: they say most about a reader."""
    return unit.took * (0.2 if unit.name.startswith('corpus') else 1)


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
    say(f'{len(reached)} tests, {sum(unit.took for unit in reached):.0f} s of computing without a fault')
    return reached


def equivalents():
    with open(os.path.join(TOP, 'tests/mutation/equivalent'), encoding='utf-8') as file:
        return {tuple(part.strip() for part in line.split('\t')[:3]) for line in file if line.strip() and line[0] != '#'}


def judge(copy, planted, reached, table):
    known = equivalents()
    for number, (source, change) in planted.all.items():
        tests = sorted((unit for unit in reached if number in reached[unit]), key=rank)
        killer = next((unit for unit in tests if not unit.fine(copy.tree, copy.build, {'KABAR_MUTANT': str(number)})), None)
        old, new, line = source.lines(change)
        row = table[source.name.split('/')[0]]
        row[0] += 1
        if killer:
            row[1] += 1
            say(f'killed {source.name}:{line} by {killer.name}\n-{old}\n+{new}')
            continue
        same = (source.name, old.strip(), new.strip()) in known
        row[2] += same
        row[3] += not tests
        say(f'{"equivalent" if same else "SURVIVED"} {source.name}:{line} ({len(tests)} tests came by)\n-{old}\n+{new}')


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
    parser.add_argument('--copy', help='a directory to work in, kept; else a temporary one')
    options = parser.parse_args()
    floors = options.floor or FLOORS
    work = tempfile.mkdtemp(prefix='kabar-mutation-')
    copy = Copy(options.copy or os.path.join(work, 'tree'))
    planted = Planted(copy, floors, options.seed, options.count)
    say(f'{len(planted.all)} faults planted; {planted.unplantable} drawn in rows of tables and sizes of arrays were not')
    planted.write(copy)
    copy.make()
    os.nice(10)  # what takes long stands behind all else on the machine
    tests = units.everything(copy.tree, copy.build, copy.programs, work, not options.quick)
    table = {floor: [0, 0, 0, 0] for floor in floors}
    judge(copy, planted, learn(copy, tests, work), table)
    share = report(table)
    shutil.rmtree(work)
    sys.exit(share < options.least)


if __name__ == '__main__':
    main()
