"""systemd's watchdog, played: usage: watchdog.py KABARD KABARCTL CONFIG FAULTS-SHIM DIRECTORY

kabard must give signs of life while both of its threads come round, none while the worker hangs in a sync, and again
after that."""
import os
import socket
import subprocess
import sys
import time

kabard, kabarctl, config, shim, directory = sys.argv[1:]
PERIOD = 1.0
HANG = 6.0
faults = os.path.join(directory, "faults")
address = os.path.join(directory, "notify")
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(address)


def set_fault(text):
    with open(faults + ".new", "w") as out:
        out.write(text)
    os.rename(faults + ".new", faults)


def wait_for(word, seconds):
    """When word came; None: not in time."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        server.settimeout(left)
        try:
            if word in server.recv(4096):
                return time.monotonic()
        except socket.timeout:
            return None
    return None


set_fault("")
environment = dict(os.environ, NOTIFY_SOCKET=address, WATCHDOG_USEC=str(int(PERIOD * 1e6)), LD_PRELOAD=shim, KABAR_FAULTS=faults)
process = subprocess.Popen([kabard, "-c", config, "-f"], env=environment, stderr=subprocess.DEVNULL)
try:
    assert wait_for(b"READY=1", 60), "not ready"
    for _ in range(3):
        assert wait_for(b"WATCHDOG=1", 30), "no sign of life"
    set_fault(f"sync_ms={int(HANG * 1000)}\n")
    begun = time.monotonic()
    # An order is a row of the audit trail: the worker syncs, and hangs.
    subprocess.run([kabarctl, "-c", config, "link", "pause", "uji"], check=True, stdout=subprocess.DEVNULL)
    last = begun
    while (heard := wait_for(b"WATCHDOG=1", 2 * PERIOD)) and heard - begun < HANG * 3:
        last = heard
    assert heard is None, "signs of life although the worker hangs"
    print(f"silent after {last - begun:.1f} s")
    set_fault("")
    assert wait_for(b"WATCHDOG=1", 60), "no sign of life after the hang"
finally:
    process.terminate()
    process.wait(30)
assert process.returncode == 0, process.returncode
print("ok")
