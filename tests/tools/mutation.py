#!/usr/bin/env python3
"""Plants one small fault at a time in a copy of the tree and sees whether the tests notice.

    mutation.py [--seed N] [--count N] [--floor NAME]... [--deep] [--copy DIRECTORY]

Each fault is of one line: an operator, a constant, a condition, a statement, a return value. Lines are drawn evenly
over the floors. The tests of a floor run fastest first, and end with the first that fails; with --deep what survived
them runs the slower scripts too. Prints each survivor as a diff, then a table. Exit status 0: the share of --least
(default 0) was killed.

Faults that change nothing stand in tests/tools/mutation.equivalent, a line each: file, then the line as it was and as
it became, with the reason; they are counted apart.
"""
import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

FLOORS = ['parsers', 'flows', 'store', 'gateway', 'tools', 'web']
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TIMEOUT = 180  # seconds of a test; a fault that loops is noticed

UNITS = {
    'parsers': 'tests/parsers/test_',
    'flows': 'tests/flows/test_',
    'store': 'tests/store/contract$',
    'gateway': 'tests/gateway/test_',
    'tools': None,
    'web': 'tests/web/test_',
}
SCRIPTS = {
    'parsers': ['tests/parsers/corpus.sh', 'tests/play/golden.sh', 'tests/play/play.sh'],
    'flows': ['tests/play/golden.sh', 'tests/play/play.sh', 'tests/parsers/corpus.sh'],
    'store': ['tests/play/golden.sh', 'tests/play/play.sh', 'tests/store/durability'],
    'gateway': ['tests/play/golden.sh', 'tests/play/play.sh', 'tests/integration/hostile.pl', 'tests/integration/odd.pl',
                'tests/integration/redelivery.pl', 'tests/integration/ussd.pl'],
    'tools': ['tests/tools/kabarctl.bats', 'tests/tools/import.bats', 'tests/tools/codebook.bats',
              'tests/tools/operator.bats', 'tests/play/play.sh', 'tests/tools/smsc.pl'],
    'web': ['tests/web/access.pl', 'tests/web/list.pl', 'tests/web/numbers.pl'],
}
DEEP = ['tests/play/faults.sh', 'tests/model/model.sh', 'tests/oracle/oracle.sh', 'tests/outage/faults.pl',
        'tests/integration/health.pl', 'tests/integration/reload.pl', 'tests/web/attacks.pl', 'tests/fuzz/replay.sh']

NUMBER = re.compile(r'(?<![\w."\'%])(\d{1,6})(?![\w."\'xX])')


def swaps(line):
    """What a line may become; each a new line."""
    found = []

    def swap(pattern, to):
        for match in re.finditer(pattern, line):
            if line[:match.start()].count('"') % 2 == 0:
                found.append(line[:match.start()] + match.expand(to) + line[match.end():])

    for a, b in (('<', '<='), ('>', '>='), ('<=', '<'), ('>=', '>'), ('==', '!='), ('!=', '==')):
        swap(r'(?<= )' + re.escape(a) + r'(?= )', b)
    swap(r'(?<= )&&(?=[ \n])', '||')
    swap(r'(?<= )\|\|(?=[ \n])', '&&')
    swap(r'(?<=\w) \+ (?=\w)', ' - ')
    swap(r'(?<=\w) - (?=\w)', ' + ')
    for match in NUMBER.finditer(line):
        if line[:match.start()].count('"') % 2 == 0:
            found.append(line[:match.start()] + str(int(match.group(1)) + 1) + line[match.end():])
    swap(r'^(\t+(?:\} else )?if) \((.*)\)( \{)?$', r'\1 (!(\2))\3')
    swap(r'^(\t+(?:\} else )?if) \((.*)\)( \{)?$', r'\1 (0 && (\2))\3')
    swap(r'^(\t+)[a-z_]+\([^;{}]*\);$', r'\1;')
    swap(r'^(\t+)[a-z_>.\[\]-]+ [|&+-]?= [^;{}]*;$', r'\1;')
    swap(r'^(\t+return) (?:error|rc);$', r'\1 0;')
    swap(r'^(\t+return) true;$', r'\1 false;')
    swap(r'^(\t+return) false;$', r'\1 true;')
    swap(r'^(\t+return) ([a-z][^;?:]*[^;?: ]);$', r'\1 !(\2);')
    return [new for new in found if new != line]


def sites(tree, floors):
    """Per floor the lines of its C files that can be changed."""
    out = subprocess.run(['git', '-C', tree, 'ls-files', '*.c'], capture_output=True, text=True, check=True).stdout
    found = {floor: [] for floor in floors}
    for name in out.split():
        floor = name.split('/')[0]
        if floor not in found:
            continue
        with open(os.path.join(tree, name), encoding='utf-8') as file:
            comment = False
            for number, line in enumerate(file.read().split('\n')):
                comment = comment or line.lstrip().startswith('/*')
                if not comment and line.startswith('\t') and swaps(line):
                    found[floor].append((name, number))
                comment = comment and '*/' not in line
    return found


class Copy:
    """A tree of its own, built once and then again after each change."""

    def __init__(self, directory):
        self.tree = directory
        self.build = os.path.join(directory, 'build', 'mutation')
        if not os.path.exists(os.path.join(directory, '.git')):
            subprocess.run(['git', 'clone', '-q', TOP, directory], check=True)
        os.makedirs(self.build, exist_ok=True)
        self.environment = dict(os.environ, top_srcdir=self.tree, top_builddir=self.build, CMOCKA_MESSAGE_OUTPUT='TAP')
        if not os.path.exists(os.path.join(self.build, 'config.status')):
            subprocess.run(['./autogen.sh'], cwd=self.tree, check=True, capture_output=True)
            subprocess.run(['../../configure'], cwd=self.build, check=True, capture_output=True)
        listing = subprocess.run(['make', '-pn', 'check'], cwd=self.build, capture_output=True, text=True).stdout
        programs = re.search(r'^check_PROGRAMS = (.*)$', listing, re.M).group(1)
        self.programs = [re.sub(r'\$\(EXEEXT\)', '', name) for name in programs.split() if name.startswith('tests/')]
        if not self.make(['all']):
            sys.exit('the tree does not build')

    def make(self, targets):
        return subprocess.run(['make', '-j2', *targets], cwd=self.build, capture_output=True).returncode == 0

    def units(self, floor):
        pattern = UNITS[floor]
        return [name for name in self.programs if pattern and re.match(pattern, name)]

    def needed(self, floor):
        """The programs of a floor's tests, those that its scripts call among them."""
        scripts = ''
        for name in SCRIPTS[floor] + DEEP:
            if name not in self.programs:
                with open(os.path.join(self.tree, name), encoding='utf-8') as file:
                    scripts += file.read()
        units = self.units(floor)
        return units + [name for name in self.programs if name not in units and (name in scripts or name in SCRIPTS[floor])]

    def passes(self, test):
        path = os.path.join(self.build if test in self.programs else self.tree, test)
        how = {'.sh': ['bash'], '.pl': ['perl'], '.bats': ['bats', '--tap']}.get(os.path.splitext(test)[1], [])
        try:
            done = subprocess.run([*how, path], cwd=self.build, env=self.environment, capture_output=True, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0 and not re.search(rb'^\s*not ok', done.stdout, re.M)

    def verdict(self, floor, deep):
        """'unbuilt', the test that failed, or None: it survived."""
        if not self.make(['all', *self.needed(floor)]):
            return 'unbuilt'
        for test in self.units(floor) + SCRIPTS[floor] + (DEEP if deep else []):
            if not self.passes(test):
                return test
        return None


def equivalents():
    try:
        with open(os.path.join(TOP, 'tests/tools/mutation.equivalent'), encoding='utf-8') as file:
            return [tuple(part.strip() for part in line.split('\t')) for line in file if line.strip() and line[0] != '#']
    except FileNotFoundError:
        return []


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=150)
    parser.add_argument('--floor', action='append', choices=FLOORS)
    parser.add_argument('--deep', action='store_true')
    parser.add_argument('--least', type=float, default=0, help='percent that must be killed')
    parser.add_argument('--copy', help='a directory to work in, kept; else a temporary one')
    options = parser.parse_args()
    floors = options.floor or FLOORS
    directory = options.copy or tempfile.mkdtemp(prefix='kabar-mutation-')
    draw = random.Random(options.seed)
    copy = Copy(directory)
    known = equivalents()
    places = sites(copy.tree, floors)
    for floor in floors:  # a test that is red without a fault would kill them all
        failed = copy.verdict(floor, options.deep)
        if failed:
            sys.exit(f'{failed} fails without a fault')
    table = {floor: [0, 0, 0] for floor in floors}  # planted, killed, equivalent
    while sum(row[0] for row in table.values()) < options.count:
        floor = floors[sum(row[0] for row in table.values()) % len(floors)]
        name, number = draw.choice(places[floor])
        path = os.path.join(copy.tree, name)
        with open(path, encoding='utf-8') as file:
            text = file.read()
        lines = text.split('\n')
        old = lines[number]
        lines[number] = draw.choice(swaps(old))
        with open(path, 'w', encoding='utf-8') as file:
            file.write('\n'.join(lines))
        verdict = copy.verdict(floor, options.deep)
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        if verdict == 'unbuilt':
            continue
        row = table[floor]
        row[0] += 1
        row[1] += verdict is not None
        if verdict is None:
            same = any(entry[:3] == (name, old.strip(), lines[number].strip()) for entry in known)
            row[2] += same
            print(f'{"equivalent" if same else "SURVIVED"} {name}:{number + 1}\n-{old}\n+{lines[number]}', flush=True)
        else:
            print(f'killed {name}:{number + 1} by {verdict}', flush=True)
    if not options.copy:
        shutil.rmtree(directory)
    report(table, options)


def report(table, options):
    print('\n| floor | planted | killed | change nothing | killed of those that matter |\n|---|---|---|---|---|')
    total = [sum(column) for column in zip(*table.values())]
    for name, (planted, killed, same) in [*table.items(), ('all', total)]:
        share = 100 * killed / (planted - same) if planted > same else 100
        print(f'| {name} | {planted} | {killed} | {same} | {share:.0f} % |')
    if total[0] > total[2] and 100 * total[1] / (total[0] - total[2]) < options.least:
        sys.exit(1)


if __name__ == '__main__':
    main()
