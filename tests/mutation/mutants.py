"""One small fault in C: what a line may become, and how fault and line stand in one program, chosen when it starts.

A fault is of one line: an operator, a constant, a condition, a statement, a return value. Hundreds are compiled at once:
what holds a fault is written twice, `MUTANT(7) ? (faulty) : (as it was)`, and the program is one fault's when it is
started with KABAR_MUTANT=7. Whoever comes by notes it in the file KABAR_REACHED: a test that does not come by a fault
cannot see it. Where that can be looked at without doing anything, it is noted only when the faulty value is another than
the right one (`i <= n` for `i < n`: only when i is n): few tests are left to show such a fault to.
"""
import re

NUMBER = re.compile(r'(?<![\w."\'%])(\d{1,6})(?![\w."\'xX])')
COMPARISONS = (('<', '<='), ('>', '>='), ('<=', '<'), ('>=', '>'), ('==', '!='), ('!=', '=='))
OPERATORS = [(re.compile(r'(?<= )' + re.escape(a) + r'(?= )'), b) for a, b in COMPARISONS] + [
    (re.compile(r'(?<= )&&(?=[ \n])'), '||'), (re.compile(r'(?<= )\|\|(?=[ \n])'), '&&'),
    (re.compile(r'(?<=\w) \+ (?=\w)'), ' - '), (re.compile(r'(?<=\w) - (?=\w)'), ' + ')]
DECLARATION = re.compile(r'(?:(?:const|unsigned|signed|long|short|struct|enum|static|_Atomic)\s+)*[A-Za-z_]\w*\s+[*\s]*[A-Za-z_]\w*\s*[=,;\[]')
RUNTIME = r'''
/* Which fault this program has, and which it came by. */
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
int kabar_mutant = -1;
static unsigned char kabar_nowhere[65536];
unsigned char *kabar_reached = kabar_nowhere;
__attribute__((constructor)) static void kabar_mutate(void)
{
	const char *mutant = getenv("KABAR_MUTANT"), *path = getenv("KABAR_REACHED");
	int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;

	kabar_mutant = mutant ? atoi(mutant) : -1;
	if (fd < 0)
		return;
	kabar_reached = mmap(NULL, sizeof(kabar_nowhere), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (kabar_reached == MAP_FAILED)
		kabar_reached = kabar_nowhere;
	close(fd);
}
'''
HEAD = 'extern int kabar_mutant; extern unsigned char *kabar_reached;\n' \
       '#define MUTANT(k) (kabar_reached[k] = 1, kabar_mutant == (k))\n' \
      '#define DIFFERS(k, d) (((d) ? kabar_reached[k] = 1 : 0), kabar_mutant == (k))\n' \
      '#define NOTED(k, v) __extension__({ _Bool noted_ = (v); if (noted_) kabar_reached[k] = 1; noted_; })\n#line 1\n'
PURE = re.compile(r'(?:strn?cmp|strlen|memcmp|strchr|isdigit|isalpha|isspace|COUNT_OF|sizeof|llround|abs)$')


def mask(text):
    """The text with comments, strings and characters blanked, as long as it was."""
    def blank(match):
        return re.sub(r'[^\n]', ' ' if match.group(0)[0] == '/' else 's', match.group(0))
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', blank, text, flags=re.S)


def closing(text, at):
    """Where the bracket at `at` is closed."""
    depth = 0
    for here in range(at, len(text)):
        depth += text[here] in '([{'
        depth -= text[here] in ')]}'
        if depth == 0:
            return here
    raise ValueError('unbalanced')


def pieces(text, start, end, sign):
    """The spans of text[start:end] between signs that stand in no bracket."""
    here = first = start
    while here < end:
        if text[here] in '([{':
            here = closing(text, here)
        elif text[here] == sign:
            yield first, here
            first = here + 1
        here += 1
    yield first, end


def values(text, start, end):
    """The spans of what is given to the names of a declaration, or to the members of a {...}."""
    for first, last in pieces(text, start, end, ','):
        here = first
        while here < last and not (text[here] == '=' and text[here + 1] != '=' and text[here - 1] not in '<>!='):
            here = closing(text, here) + 1 if text[here] in '([{' else here + 1
        if here >= last and text[start - 1] != '{':
            continue
        here = here + 1 if here < last else first
        while here < last and text[here].isspace():
            here += 1
        if here < last and text[here] == '{':
            yield from values(text, here + 1, closing(text, here))
        elif here < last:
            yield here, last


def spans(text, at, end):
    """(start, end, kind) of all that can be written twice in a body: 'value' or 'statement'."""
    while at < end:
        word = re.compile(r'\w+').match(text, at)
        name = word.group(0) if word else ''
        if text[at].isspace() or text[at] in '{};':
            at += 1
        elif text[at] == '#':
            at = text.index('\n', at)
        elif name in ('if', 'while', 'switch', 'for'):
            opened = text.index('(', at)
            closed = closing(text, opened)
            for first, last in pieces(text, opened + 1, closed, ';'):
                if name == 'for' and DECLARATION.match(text[first:last].lstrip() + ';'):
                    yield from ((*value, 'value') for value in values(text, first, last))
                elif text[first:last].strip():
                    yield first, last, 'value'
            at = closed + 1
        elif name in ('else', 'do'):
            at += len(name)
        elif name == 'case' or name == 'default' or re.compile(r'\w+:(?!:)').match(text, at):
            at = text.index(':', at) + 1
        else:
            last = next(pieces(text, at, end, ';'))[1]
            if name == 'return':
                if text[at + 6:last].strip():
                    yield at + 6, last, 'value'
            elif name not in ('break', 'continue', 'goto'):
                if DECLARATION.match(text, at):
                    yield from ((*value, 'value') for value in values(text, at, last))
                else:
                    yield at, last, 'statement'
            at = last + 1


def operand(text, start, end, change):
    """The smallest part of a condition, between && and ||, that holds the change (start, end)."""
    while True:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        signs, here = [], start
        while here < end:
            if text[here] in '([{':
                here = closing(text, here)
            elif text[here] in '?,' and change[0] < here:  # what stands behind may be no value then
                end = here
                break
            elif text[here] in '?,':
                return start, end
            elif text[here:here + 2] in ('&&', '||'):
                signs.append(here)
            here += 1
        cuts = [start, *(cut for sign in signs for cut in (sign, sign + 2)), end]
        within = [(first, last) for first, last in zip(cuts[::2], cuts[1::2]) if first <= change[0] and change[1] <= last]
        if signs and within:
            start, end = within[0]
        elif not signs and text[start] == '(' and closing(text, start) == end - 1 and start < change[0] and change[1] < end:
            start, end = start + 1, end - 1
        else:
            return start, end


def harmless(code):
    """Can it be computed once more without doing anything?"""
    if re.search(r'\+\+|--|(?<![=!<>])=(?!=)|\(\{', code):
        return False
    return all(PURE.match(name) for name in re.findall(r'(\w+)\s*\(', code) if name not in ('if', 'return'))


class Source:
    """A file of C, its bodies taken apart."""

    def __init__(self, name, text):
        self.name, self.text, self.mask = name, text, mask(text)
        self.spans = []
        for body in re.finditer(r'^\{$.*?^\}$', self.mask, re.M | re.S):
            try:
                self.spans += spans(self.mask, body.start() + 1, body.end() - 1)
            except (ValueError, IndexError):
                continue
        self.starts = [0]
        for line in self.mask.split('\n'):
            self.starts.append(self.starts[-1] + len(line) + 1)

    def span(self, start, end):
        """The smallest span around it, or None."""
        around = [span for span in self.spans if span[0] <= start and end <= span[1]]
        return min(around, key=lambda span: span[1] - span[0]) if around else None

    def changes(self, number):
        """What can become of the line: (start, end, new text, span)."""
        first, last = self.starts[number], self.starts[number + 1] - 1
        line, found = self.mask[first:last], []
        if not line.startswith('\t'):
            return found

        def change(start, end, new, span=None):
            found.append((first + start, first + end, new, span or self.span(first + start, first + end)))

        for pattern, new in OPERATORS:
            for match in pattern.finditer(line + '\n'):
                change(match.start(), match.end(), new)
        for match in NUMBER.finditer(line):
            change(match.start(), match.end(), str(int(match.group(1)) + 1))
        for span in self.spans:
            start, end = span[0] - first, span[1] - first
            if not 0 <= start < len(line):
                continue
            whole = self.text[span[0]:span[1]]
            before = line[:start].strip()
            if span[2] == 'statement' and end <= len(line):
                if re.match(r'\w*free\(', whole):
                    continue  # a leak: the sanitizers' business
                if re.match(r'[a-z_]+\(.*\)$|[a-z_>.\[\]-]+ [|&+-]?= ', whole):
                    change(start, end, '', span)
            elif re.match(r'(\} else )?(if|while) \($', before):
                change(start, end, f'!({whole})', span)
                if 'if' in before:
                    change(start, end, f'0 && ({whole})', span)
            elif before == 'return' and end <= len(line):
                value = whole.strip()
                new = {'error': '0', 'rc': '0', 'true': 'false', 'false': 'true'}.get(value)
                if new or re.match(r'[a-z][^;?:]*$', value):
                    change(start, end, ' ' + (new or f'!({value})'), span)
        return found

    def faulty(self, change):
        """The file with this fault alone."""
        start, end, new, _ = change
        return self.text[:start] + new + self.text[end:]

    def lines(self, change):
        """The line as it was and as it became, and its number."""
        number = self.text.count('\n', 0, change[0])
        return self.text.split('\n')[number], self.faulty(change).split('\n')[number], number + 1

    def planted(self, number, change, sharp=True):
        """(start, end, text): the fault beside what it was, asleep. sharp: noted only where it differs."""
        start, end, new, (first, last, kind) = change
        assigned = re.compile(r'[\w>.\[\]-]+ [|&+-]?= ').match(self.mask, first) if kind == 'statement' else None
        if assigned and assigned.end() <= start:
            first, kind = assigned.end(), 'value'
        if kind == 'statement':
            bad = self.text[first:start] + new + self.text[end:last]
            return first, last, f'{{ if (MUTANT({number})) {{ {bad}; }} else {{ {self.text[first:last]}; }} }}'
        if sharp and new.startswith('0 && (') and (start, end) == (first, last):
            return first, last, f'(kabar_mutant != {number} && NOTED({number}, ({self.text[first:last]})))'
        if sharp:
            first, last = operand(self.mask, first, last, (start, end))
        old = self.text[first:last].strip()
        bad = (self.text[first:start] + new + self.text[end:last]).strip()
        inside = self.mask[first:start].count('[') > self.mask[first:start].count(']')
        # A condition that guards what is read: `(i < n && list[i])` with `<=` reads what is not there.
        joined = re.search(r'&&|\|\||\?', new + self.mask[first:last]) and re.search(r'->|\[|\*|\w\(', old)
        if sharp and not inside and not joined and harmless(mask(old)) and harmless(mask(bad)):
            return first, last, f' (DIFFERS({number}, ({bad}) != ({old})) ? ({bad}) : ({old}))'
        return first, last, f' (MUTANT({number}) ? ({bad}) : ({old}))'

    def with_all(self, chosen, dull=()):
        """The file with each {number: change} of `chosen` in it, asleep; `dull` are noted whenever somebody comes by."""
        text = self.text
        for number, change in sorted(chosen.items(), key=lambda item: -item[1][0]):
            first, last, both = self.planted(number, change, number not in dull)
            text = text[:first] + both + text[last:]
        return HEAD + text

    def named(self, old, new):
        """The change of the one line `old` to `new`; ValueError: there is no such line, or it cannot be planted."""
        where = [n for n, line in enumerate(self.text.split('\n')) if line.strip() == old]
        if len(where) != 1:
            raise ValueError(f'{len(where)} such lines')
        line = self.text.split('\n')[where[0]]
        start = self.starts[where[0]] + len(line) - len(line.lstrip())
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        behind = 0
        while behind < min(len(old), len(new)) - same and old[-1 - behind] == new[-1 - behind]:
            behind += 1
        change = (start + same, start + len(old) - behind, new[same:len(new) - behind])
        span = self.span(*change[:2])
        if span is None:
            raise ValueError('a row of a table, or half a statement')
        return (*change, span)
