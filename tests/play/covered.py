"""Every alarm, ending, list, outbreak, questionnaire and question of the forms about people who are looked after, and of
what breaks out, has a transcript: what the form and questionnaire files name is looked for in covered.tsv, and each row of
it in what the transcript really said (golden). Every page of their menus is a screen of a transcript under ussd/, which
runs in every dialect. usage: covered.py SOURCE"""
import glob
import os
import re
import sys

src = sys.argv[1]
play = os.path.join(src, "tests/play")
FORMS = "hamil timbang skdr sakit nifas imun rujuk".split()
failed = number = 0


def verdict(good, what, why=""):
    global failed, number
    number += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} {number} - {what}")
    if not good and why:
        print("# " + why)


def sections(path):
    """(kind, name) of each section of an INI file, and its keys."""
    out, keys = [], {}
    for line in open(path):
        head = re.match(r"\[(\w+) ?([^\]]*)\]", line)
        pair = re.match(r"(\w+)\s*=\s*(.*)", line)
        if head:
            keys = {}
            out.append((head[1], head[2], keys))
        elif pair:
            keys[pair[1]] = pair[2].strip()
        elif line[:1].isspace() and keys:
            last = list(keys)[-1]
            keys[last] += " " + line.strip()
    return out


def wanted():
    """What must have a row: "alarm hamil bahaya", "screen batuk MERAH", "query k6"."""
    for form in FORMS:
        for kind, name, keys in sections(f"{src}/conf/forms/{form}.ini"):
            if kind in ("alarm", "end", "follow", "outbreak", "weekly"):
                yield f"{kind} {form} {name}"
            if kind == "indicator":
                yield f"query {name}"
            if kind == "case":
                yield from (f"{key} {form}" for key in ("ahead", "late", "lost") if key in keys)
            if kind == "form" and "later" in keys:
                yield f"later {form}"
    for path in glob.glob(f"{src}/conf/screens/*.ini"):
        for kind, name, _ in sections(path):
            if kind in ("result", "danger"):
                yield f"screen {os.path.basename(path)[:-4]} {name or 'danger'}"


def golden():
    out = {}
    for path in glob.glob(f"{play}/golden/*.txt"):
        for line in open(path):
            if line.startswith("== "):
                now = out.setdefault(f"{os.path.basename(path)[:-4]}/{line[3:].strip()}", [])
            else:
                now.append(line.rstrip("\n"))
    return out


said = golden()
rows = [line.rstrip("\n").split("\t") for line in open(f"{play}/covered.tsv") if line.strip() and line[0] != "#"]
named = {row[0] for row in rows}
for name in sorted(set(wanted()) - named):
    verdict(False, name, "no row in covered.tsv")
for what, transcript, pattern in rows:
    verdict(any(re.search(pattern, line) for line in said.get(transcript, [])), f"{what}: {transcript}",
            f"nothing there like {pattern}")

words = dict(re.findall(r"^(page\.\S+) = (.*)$", open(f"{src}/conf/messages/id.ini").read(), re.M))
screens = [line for name, lines in said.items() if name.startswith("ussd/") for line in lines]
for menu in ("ibuanak", "petugas"):
    for kind, _, keys in sections(f"{src}/conf/menus/{menu}.ini"):
        form = keys.get("report")
        if form not in FORMS:
            continue
        fields = {name: keys for kind, name, keys in sections(f"{src}/conf/forms/{form}.ini") if kind == "field"}
        for page in re.findall(r"(\w+)\??(?: when [^,]*)?(?:,|$)", keys["pages"]):
            text = words.get(f"page.{form}.{page}", fields[page].get("ask", fields[page].get("label", "").capitalize()))
            seen = any(text and text.split("?")[0][:24] in line for line in screens)
            verdict(seen, f"screen of {form}: {page}", f"nobody was asked: {text}")
verdict(not any(re.search("no such words anywhere", line) for line in screens), "control: what nobody said is not found")
print(f"1..{number}")
sys.exit(failed > 0)
