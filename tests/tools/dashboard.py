"""Asks a Prometheus for every expression of a Grafana dashboard: usage: dashboard.py DASHBOARD URL METRICS

Each must be understood, name only metrics that the gateway has, and have an answer; what nothing has happened for yet
(rates of refusals, conditions that do not hold) may be empty."""
import json
import re
import sys
import time
import urllib.parse
import urllib.request

dashboard, url, metrics = sys.argv[1:]
known = set(re.findall(r"^# TYPE (\S+)", open(metrics).read(), re.M))
quiet = ("kabar_condition", "kabar_link_errors_total", "kabar_link_receipts_total")


def ask(path, **query):
    address = f"{url}/api/v1/{path}?{urllib.parse.urlencode(query)}"
    return json.load(urllib.request.urlopen(address, timeout=10))["data"]["result"]


def answered(expression):
    try:
        return ask("query", query=expression)
    except OSError:
        return []


# rate() needs two samples; a histogram's quantile of nothing is an answer too (NaN).
deadline = time.monotonic() + 60
while len(answered("kabar_build_info")) == 0 or not answered("rate(kabar_batches_total[5m])"):
    if time.monotonic() > deadline:
        sys.exit("Prometheus has nothing from the gateway")

panels = json.load(open(dashboard))["panels"]
wrong, asked = [], 0
for panel in panels:
    for target in panel["targets"]:
        expression = target["expr"]
        names = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"kabar_\w+", expression)}
        wrong += [f"{panel['title']}: there is no metric {name}" for name in names if name not in known]
        if not ask("query", query=expression) and not any(name in expression for name in quiet):
            wrong.append(f"{panel['title']}: no answer to {expression}")
        asked += 1
print(f"{len(panels)} panels, {asked - len(wrong)} of {asked} expressions answered")
if wrong:
    sys.exit("\n".join(wrong))
