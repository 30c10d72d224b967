"""A DHIS2 that takes data values and events, and misbehaves in a tenth of its requests: refuses, takes half and says
which, takes half and does not say which, takes all and never answers, breaks off. What it holds is in a file after
every request.

usage: dhis2_stub.py PORT_FILE STATE_FILE SHARE
"""
import http.server
import json
import os
import random
import sys
import threading

port_file, state_file, share = sys.argv[1], sys.argv[2], float(sys.argv[3])
chance = random.Random(11)
held = {}  # key -> [value, how often it was confirmed, how often taken without saying so]
troubles = {}
lock = threading.Lock()


def key_of(item):
    if "event" in item:
        return item["event"]
    return ".".join(item.get(part, "") for part in
                    ("dataElement", "categoryOptionCombo", "attributeOptionCombo", "orgUnit", "period"))


def value_of(item):
    return item["value"] if "value" in item else json.dumps(item["dataValues"], sort_keys=True)


def bad(item):
    return item.get("orgUnit", "").startswith("xx")


class Stub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body):
        text = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def summary(self, events, items, refused, silent):
        taken = len(items) - len(refused)
        if events:
            return self.answer(200 if not refused else 409, {
                "status": "OK" if not refused else "ERROR",
                "validationReport": {"errorReports": [] if silent else [
                    {"uid": key_of(items[i]), "message": "not now", "errorCode": "E1000"} for i in refused]},
                "stats": {"created": taken, "updated": 0, "deleted": 0, "ignored": len(refused), "total": len(items)}})
        conflicts = [] if silent else [{"object": "orgUnit", "value": "unit not found", "indexes": [i]} for i in refused]
        return self.answer(200 if not refused else 409, {
            "httpStatus": "OK", "status": "OK", "response": {
                "responseType": "ImportSummary", "status": "WARNING" if refused else "SUCCESS",
                "importCount": {"imported": taken, "updated": 0, "ignored": len(refused), "deleted": 0},
                "conflicts": conflicts, "rejectedIndexes": [] if silent else refused}})

    def take(self, items, refused, confirmed):
        for i, item in enumerate(items):
            if i in refused:
                continue
            entry = held.setdefault(key_of(item), ["", 0, 0])
            entry[0] = value_of(item)
            entry[1 if confirmed else 2] += 1

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        events = "/api/tracker" in self.path
        items = body["events" if events else "dataValues"]
        dry = "dryRun=true" in self.path or "importMode=VALIDATE" in self.path
        with lock:
            refused = [i for i, item in enumerate(items) if bad(item)]
            trouble = "none"
            if self.headers.get("Authorization") != "ApiToken rahasia":
                return self.answer(401, {"message": "no"})
            if len(items) > 800:
                return self.answer(413, {"message": "too large"})
            if chance.random() < share:
                trouble = chance.choice(["refuse", "half", "half silently", "swallow", "break"])
            troubles[trouble] = troubles.get(trouble, 0) + 1
            half = sorted(set(refused) | set(range(0, len(items), 2))) if trouble.startswith("half") and len(items) > 1 else refused
            if not dry and trouble != "refuse":
                self.take(items, half, trouble not in ("swallow", "break", "half silently"))
            with open(state_file + ".new", "w") as out:
                json.dump({"held": held, "troubles": troubles}, out)
            os.rename(state_file + ".new", state_file)
            with open(state_file + ".held", "a") as out:
                print(len(held), file=out)
        if trouble == "refuse":
            return self.answer(503, {"message": "busy"})
        if trouble == "break":
            self.close_connection = True
            return self.connection.close()
        if trouble == "swallow":
            self.close_connection = True
            return self.rfile.read(1)  # until the other end gives up
        return self.summary(events, items, half, trouble == "half silently")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stub)
with open(port_file, "w") as out:
    print(server.server_address[1], file=out)
server.serve_forever()
