#!/usr/bin/env python3
"""Each bound that tests/limits/limits.tsv has a test for is tried at N - 1, N and N + 1, N taken from the code. TAP.

A test is a function here: of a number, True when what has so many is taken as it stands. A bound named MAX or MOST takes
N and not N + 1; one named MIN takes N and not N - 1. A row of the table:
name, file, value as in the code, test.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TOP = os.environ['top_srcdir']
CTL = os.path.join(os.environ['top_builddir'], 'kabarctl')
REPORT = 'LAHIR#SITI %s#25#kemarin#L#3200#49#PKM#BIDAN#HIDUP'
CONF = '''[gateway]
name = {name}
timezone = Asia/Jakarta
quiet =
forms = {forms}
lexicon = {lexicon}
menus = {top}/conf/menus
messages = {messages}
dialects = {top}/conf/dialects
[store]
path = {work}/kabar.db
ballast = 1
[smsc uji]
host = 127.0.0.1
port = 2775
system_id = kabar
password = rahasia
address = {address}
address_ton = {ton}
'''
work = tempfile.mkdtemp(prefix='kabar-limits-')


def configure(**changed):
    values = dict(top=TOP, work=work, name='uji', address='2255', ton=3, forms=f'{TOP}/conf/forms', lexicon=f'{TOP}/conf/lexicon',
                  messages=f'{TOP}/conf/messages')
    with open(f'{work}/kabar.conf', 'w', encoding='utf-8') as file:
        file.write(CONF.format(**{**values, **changed}))
    os.chmod(f'{work}/kabar.conf', 0o640)


def ctl(*words, given=''):
    return subprocess.run([CTL, '-c', f'{work}/kabar.conf', *words], input=given, capture_output=True, text=True)


def checked(said=None):
    """Does config check take it? said: with nothing else to complain of when it does not."""
    done = ctl('config', 'check')
    if done.returncode and said and said not in done.stdout + done.stderr:
        raise AssertionError(f'refused for another reason: {done.stdout}{done.stderr}')
    return done.returncode == 0


def read(text, phone='+6281200000001'):
    return json.loads(ctl('read', given=f'{phone}\t{text}\n').stdout)


def folder(kind):
    path = f'{work}/{kind}'
    shutil.rmtree(path, ignore_errors=True)
    shutil.copytree(f'{TOP}/conf/{kind}', path)
    return path


def line_of_a_file(n):
    configure()
    with open(f'{work}/kabar.conf', encoding='utf-8') as file:
        text = file.read()
    line = 'name = uji'
    with open(f'{work}/kabar.conf', 'w', encoding='utf-8') as file:
        file.write(text.replace(line, line + ' ' * (n - len(line))))
    return checked('octets')


def sender_in_letters(n):
    configure(address='K' * n, ton=5)
    return checked('address')


def patterns_ignored(n):
    path = folder('lexicon')
    with open(f'{path}/ignore.ini', encoding='utf-8') as file:
        rules = len(re.findall(r'^\w+ *=', file.read(), re.M))
    with open(f'{path}/ignore-uji.ini', 'w', encoding='utf-8') as file:
        file.write('[uji]\n' + ''.join(f'uji{i} = ^uji nomor {i} belaka$\n' for i in range(n - rules)))
    configure(lexicon=path)
    return checked()


def patterns_rewritten(n):
    path = folder('lexicon')
    with open(f'{path}/rewrite.ini', encoding='utf-8') as file:
        rules = len(re.findall(r'^\[', file.read(), re.M))
    with open(f'{path}/rewrite-uji.ini', 'w', encoding='utf-8') as file:
        for i in range(n - rules):
            file.write(f'[uji{i}]\npattern = ^ujinomor{i}belaka$\nwith = ganti\nexample = ujinomor{i}belaka => ganti\n')
    configure(lexicon=path)
    return checked()


def forms_of_a_district(n):
    path = folder('forms')
    with open(f'{TOP}/tests/tools/kb.ini', encoding='utf-8') as file:
        form = file.read()
    have = len([name for name in os.listdir(path) if name.endswith('.ini')])
    letters = [letter for letter in 'ABDEFGHIJKQUVWXYZ' if not any(
        re.search(rf'^letter += {letter}$', open(f'{path}/{name}', encoding='utf-8').read(), re.M)
        for name in os.listdir(path) if name.endswith('.ini'))]
    for i in range(n - have):
        new = re.sub(r'^letter .*$', f'letter = {letters[i]}', form, flags=re.M)
        new = re.sub(r'^keywords .*$', f'keywords = UJIFORM{letters[i] * 3}', new, flags=re.M)
        new = re.sub(r'^title .*$', f'title = Uji {letters[i] * 3}', new, flags=re.M)
        with open(f'{path}/uji{letters[i].lower()}.ini', 'w', encoding='utf-8') as file:
            file.write(new.replace('kb_', f'uji{letters[i].lower()}_').replace('counts   = kb,', f'counts   = uji{letters[i].lower()},'))
    configure(forms=path)
    return checked('forms')


def words_of_a_message(n):
    """A report is read in a text of so many words."""
    configure()
    report = REPORT % 'AMINAH'
    alone = 11  # words of it
    return any('form' in one for one in read(report + '. ' + 'kata ' * (n - alone)).get('reports', []))


def reports_of_a_message(n):
    """Each is told back."""
    configure()
    names = [a + b for a in 'ABCDE' for b in ('NI', 'RI', 'TI', 'WI')]
    reading = read('\\n'.join(REPORT % name for name in names[:n]))
    return len(reading['reports']) == n


def digits_of_a_phone(n):
    """+62 and more; what is no number is nobody's phone."""
    configure()
    with open(f'{work}/people.csv', 'w', encoding='utf-8') as file:
        file.write('phone,name,role,area,posyandu,language\n+62' + '8' * (n - 2) + ',Uji,bidan,35.03.01.2004,,id\n')
    return ctl('import', 'people', f'{work}/people.csv', '--dry-run').returncode == 0


def password(n):
    configure()
    name = f'uji{n}'
    return ctl('user', 'add', name, '--role', 'dinkes', '--area', '35.03', given='r' * n + '\n').returncode == 0


def days_of_a_purge(n):
    configure()
    return ctl('purge', '--raw-older-than', f'{n}d', '--dry-run').returncode == 0


def backups_kept(n):
    configure()
    os.mkdir(f'{work}/backups-{n}')
    return ctl('backup', '--into', f'{work}/backups-{n}', '--keep', str(n)).returncode == 0


def years_of_targets(n):
    return targets(year=n)


def value_of_a_target(n):
    return targets(value=n)


def targets(year=2026, value=100):
    configure()
    with open(f'{work}/sasaran.csv', 'w', encoding='utf-8') as file:
        file.write(f'area,year,indicator,target\n35.03.01.2004,{year},lahir,{value}\n')
    return ctl('import', 'sasaran', f'{work}/sasaran.csv', '--dry-run').returncode == 0


def months_back(n):
    configure()
    reading = read(f'kematian {n} bulan terakhir', phone='+6281200000020')
    return reading.get('intent') == 'query' and not reading.get('problems')


def rows():
    with open(f'{TOP}/tests/limits/limits.tsv', encoding='utf-8') as file:
        return [line.rstrip('\n').split('\t') for line in file if line.strip() and line[0] != '#']


def tried(name, value, test):
    """What went otherwise than the bound says."""
    least = re.search(r'_(MIN|LEAST)$', name)
    wrong = []
    for n in (value - 1, value, value + 1):
        good = n >= value if least else n <= value
        if test(n) != good:
            wrong.append(f'{n} was {"refused" if good else "taken"}')
    return wrong


def main():
    chosen = [row for row in rows() if len(sys.argv) < 2 or row[3] in sys.argv[1:]]
    bad = False
    configure()
    ctl('store', 'init')
    ctl('import', 'areas', f'{TOP}/conf/areas/wilayah.csv')
    with open(f'{work}/known.csv', 'w', encoding='utf-8') as file:
        file.write('phone,name,role,area,posyandu,language\n081200000001,Ratna,bidan,35.03.01.2004,,id\n'
                   '081200000020,Dinas,dinkes,35.03,,id\n')
    ctl('import', 'people', f'{work}/known.csv')
    for count, (name, path, value, how) in enumerate(chosen, 1):
        try:
            wrong = tried(name, int(eval(value, {'__builtins__': {}})), globals()[how])
        except (AssertionError, KeyError, ValueError) as error:
            wrong = [str(error)]
        bad |= bool(wrong)
        print(f'{"not ok" if wrong else "ok"} {count} - {name} of {path}: {how.replace("_", " ")}, {value} and one less and more')
        for line in wrong:
            print(f'# {line}')
    print(f'1..{len(chosen)}')
    shutil.rmtree(work)
    return bad


if __name__ == '__main__':
    sys.exit(main())
