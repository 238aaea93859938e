# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The X server: its windows and pixels, and a person's pointer and keyboard."""
import collections
import struct
import subprocess
import time

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import XError
from Xlib.ext import xtest

display = Display()
root = display.screen().root

# Frame: how wide the shadow is that the program draws itself, (left, right,
# top, bottom), or None.
XWin = collections.namedtuple("XWin", "id x y w h title popup frame")

MODIFIERS = {"ctrl": "Control_L", "shift": "Shift_L", "alt": "Alt_L", "super": "Super_L"}


def get_property(window, name):
    found = window.get_full_property(display.get_atom(name), X.AnyPropertyType)
    return found.value if found else None


class Windows:
    """Visible X windows of a process; a popover is a window of its own."""

    def __init__(self, pid):
        self.pid = pid
        self.pid_of = {}  # by window: one property is never another

    def _is_own(self, window):
        if window.id not in self.pid_of:
            pid = get_property(window, "_NET_WM_PID")
            if pid is None:
                return False
            self.pid_of[window.id] = pid[0]
        return self.pid_of[window.id] == self.pid

    def _look(self, window):
        attributes = window.get_attributes()
        if attributes.map_state != X.IsViewable:
            return None
        size = window.get_geometry()
        place = root.translate_coords(window, 0, 0)
        title = get_property(window, "_NET_WM_NAME") or b""
        frame = get_property(window, "_GTK_FRAME_EXTENTS")
        return XWin(window.id, place.x, place.y, size.width, size.height, title.decode(),
                    bool(attributes.override_redirect), frame and tuple(frame))

    def all(self):
        """{id: XWin}"""
        found = {}
        for outer in root.query_tree().children:
            try:
                # What a window manager has put into a frame is inside that.
                own = [outer] if self._is_own(outer) else outer.query_tree().children
                for window in own:
                    if self._is_own(window) and (look := self._look(window)):
                        found[window.id] = look
            except XError:
                continue  # gone meanwhile
        return found


def active_window():
    """The id of the window in front, or 0."""
    found = get_property(root, "_NET_ACTIVE_WINDOW")
    return found[0] if found else 0


# --- pointer and keyboard ---------------------------------------------------
def fake(kind, detail=0, **where):
    xtest.fake_input(display, kind, detail, **where)
    display.sync()


pointer = (0, 0)
last_click = (0, 0), 0.0  # where, and when it ended
DOUBLE_CLICK_S = 0.6  # GTK's 0.4, and what it may lag behind
DOUBLE_CLICK_PX = 10
# A finger holds a button that long.  GTK asks the server where the pointer is when it lays a
# window out: had the button been let go by then, the press would be taken back.
HELD_S = 0.08


def move(x, y):
    global pointer
    pointer = int(x), int(y)
    fake(X.MotionNotify, x=pointer[0], y=pointer[1])


def press(button=1):
    fake(X.ButtonPress, button)


def release(button=1):
    """A window manager that has to know of a press first holds back what follows: until it
    lets go, the server says that the button is down.  Keys overtake what is held back."""
    fake(X.ButtonRelease, button)
    end = time.monotonic() + 5
    while root.query_pointer().mask & X.Button1Mask << button - 1 and time.monotonic() < end:
        time.sleep(0.005)


def click(button=1, count=1, holding=()):
    """Where the pointer is, with modifiers held; never the second half of a double click that
    the last one began.  A double one so soon after another elsewhere is two to GTK."""
    global last_click
    place, then = last_click
    if count > 1 or max(abs(a - b) for a, b in zip(place, pointer)) < DOUBLE_CLICK_PX:
        time.sleep(max(0, then + DOUBLE_CLICK_S - time.monotonic()))
    for name in holding:
        fake(X.KeyPress, find_key(MODIFIERS[name])[0])
    for i in range(count):
        if i:
            time.sleep(0.04)  # about as quick as a finger is
        press(button)
        time.sleep(HELD_S)
        release(button)
    last_click = pointer, time.monotonic()
    for name in holding:
        fake(X.KeyRelease, find_key(MODIFIERS[name])[0])


def find_key(name):
    """(keycode, whether Shift is needed), or None if no key says so."""
    symbol = XK.string_to_keysym(name) or (len(name) == 1 and ord(name))
    keys = [(level, code) for code, level in display.keysym_to_keycodes(symbol) if level in (0, 1)]
    return (min(keys)[1], min(keys)[0] == 1) if keys else None


def stroke(key, modifiers=()):
    code, shift = key
    held = [find_key(MODIFIERS[m])[0] for m in modifiers]
    if shift and "shift" not in modifiers:
        held.append(find_key("Shift_L")[0])
    for other in held:
        fake(X.KeyPress, other)
    fake(X.KeyPress, code)
    fake(X.KeyRelease, code)
    for other in reversed(held):
        fake(X.KeyRelease, other)


last_key = 0.0
BETWEEN_KEYS_S = 0.03


def key(*names):
    """Keys one after the other, such as "Down" or "ctrl+shift+a"."""
    global last_key
    for name in names:
        time.sleep(max(0, last_key + BETWEEN_KEYS_S - time.monotonic()))
        *modifiers, last = name.split("+")
        stroke(find_key(last), modifiers)
        last_key = time.monotonic()


def type_text(text):
    keys = [find_key(c) for c in text]
    if all(keys):
        for k in keys:
            stroke(k)
    else:  # xdotool gives a spare key to what no key says
        subprocess.run(["xdotool", "type", "--delay", "15", "--", text], check=True)


# --- pixels -----------------------------------------------------------------
class Pixels:
    """What was on the screen, or on a part of it."""

    def __init__(self, x=0, y=0, w=None, h=None):
        screen = root.get_geometry()
        left, top = max(x, 0), max(y, 0)
        self.w = min(x + w, screen.width) - left if w else screen.width
        self.h = min(y + h, screen.height) - top if h else screen.height
        self.data = root.get_image(left, top, self.w, self.h, X.ZPixmap, 0xffffff).data

    def __eq__(self, other):
        return self.data == other.data

    def at(self, x, y):
        blue, green, red, _ = self.data[4 * (y * self.w + x):][:4]
        return red, green, blue

    def highest(self, color, tolerance=8):
        """The first row that has such a colour, or None."""
        words = memoryview(self.data).cast("I")
        wanted = {word for word in set(words)
                  if all(abs((word >> shift & 0xff) - c) <= tolerance
                         for shift, c in zip((16, 8, 0), color))}
        return next((y for y in range(self.h)
                     if not wanted.isdisjoint(words[y * self.w:(y + 1) * self.w])), None)

    def colors(self):
        """How many pixels there are of each colour."""
        # Pairs of pixels are half as many to count.
        pairs = collections.Counter(memoryview(self.data[:len(self.data) // 8 * 8]).cast("Q"))
        counts = collections.Counter()
        for pair, n in pairs.items():
            counts[pair & 0xffffff] += n
            counts[pair >> 32 & 0xffffff] += n
        if self.w * self.h % 2:
            counts[struct.unpack("=I", self.data[-4:])[0] & 0xffffff] += 1
        return {(c >> 16, c >> 8 & 0xff, c & 0xff): n for c, n in counts.items()}
