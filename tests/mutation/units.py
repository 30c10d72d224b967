"""The tests that are asked about a fault, each a small program run: unit tests, transcripts, corpora, scripts."""
import os
import re
import resource
import select
import signal
import subprocess
import tempfile
import time

UNITS = re.compile(r'tests/(parsers/test_|flows/test_|store/(contract|secrets|durability|test_readers)$|gateway/(link/)?test_|web/test_)')
# Three of every four seconds that unit tests compute.
DEAR = {'tests/parsers/test_twice', 'tests/parsers/test_hostile', 'tests/flows/test_own_answers'}
CORPORA = ['dev', 'ilp', 'skdr', 'near', 'newcomers', 'own', 'blind', 'questions']
SCRIPTS = ['tests/play/faults.sh', 'tests/store/contract_postgres.sh', 'tests/outage/twodoors.pl', 'tests/flows/batches_postgres.sh', 'tests/tools/kabarctl.bats', 'tests/tools/import.bats', 'tests/tools/codebook.bats', 'tests/tools/config.bats',
           'tests/tools/calls.bats', 'tests/tools/backup.bats', 'tests/tools/audit.bats', 'tests/tools/operator.bats',
           'tests/tools/privacy.bats', 'tests/tools/orders.bats', 'tests/tools/patterns.bats', 'tests/tools/exchange.bats',
           'tests/tools/smsc.pl', 'tests/integration/hostile.pl', 'tests/integration/odd.pl', 'tests/integration/ussd.pl',
           'tests/integration/redelivery.pl', 'tests/integration/reload.pl', 'tests/integration/signals.pl',
           'tests/integration/health.pl', 'tests/integration/conformance.pl', 'tests/integration/classes.pl',
           'tests/web/access.pl', 'tests/web/list.pl', 'tests/web/numbers.pl', 'tests/web/attacks.pl']
NOT_OK = re.compile(rb'^\s*not ok', re.M)
HOW = {'.sh': ['bash'], '.pl': ['perl'], '.bats': ['bats', '--tap']}


def listen(process, deadline, strict):
    """What it says until it closes its output, and whether it did; strict: no further than the first "not ok"."""
    said, out = b'', process.stdout.fileno()
    while time.monotonic() < deadline:
        if select.select([out], [], [], max(0, deadline - time.monotonic()))[0]:
            part = os.read(out, 1 << 16)
            if not part:
                return said, True
            said += part
            if strict and NOT_OK.search(said, max(0, said.rfind(b'\n', 0, len(said) - len(part)))):
                return said, False
    return said, False


def status(process, deadline):
    try:
        return process.wait(max(1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return None


def of_room(room):
    """The processes that were started with this room."""
    mark = f'KABAR_ROOM={room}'.encode()
    for pid in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open(f'/proc/{pid}/environ', 'rb') as file:
                if mark in file.read().split(b'\0'):
                    yield int(pid)
        except OSError:
            continue


def end_all(process, room):
    """Nothing of a run outlives it: asked to end first, so that a cluster of PostgreSQL is stopped."""
    for sign, wait in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        left = list(of_room(room))
        for pid in left:
            try:
                os.kill(pid, sign)
            except ProcessLookupError:
                pass
        until = time.monotonic() + wait
        while left and time.monotonic() < until and (process.poll() is None or list(of_room(room))):
            time.sleep(0.05)
    process.stdout.close()
    process.wait()


class Unit:
    """One run. fine() says whether it went as it should; `took` is the computing that it cost when nothing was wrong,
    `lasted` how long that took."""

    def __init__(self, name, command, stdin=None, judge=None):
        self.name, self.command, self.stdin, self.judge = name, command, stdin, judge
        self.said, self.took, self.lasted, self.killed = None, 0, 0, {}
        self.is_script = os.path.splitext(name)[1] in HOW

    def run(self, tree, build, extra, learning=False):
        """Whether it ended well, and what it said; the first "not ok" ends it at once, what follows one is waits in vain."""
        environment = dict(os.environ, top_srcdir=tree, top_builddir=build, CMOCKA_MESSAGE_OUTPUT='TAP',
                           KABAR_DATA=os.path.join(tree, 'conf'), KABAR_PATIENCE='30', **extra)
        # Of computing time, for a loop that never ends; of time, for what waits for ever: the machine may be busy.
        limit, patience = (600, 1200) if learning else (int(10 + 5 * self.took), 30 + 4 * self.lasted)
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        with tempfile.TemporaryDirectory(prefix='kabar-mutant-', ignore_cleanup_errors=True) as room:
            os.chmod(room, 0o755)  # a cluster of PostgreSQL has another owner
            with open(self.stdin or os.devnull, 'rb') as given, tempfile.TemporaryFile(dir=room) as errors:
                process = subprocess.Popen(self.command, cwd=build, env={**environment, 'TMPDIR': room, 'KABAR_ROOM': room},
                                           stdin=given, stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
                                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1)))
                try:
                    said, ended = listen(process, started + patience, not learning and self.judge is None)
                    good = ended and status(process, started + patience) == 0
                finally:
                    end_all(process, room)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cost = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - started
        return good, said

    def learn(self, tree, build, extra):
        """Without a fault: what it says and costs."""
        good, self.said = self.run(tree, build, extra, True)
        self.took, self.lasted = self.cost
        return good and not NOT_OK.search(self.said)

    def fine(self, tree, build, extra):
        good, said = self.run(tree, build, extra)
        if not good:
            return False
        if self.judge == 'same':
            return said == self.said
        if self.judge:
            return said == self.said or self.score(tree, said)
        return not NOT_OK.search(said)

    def score(self, tree, said):
        """A reading that differs may be as good: the corpus's own scorer says."""
        path = os.path.join(os.environ.get('TMPDIR', '/tmp'), f'kabar-score-{os.getpid()}')
        with open(path, 'wb') as file:
            file.write(said)
        scorer = os.path.join(tree, self.judge)
        return subprocess.run(['python3', scorer, *([] if 'asked' in scorer else [self.stdin]), path],
                              capture_output=True).returncode == 0


def transcripts(tree, build):
    for folder, _, names in sorted(os.walk(os.path.join(tree, 'tests/play'))):
        for name in sorted(names):
            if name.endswith('.play'):
                path = os.path.join(folder, name)
                yield Unit(os.path.relpath(path, tree), [os.path.join(build, 'kabarctl'), 'play', '--show', path], judge='same')


def corpora(tree, build, work):
    reader = os.path.join(build, 'tests/parsers/read_corpus')
    for name in CORPORA:
        yield Unit(f'corpus {name}', [reader], os.path.join(tree, f'tests/corpus/{name}.tsv'), 'tests/corpus/score.py')
    yield Unit('corpus cries', [reader], os.path.join(tree, 'tests/corpus/cries.tsv'), 'tests/corpus/cries.py')
    made = {'told': ['generate.py', '2000', '--seed', '1'], 'cared': ['care.py', '1500', '--seed', '1'],
            'talked': ['chat.py', os.path.join(work, 'told.tsv'), '--seed', '1']}
    for name, (script, *arguments) in made.items():
        path = os.path.join(work, f'{name}.tsv')
        with open(path, 'wb') as file:
            subprocess.run(['python3', os.path.join(tree, 'tests/soak', script), *arguments], stdout=file, check=True)
        yield Unit(f'corpus {name}', [reader], path, 'tests/soak/compare.py')
    path = os.path.join(work, 'all.tsv')
    with open(path, 'wb') as file:
        for name in ('dev', 'blind', 'own', 'newcomers', 'ilp'):
            with open(os.path.join(tree, f'tests/corpus/{name}.tsv'), 'rb') as part:
                file.write(part.read())
    yield Unit('corpus replies', [reader, 'replies'], path, 'tests/corpus/asked.py')


def everything(tree, build, programs, work, scripts):
    """All that is asked, in no order yet."""
    found = [Unit(name, [os.path.join(build, name)]) for name in programs if UNITS.match(name) and (scripts or name not in DEAR)]
    found += list(transcripts(tree, build)) + list(corpora(tree, build, work))
    if scripts:
        found += [Unit(name, [*HOW[os.path.splitext(name)[1]], os.path.join(tree, name)]) for name in SCRIPTS]
    return found


def by_name(tree, build, programs, work):
    """A test by its name: one of everything(), or any script or program with its arguments, transcripts and such."""
    found = {unit.name: unit for unit in everything(tree, build, programs, work, False)}

    def named(name):
        words = name.split()
        if name not in found and words:
            ending = os.path.splitext(words[0])[1]
            given = [os.path.join(tree, word) if word.startswith('tests/') else word for word in words[1:]]
            command = [*HOW[ending], os.path.join(tree, words[0])] if ending in HOW else [os.path.join(build, words[0])]
            if os.path.exists(command[-1]):
                found[name] = Unit(name, command + given)
        return found.get(name)
    return named
