#!/usr/bin/env python3
"""The export of a played transcript against the independent list: each report with what it says and how it stands.

exported.py KABARCTL TRANSCRIPT EXPECTED.csv: plays the transcript, and while its store is there `kabarctl export reports`
is set against EXPECTED.csv (form, status, counted, training, date, sender, area and the named fields of each reference).
"""
import csv
import glob
import os
import subprocess
import sys
import tempfile
import threading


def feed(pipe, transcript):
    with open(transcript) as lines:
        pipe.write(lines.read() + "\n# all is told\n")
    pipe.flush()


def exported(kabarctl, transcript, folder):
    """The rows that the export writes; "" and why not, when the transcript itself failed."""
    play = subprocess.Popen([kabarctl, "play", "--show", "/dev/stdin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, env=dict(os.environ, TMPDIR=folder))
    told = threading.Thread(target=feed, args=(play.stdin, transcript))
    told.start()
    for line in play.stdout:
        if ": expected " in line:
            play.kill()
            return None, line
        if line.startswith("# all is told"):
            break
    told.join()
    store = glob.glob(folder + "/**/*.db", recursive=True)[0]
    conf = os.path.join(folder, "export.conf")
    with open(conf, "w") as out:
        data = os.environ["KABAR_DATA"]
        out.write("[gateway]\n" + "".join("%s = %s/%s\n" % (kind, data, kind)
                                          for kind in ("forms", "menus", "messages", "lexicon", "dialects")))
        out.write("[store]\ndriver = sqlite\npath = %s\n" % store)
    run = subprocess.run([kabarctl, "-c", conf, "export", "reports"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    play.stdin.close()
    play.wait()
    return (list(csv.DictReader(run.stdout.lstrip("\ufeff").splitlines())), run.stderr) if run.returncode == 0 else (None, run.stderr)


def main():
    kabarctl, transcript, expected = sys.argv[1:]
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="kabar-oracle-", dir=base) as folder:
        rows, why = exported(kabarctl, transcript, folder)
    if rows is None:
        print("no export: " + why)
        return 1
    with open(expected) as lines:
        want = {row["ref"]: row for row in csv.DictReader(lines)}
    have = {row["ref"]: row for row in rows}
    wrong = ["%s is exported: %s, told: %s" % (ref, ref in have, ref in want) for ref in set(want) ^ set(have)]
    for ref in set(want) & set(have):
        wrong += ["%s %s: exported %r, the rules say %r" % (ref, key, have[ref].get(key), value)
                  for key, value in want[ref].items() if value != "*" and have[ref].get(key) != value]
    print("\n".join(sorted(wrong)[:5]))
    print("%d rows exported as told" % len(have) if not wrong else "%d of the export differ" % len(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
