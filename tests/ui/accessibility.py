# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program tells assistive technology: AT-SPI by plain D-Bus calls.

The whole tree is one question (Cache.GetItems), where libatspi asks for every
name and every state by itself.  Nothing is kept: what is asked again is asked
of the program again.
"""
import collections
import functools
import struct
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = "org.a11y.atspi.Accessible"
ACTION = "org.a11y.atspi.Action"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
PROPERTIES = "org.freedesktop.DBus.Properties"
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
WINDOW_COORDS = 1

TIMEOUT_MS = 20000

STATES = [Atspi.StateType(i).value_nick for i in range(int(Atspi.StateType.LAST_DEFINED))]


class Item(collections.namedtuple(
        "Item", "path parent index n_children role name description bits")):
    """One object as it was: kept in the node that was made from it."""

    @property
    def states(self):
        return state_names(self.bits)


def has_state(bits, name):
    return bits >> STATES.index(name) & 1


def state_names(bits):
    return {name for i, name in enumerate(STATES) if bits >> i & 1}


@functools.cache
def role_name(number):
    return Atspi.role_get_name(Atspi.Role(number))


def list_items(variant):
    """What Cache.GetItems answers, (a((so)(so)(so)iiassusau)), out of its bytes: by unpack()
    337 objects take 130 ms, which is longer than the program needs to answer.

    GVariant has the ends of a container's parts behind them: of an array's in their order,
    of a structure's in reverse, each as wide as the container's length needs."""
    def offsets(data, n=None):
        width, kind = next((w, k) for w, k in ((1, "B"), (2, "H"), (4, "I"))
                           if len(data) < 256 ** w)
        if n is None:
            n = (len(data) - int.from_bytes(data[-width:], sys.byteorder)) // width if data else 0
        return struct.unpack(f"={n}{kind}", data[len(data) - n * width:])

    data, start = variant.get_data_as_bytes().get_data(), 0
    for end in offsets(data):
        item = data[start:end]
        start = -(-end // 4) * 4
        description_end, name_end, interfaces_end, ref_end, app_end, own_end = offsets(item, 6)
        index, n_children = struct.unpack_from("=ii", item, -(-ref_end // 4) * 4)
        role_at = -(-name_end // 4) * 4
        role, = struct.unpack_from("=I", item, role_at)
        low, high = struct.unpack_from("=II", item, -(-description_end // 4) * 4)
        yield Item(item[:own_end].split(b"\0")[1].decode(),
                   item[app_end:ref_end].split(b"\0")[1].decode(), index, n_children,
                   role_name(role), item[interfaces_end:name_end - 1].decode(),
                   item[role_at + 4:description_end - 1].decode(), low | high << 32)


def connect():
    """The accessibility bus, which the session's bus knows."""
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address, = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
                                 None, None, 0, TIMEOUT_MS, None).unpack()
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
        | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


class Program:
    """A program on the accessibility bus."""

    def __init__(self, bus, name):
        self.bus = bus
        self.name = name

    @classmethod
    def find(cls, bus, pid):
        """The one with that process id, or None while it is not ready.

        It is left alone until it has told the registry of itself: before, a call ends it, by
        a warning of GDBus or of GTK, whose root has no list of windows yet."""
        driver = cls(bus, "org.freedesktop.DBus")
        for name, _ in cls(bus, REGISTRY).call(ROOT, ACCESSIBLE, "GetChildren")[0]:
            try:
                arguments = GLib.Variant("(s)", (name,))
                if driver.call("/org/freedesktop/DBus", driver.name, "GetConnectionUnixProcessID",
                               arguments)[0] == pid:
                    found = cls(bus, name)
                    found.get_items()
                    return found
            except GLib.Error:
                continue  # gone meanwhile, or it has no cache yet
        return None

    def ask(self, path, interface, method, arguments=None):
        return self.bus.call_sync(self.name, path, interface, method, arguments, None, 0,
                                  TIMEOUT_MS, None)

    def call(self, path, interface, method, arguments=None):
        return self.ask(path, interface, method, arguments).unpack()

    def call_all(self, calls):
        """Many at once; of each its answer, or None where it was an error."""
        answers = [None] * len(calls)
        left = len(calls)

        def answered(bus, result, i):
            nonlocal left
            left -= 1
            try:
                answers[i] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass
        for i, (path, interface, method, arguments) in enumerate(calls):
            self.bus.call(self.name, path, interface, method, arguments, None, 0, TIMEOUT_MS,
                          None, answered, i)
        while left:
            GLib.MainContext.default().iteration(True)
        return answers

    def get_items(self):
        return self.ask("/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems")

    def root(self):
        return Node(self, ROOT)

    def tree(self):
        return Tree(self)

    def bounds(self, paths):
        return [answer and answer[0] for answer in self.call_all(
            [(path, COMPONENT, "GetExtents", GLib.Variant("(u)", (WINDOW_COORDS,)))
             for path in paths])]


class Tree:
    """All of a program's accessible objects at one instant."""

    def __init__(self, program):
        self.program = program
        self._read()
        # GTK lists what somebody has asked for.  What has never been asked
        # for is, by its parents, until nothing new comes.
        known = set(self.items)
        asked = [item.path for item in self.items.values()
                 if item.n_children > len(self.children_of[item.path])]
        if self._ask_for_children(asked, known):
            self._read()

    def _ask_for_children(self, asked, known):
        found_any = False
        while asked:
            answers = self.program.call_all([(path, ACCESSIBLE, "GetChildren", None)
                                             for path in asked])
            found = {path for answer in answers if answer for _, path in answer[0]} - known
            known |= found
            found_any = found_any or bool(found)
            asked = list(found)
        return found_any

    def _read(self):
        self.items = {}
        self.children_of = collections.defaultdict(list)
        for item in list_items(self.program.get_items()):
            self.items[item.path] = item
            self.children_of[item.parent].append(item)
        for children in self.children_of.values():
            children.sort(key=lambda item: item.index)

    def list(self, path=ROOT):
        """An object's item and all below it, from the top."""
        todo = [self.items[path]] if path in self.items else []
        while todo:
            item = todo.pop()
            yield item
            todo += reversed(self.children_of[item.path])

    def walk(self, path=ROOT, depth=0):
        """(Node, depth) of an object and what is below it."""
        if path in self.items:
            yield Node(self.program, path, self), depth
            for child in self.children_of[path]:
                yield from self.walk(child.path, depth + 1)

    def find_all(self, role=None, name=None, visible=True, under=ROOT):
        """Nodes of a role, and of a name (or one that a function accepts), from the top."""
        def fits(item):
            return ((role is None or item.role == role)
                    and (not visible or has_state(item.bits, "visible"))
                    and (name is None or item.name == name or callable(name) and name(item.name)))
        return [Node(self.program, item.path, self) for item in self.list(under) if fits(item)]

    def focused(self):
        """The node that has the focus, or None."""
        return next((Node(self.program, item.path, self) for item in self.list()
                     if has_state(item.bits, "focused") and has_state(item.bits, "visible")), None)


class Node:
    """An accessible object.  `was` is what it was in the tree where it was found; what
    else it says is asked of the program each time."""

    def __init__(self, program, path, tree=None):
        self.program = program
        self.path = path
        self.tree = tree
        self.was = tree and tree.items[path]

    def __eq__(self, other):
        return isinstance(other, Node) and self.path == other.path

    def __hash__(self):
        return hash(self.path)

    def _call(self, interface, method, arguments=None):
        return self.program.call(self.path, interface, method, arguments)

    def _get(self, interface, name):
        return self._call(PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)))[0]

    @property
    def role(self):
        return self.was.role if self.was else role_name(self._call(ACCESSIBLE, "GetRole")[0])

    @property
    def name(self):
        """GTK 4.8 joins a widget's own label and its child label: a button made with the mnemonic
        "_Open" is called "_Open Open"."""
        return self._get(ACCESSIBLE, "Name")

    @property
    def description(self):
        return self._get(ACCESSIBLE, "Description")

    @property
    def states(self):
        low, high = self._call(ACCESSIBLE, "GetState")[0]
        return state_names(low | high << 32)

    @property
    def text(self):
        if TEXT not in self._call(ACCESSIBLE, "GetInterfaces")[0]:
            return None
        count = self._get(TEXT, "CharacterCount")
        return self._call(TEXT, "GetText", GLib.Variant("(ii)", (0, count)))[0]

    @property
    def actions(self):
        return [self._call(ACTION, "GetName", GLib.Variant("(i)", (i,)))[0]
                for i in range(self._get(ACTION, "NActions"))]

    @property
    def bounds(self):
        """x, y, width, height inside the program's window (GTK 4.8 knows no screen coordinates);
        None of objects that are no widgets, such as a stack's page."""
        return self.program.bounds([self.path])[0]

    def chain(self):
        """(Node, bounds) of itself and all that it is in, up to the window, where they have any."""
        nodes = [self, *self.parents()]
        bounds = self.program.bounds([n.path for n in nodes])
        return [(n, b) for n, b in zip(nodes, bounds) if b]

    def seen(self):
        """Whether there is room for it inside its window: GTK 4.8 does not tell what shows.
        A page of a stack that was seen before keeps its room: there, look at the pixels."""
        chain = [b for _, b in self.chain()]
        if not chain:
            return False
        x, y, w, h = chain[0]
        _, _, window_w, window_h = chain[-1]
        return (all(b[2] > 0 and b[3] > 0 for b in chain)
                and 0 <= x + w // 2 < window_w and 0 <= y + h // 2 < window_h)

    def do(self, action="click"):
        return self._call(ACTION, "DoAction", GLib.Variant("(i)", (self.actions.index(action),)))[0]

    def children(self):
        """A window that is being taken down answers with an error: its children are just gone."""
        try:
            children, = self._call(ACCESSIBLE, "GetChildren")
            return [Node(self.program, path) for _, path in children]
        except GLib.Error:
            return []

    def parents(self):
        """What it is in, up to the window."""
        if self.tree:
            parent = self.was.parent
            while parent in self.tree.items and parent != ROOT:
                yield Node(self.program, parent, self.tree)
                parent = self.tree.items[parent].parent
        else:
            _, parent = self._get(ACCESSIBLE, "Parent")
            if parent != ROOT and not parent.endswith("/null"):
                node = Node(self.program, parent)
                yield node
                yield from node.parents()

    def walk(self):
        return self.program.tree().walk(self.path)

    def find_all(self, role=None, name=None, visible=True):
        return self.program.tree().find_all(role, name, visible, self.path)

    def __repr__(self):
        return f"<{self.was.role} {self.was.name!r}>" if self.was else f"<{self.path}>"
