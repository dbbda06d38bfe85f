"""drop.py WINDOW PATH X Y: drops a file on a window as a file manager does (XDND 5); X and Y are on the screen.

Needs python-xlib. Ends with 0 when the window says that it has taken the file.
"""
import sys
import time
from pathlib import Path

from Xlib import X, Xatom, display
from Xlib.protocol import event

target_id, path, x, y = int(sys.argv[1]), Path(sys.argv[2]).resolve(), int(sys.argv[3]), int(sys.argv[4])
screen = display.Display()
root = screen.screen().root
atom = screen.intern_atom
target = screen.create_resource_object("window", target_id)
assert target.get_full_property(atom("XdndAware"), Xatom.ATOM), "the window takes no drops"
source = root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
source.set_selection_owner(atom("XdndSelection"), X.CurrentTime)
URIS = (path.as_uri() + "\r\n").encode()


def say(name, *data):
    message = event.ClientMessage(window=target, client_type=atom(name), data=(32, [source.id, *data]))
    target.send_event(message)
    screen.flush()


def answer(asked):
    """Gives the file's address to the window that asks for it."""
    fits = asked.target == atom("text/uri-list")
    if fits:
        asked.requestor.change_property(asked.property, asked.target, 8, URIS)
    asked.requestor.send_event(
        event.SelectionNotify(
            time=asked.time,
            requestor=asked.requestor,
            selection=asked.selection,
            target=asked.target,
            property=asked.property if fits else X.NONE,
        )
    )
    screen.flush()


def wait_for(name, seconds):
    """Answers questions until the window says `name`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        while screen.pending_events():
            seen = screen.next_event()
            if seen.type == X.SelectionRequest:
                answer(seen)
            elif seen.type == X.ClientMessage and seen.client_type == atom(name):
                return seen.data[1]
        time.sleep(0.02)
    sys.exit(f"the window never said {name}")


say("XdndEnter", 5 << 24, atom("text/uri-list"), 0, 0)
for _ in range(3):
    say("XdndPosition", 0, x << 16 | y, X.CurrentTime, atom("XdndActionCopy"))
    accepted = wait_for("XdndStatus", 10)[1] & 1
    time.sleep(0.2)
assert accepted, "the window does not want the file"
say("XdndDrop", 0, X.CurrentTime, 0, 0)
wait_for("XdndFinished", 10)
print(f"dropped {path.name}")
