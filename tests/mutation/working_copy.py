"""The tree that faults are planted in, what was last committed, and its build."""
import os
import re
import shutil
import subprocess
import sys

import mutants

FLOORS = ['parsers', 'flows', 'store', 'gateway', 'tools', 'web']
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Copy:
    """A tree of its own with a build in it."""

    def __init__(self, directory):
        self.tree, self.build = directory, os.path.join(directory, 'build', 'mutation')
        if not os.path.exists(os.path.join(directory, '.git')):
            subprocess.run(['git', 'clone', '-q', TOP, directory], check=True)
        subprocess.run(['git', 'fetch', '-q', TOP, 'HEAD'], cwd=directory, check=True)
        subprocess.run(['git', 'checkout', '-q', '-f', 'FETCH_HEAD'], cwd=directory, check=True)
        os.makedirs(self.build, exist_ok=True)
        if not os.path.exists(os.path.join(self.build, 'config.status')):
            compiler = 'ccache gcc' if shutil.which('ccache') else 'gcc'
            subprocess.run(['./autogen.sh'], cwd=self.tree, check=True, capture_output=True)
            linker = ['LDFLAGS=-fuse-ld=gold'] if shutil.which('ld.gold') else []  # half the time of the other one
            subprocess.run(['../../configure', f'CC={compiler}', 'CFLAGS=-O1 -g0', *linker], cwd=self.build, check=True,
                           capture_output=True)
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

    def takes(self, source, change):
        """Which numbers of {0} are to be planted dull, so that it compiles; None: it does not."""
        return next((dull for dull in ((), (0,)) if self.compiles(source.name, source.with_all({0: change}, dull))), None)

    def plant(self, sources, planted, dull):
        """All faults, {number: (source, change)}, into the tree, and a build of it."""
        for name, source in sources.items():
            chosen = {number: change for number, (of, change) in planted.items() if of is source}
            if chosen:
                self.write(name, source.with_all(chosen, dull))
        util = 'parsers/text/util.c'
        self.write(util, self.read(util) + mutants.RUNTIME)
        self.make()

    def make(self):
        said = subprocess.run(['make', '-j2', 'all', 'check', 'TESTS='], cwd=self.build, capture_output=True, text=True)
        if said.returncode != 0:
            sys.exit('the tree with its faults does not build:\n' + said.stderr[-2000:])
