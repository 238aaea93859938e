#!/usr/bin/python3
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop has on the session bus: it shows notifications and files.

desktop.py LOG [METHOD]   writes each call as a line of JSON to LOG; "ready" comes
                          first; it says that it cannot do METHOD
"""
import json
import sys

from gi.repository import Gio, GLib

INTERFACES = """<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  </interface>
  <interface name="org.freedesktop.FileManager1">
    <method name="ShowItems"><arg type="as" direction="in"/><arg type="s" direction="in"/></method>
  </interface>
</node>"""
NAMES = {"org.freedesktop.Notifications": "/org/freedesktop/Notifications",
         "org.freedesktop.FileManager1": "/org/freedesktop/FileManager1"}
ANSWERS = {"Notify": GLib.Variant("(u)", (1,)),
           "GetCapabilities": GLib.Variant("(as)", (["body", "actions"],))}

log = open(sys.argv[1], "w", buffering=1)


def call(bus, sender, path, interface, method, parameters, invocation):
    print(json.dumps([method, parameters.unpack()]), file=log)
    if method in sys.argv[2:]:
        invocation.return_dbus_error("org.freedesktop.DBus.Error.NotSupported", "not now")
    else:
        invocation.return_value(ANSWERS.get(method))


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
node = Gio.DBusNodeInfo.new_for_xml(INTERFACES)
for name, path in NAMES.items():
    bus.register_object(path, node.lookup_interface(name), call, None, None)
    # As if it had asked for the name: 1 is that it has it now.
    owned = bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "RequestName", GLib.Variant("(su)", (name, 4)), None, 0, -1, None)
    assert owned.unpack() == (1,), owned
print(json.dumps("ready"), file=log)
GLib.MainLoop().run()
