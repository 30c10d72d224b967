#!/usr/bin/env python3
"""Our own texts sent back. Every text of a transcript that offers something to type ("Ketik X", "balas X", "mis. X",
"Contoh ...: X") is typed by whoever read it, there and then, in a copy of the transcript that ends with it; so is what is
offered instead of a question that was understood in part. It is answered as what it offers: never by silence, by a text
that says it was not understood, or by the same offer again.   usage: offers.py KABARCTL SOURCE [-v]"""
import collections
import os
import re
import subprocess
import sys
import tempfile

BRANCHES_MOST = 2  # of one offer in one kind of text: the same words in two conversations
WORD = r"[A-Z0-9+](?:[A-Z0-9/#+'.-]*[A-Z0-9/#+])?"
RUN = r"(?=[A-Z])%s(?: (?:%s|\?))*" % (WORD, WORD)
WHOLE = re.compile(r"(?:ketik: |dijawab satu per satu\. Ketik )(.*?)\.?$")  # a question, whatever stands in it
LITERAL = re.compile(r"(?:[Kk]etik|[Bb]alas|atau|,) (%s|\d)(?=[ .,?]|$)" % RUN)
EXAMPLE = re.compile(r"(?:mis\.|Contoh(?: [^:.]*)?:) ([^(]+?)(?= \(|\. |\.?$|, | atau | [A-Z][a-z]+:)")
BEHIND = re.compile(r"^,? (?:lalu|nama|apa|nomor|lama|yang|kirim|benar)\b|^, [a-z]|^, PIN ")
CATALOGUE = re.compile(r"^([a-z_]+) = (.*)$")
# Texts that say that something was not understood, or cannot be; what they offer is no answer to an offer.
LOST = ("human human_asked human_other query_unknown refused no_pending empty apology ref_none limit query_apart").split()


def texts(source):
    """Message ids and their texts, as patterns."""
    found = {}
    with open(os.path.join(source, "conf/messages/id.ini"), encoding="utf-8") as lines:
        for line in lines:
            match = CATALOGUE.match(line.strip())
            if match and match.group(1) not in found:
                found[match.group(1)] = re.compile(
                    "".join(part if part == ".*" else re.escape(part)
                            for part in re.split(r"(\.\*)", re.sub(r"\{\w+\}", ".*", match.group(2)))) + "$")
    return found


def offers(text):
    """What a text offers to type, in its order."""
    whole = WHOLE.search(text)
    if whole:
        return re.split(r", lalu ", whole.group(1))
    if re.search(r"[Bb]alas (?:angkanya|nomornya)", text):
        return ["1"]
    found = []
    for match in LITERAL.finditer(text):
        begins = text[:match.start() + 1]
        listed = text[match.start()] in "a," and not re.search(r"(?:[Kk]etik|[Bb]alas) [^.]*$", begins)
        if not listed and not BEHIND.match(text[match.end():]):
            found.append(match.group(1))
    found += [match.group(1).strip() for match in EXAMPLE.finditer(text)]
    return [offer for offer in dict.fromkeys(found) if len(offer) > 0]


def golden(path):
    """(transcript, [(line, [(to, text)])]) of a file of texts."""
    name, steps = None, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("== "):
                if name:
                    yield name, steps
                name, steps = line[3:], []
            elif line.startswith("\t"):
                steps[-1][1].append(tuple(line[1:].split("\t", 1)))
            elif line:
                steps.append((line, []))
    if name:
        yield name, steps


def transcript_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip() for line in lines]


def shape(text):
    return re.sub(r"\d+", "0", text)


def branches(source):
    """(where, transcript so far, who, what is typed, the text that offers it)"""
    folder = os.path.join(source, "tests/play")
    seen = collections.Counter()
    quotas = re.compile(r"^conf .*(?:two-replies|budget|many-alarms)", re.M)
    known = texts(source)
    for name in sorted(os.listdir(os.path.join(folder, "golden"))):
        for play, steps in golden(os.path.join(folder, "golden", name)):
            path = os.path.join(folder, name[:-4], play)
            lines, at = transcript_lines(path), -1
            if quotas.search("\n".join(lines)):
                continue  # what is beyond the day's answers is not answered
            for line, came in steps:
                at = lines.index(line, at + 1)
                for to, text in came:
                    if "\\n" in text or not to.startswith("+62"):
                        continue  # a screen takes its own answers
                    kind = next((i for i, pattern in known.items() if pattern.match(text)), shape(text))
                    for offer in offers(text):
                        key = (to, kind, shape(offer))
                        seen[key] += 1
                        if seen[key] <= BRANCHES_MOST:
                            yield "%s/%s:%d" % (name[:-4], play, at + 1), path, lines[:at + 1], to, offer, text


def head(path, lines):
    """A transcript up to here, its files named from anywhere, without what it expects."""
    folder = os.path.dirname(os.path.abspath(path))
    for line in lines:
        words = line.split()
        if words[:1] == ["import"]:
            yield "import %s %s%s" % (words[1], os.path.join(folder, words[2]), "".join(" " + w for w in words[3:]))
        elif words[:1] == ["conf"]:
            yield "conf " + os.path.join(folder, words[1])
        elif words and words[0] not in ("expect",) and not line.startswith("#"):
            yield line


def answered(shown, who):
    """What came to him by the last line of a transcript that was shown."""
    lines, came = shown.rstrip("\n").split("\n"), []
    for line in reversed(lines):
        if not line.startswith("\t"):
            break
        to, text = line[1:].split("\t", 1)
        if to == who:
            came.insert(0, text)
    return came


def verdict(offer, offering, came, known):
    """Why it is no answer; None: it is one."""
    left = re.compile(known["query_left_out"].pattern[:-1])
    if not came:
        return "silence"
    for text in came:
        for lost in LOST:
            if lost in known and known[lost].match(text) and not (lost == "ref_none" and "CEK" in offer):
                return lost
        if left.match(text):
            return "words of ours were not read"
    if shape(came[0]) == shape(offering) and offer not in ("LAGI",):
        return "the same again"
    return None


def played(kabarctl, work, all_branches):
    paths = []
    for number, (where, path, lines, who, offer, text) in enumerate(all_branches):
        paths.append(os.path.join(work, "%d.play" % number))
        with open(paths[-1], "w", encoding="utf-8") as out:
            out.write("\n".join(head(path, lines)) + "\nsms %s: %s\n" % (who, offer))
    done = subprocess.run([kabarctl, "play", "--show"] + paths + [os.devnull], stdout=subprocess.PIPE, text=True, check=False)
    return re.split(r"^== .*\n", done.stdout, flags=re.M)[1:]


CONTROLS = 12


def control(kabarctl, everything):
    """What is said of offers that nobody can read."""
    known = texts(sys.argv[2])
    spoilt = [branch[:4] + (branch[4][::-1],) + branch[5:] for branch in everything
              if branch[3] == "+6281200000020" and branch[4].isupper() and len(branch[4].split()) > 2]
    spoilt = spoilt[:CONTROLS]
    with tempfile.TemporaryDirectory(prefix="kabar-offers-") as work:
        shown = played(kabarctl, work, spoilt)
    return [verdict(branch[4], branch[5], answered(said, branch[3]), known) for branch, said in zip(spoilt, shown)]


TITLE = re.compile(r"^(title|asked)\.(\w+) = ([^(]*?) *(?:\(.*)?$")
SEVERAL = ("pos", "rekap", "evaluasi", "nd_bersih")  # told by several numbers, or beside another one
SHAPES = ["%s AGT 24", "%s KEC. PANGGUL JUL 24", "%s DESA WONOCOYO AGT 24", "%s KAB. TRENGGALEK 2024", "%s PER DESA JUL 24",
          "%s PER KECAMATAN AGT 24"]
WORLD = """clock 2024-08-15 10:00
conf %(data)s/many-replies.conf
import areas %(data)s/areas.csv
import posyandu %(data)s/posyandu.csv
import puskesmas %(data)s/puskesmas.csv
import people %(data)s/numbers-people.csv
sms +6281200000001: POS MELATI 20/7/24 S30 K30 D25 N20 BGM 1 DIUKUR 25 STUNTING 3
sms +6281200000003: LAHIR#SITI#25#14/7/24#L#2300#48#PKM#BIDAN#HIDUP
sms +6281200000003: MATI#BAYI#BY NY RINI#P3D#3/8/24#RS#ASFIKSIA
"""


def composed(source):
    """(what is counted, a question as the program writes it instead of one that it understood in part)"""
    names, titles = {}, {}
    with open(os.path.join(source, "conf/messages/id.ini"), encoding="utf-8") as lines:
        for match in filter(None, map(TITLE.match, lines)):
            (names if match.group(1) == "asked" else titles)[match.group(2)] = match.group(3)
    for indicator, title in titles.items():
        for shape in SHAPES:
            yield "" if indicator in SEVERAL else title, shape % names.get(indicator, title).upper()


def asked(kabarctl, source, work, known):
    """Questions that are not answered as what they ask."""
    path = os.path.join(work, "asked.play")
    questions = list(composed(source))
    with open(path, "w", encoding="utf-8") as out:
        out.write(WORLD % {"data": os.path.abspath(os.path.join(source, "tests/play/data"))})
        # a while between them: what is open now has one answer, whatever the month, and the same at once would be a loop's
        out.writelines("sms +6281200000020: %s\nwait 10m\n" % question for _, question in questions)
    done = subprocess.run([kabarctl, "play", "--show", path], stdout=subprocess.PIPE, text=True, check=False)
    lines = done.stdout.split("\n")
    failed = 0
    for title, question in questions:
        at = lines.index("sms +6281200000020: " + question)
        came = [lines[at + 1].split("\t", 2)[2]] if lines[at + 1].startswith("\t") else []
        why = verdict(question, question, came, known)
        if why == "query_apart":
            why = None  # it has no list: what it offers instead is among the transcripts
        elif not why and title.lower() not in came[0].lower():
            why = "of something else"
        if why or "-v" in sys.argv:
            print("# %s\n#    came: %s\n#    %s" % (question, " | ".join(came), why or "answered"))
        failed += why is not None
    return len(questions), failed


def main():
    kabarctl, source = sys.argv[1], sys.argv[2]
    known, failed = texts(source), 0
    everything = list(branches(source))
    with tempfile.TemporaryDirectory(prefix="kabar-offers-") as work:
        shown = played(kabarctl, work, everything)
        questions, unanswered = asked(kabarctl, source, work, known)
    if len(shown) < len(everything):
        print("# played: %d of %d" % (len(shown), len(everything)))
        failed += 1
    for (where, _, _, who, offer, text), said in zip(everything, shown):
        came = answered(said, who)
        why = verdict(offer, text, came, known)
        if why or "-v" in sys.argv:
            print("# %s %s: %s\n#    offered in: %s\n#    came: %s" % (where, who, offer, text, " | ".join(came)))
            print("#    %s" % (why or "answered"))
        failed += why is not None
    print("%sok 1 - %d offers of our own texts typed as they stand, %d not answered as offered"
          % ("not " * (failed > 0), len(everything), failed))
    print("%sok 2 - %d questions as we write them, %d not answered" % ("not " * (unanswered > 0), questions, unanswered))
    found = sum(bool(why) for why in control(kabarctl, everything))
    print("%sok 3 - %d of %d such offers spelt backwards are not taken for answered" % (
        "not " * (found < CONTROLS), found, CONTROLS))
    failed += found < CONTROLS
    print("1..3")
    return 1 if failed or unanswered else 0


if __name__ == "__main__":
    sys.exit(main())
