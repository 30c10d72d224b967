#!/usr/bin/env python3
"""Faults that once went unseen: is each noticed today, by the test that was written for it?

    known.py [--copy DIRECTORY] [--find] [--only TEXT] [--quick]

known.tsv has a line for each, with tabs between: what goes wrong, the file, the line as it was and as it became, the test
that must fail. All are compiled into one build, asleep (mutants.py); each test must pass without them and fail with its
own. A line that the source no longer has, once, fails too: then the fault is to be planted anew. --find shows each to all
tests instead and names what notices it.
"""
import argparse
import os
import shutil
import sys
import tempfile

import mutation
import units
from working_copy import FLOORS, TOP, Copy

say = mutation.say


def rows(only):
    with open(os.path.join(TOP, 'tests/mutation/known.tsv'), encoding='utf-8') as file:
        for line in file:
            if line.strip() and line[0] != '#' and only in line:
                yield [part.strip() for part in line.rstrip('\n').split('\t')]


def plant(planted, table):
    """Each row's number; what cannot be planted is said, and stays None."""
    numbers = []
    for what, name, old, new, *_ in table:
        number, reason = None, 'no such file'
        if name in planted.sources:
            try:
                change, reason = planted.sources[name].named(old, new), 'does not compile, or stands in another'
                number = len(planted.all) - 1 if planted.add(planted.sources[name], change) else None
            except ValueError as error:
                reason = error
        numbers.append(number)
        if number is None:
            say(f'not ok - {what}: cannot be planted in {name}: {reason}')
    return numbers


def untold(table):
    """What the table of docs/testing.md does not say."""
    with open(os.path.join(TOP, 'docs/testing.md'), encoding='utf-8') as file:
        told = file.read()
    return [what for what, _, _, _, test in table if not (f'| {what} |' in told and f'| {test} |' in told)]


def noticed(copy, unit, number):
    """What is wrong; None when its test fails with it, and with nothing else."""
    if unit is None:
        return 'there is no such test'
    if unit.said is None and not unit.learn(copy.tree, copy.build, {}):
        return f'{unit.name} fails without a fault'
    if unit.fine(copy.tree, copy.build, {'KABAR_MUTANT': str(number)}):
        return f'{unit.name} does not notice'
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--copy', help='a directory to work in, kept; else a temporary one')
    parser.add_argument('--find', action='store_true')
    parser.add_argument('--only', default='', help='the lines with this text')
    parser.add_argument('--quick', action='store_true', help='with --find: without scripts that start daemons')
    options = parser.parse_args()
    work = tempfile.mkdtemp(prefix='kabar-mutation-')
    copy = Copy(options.copy or os.path.join(work, 'tree'))
    planted, table = mutation.Planted(copy, FLOORS), list(rows(options.only))
    numbers = plant(planted, table)
    copy.plant(planted.sources, planted.all, planted.dull)
    os.nice(10)
    bad = numbers.count(None)
    for what in untold(table):
        bad += 1
        say(f'not ok - {what}: not so in the table of docs/testing.md')
    if options.find:
        tests = units.everything(copy.tree, copy.build, copy.programs, work, not options.quick)
        mutation.judge(copy, planted.faults(), work, tests, 600)
    else:
        by_name = units.by_name(copy.tree, copy.build, copy.programs, work)
        for number, (what, _, _, _, test) in zip(numbers, table):
            if number is not None:
                wrong = noticed(copy, by_name(test), number)
                bad += wrong is not None
                say(f'not ok - {what}: {wrong}' if wrong else f'ok - {what}: {test}')
    shutil.rmtree(work)
    sys.exit(bad > 0)


if __name__ == '__main__':
    main()
