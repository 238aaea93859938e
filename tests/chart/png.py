# png.py
#
# Copyright 2026 The Locustscope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# As much of PNG as the tests need, with the standard library only: 8 bits a
# channel, with or without alpha, not interlaced.

import struct
import zlib


def _paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    if pa <= pb and pa <= pc:
        return a
    return b if pb <= pc else c


def _unfilter(kind, line, before, step):
    if kind == 1:
        for i in range(step, len(line)):
            line[i] = (line[i] + line[i - step]) & 0xff
    elif kind == 2:
        for i, above in enumerate(before):
            line[i] = (line[i] + above) & 0xff
    elif kind == 3:
        for i, above in enumerate(before):
            left = line[i - step] if i >= step else 0
            line[i] = (line[i] + (left + above) // 2) & 0xff
    elif kind == 4:
        for i, above in enumerate(before):
            left = line[i - step] if i >= step else 0
            corner = before[i - step] if i >= step else 0
            line[i] = (line[i] + _paeth(left, above, corner)) & 0xff


def size(path):
    """Width and height in pixels."""
    with open(path, 'rb') as file:
        head = file.read(24)
    assert head.startswith(b'\x89PNG\r\n\x1a\n'), path
    return struct.unpack('>II', head[16:24])


def read(path):
    """Width, height and rows of (red, green, blue)."""
    with open(path, 'rb') as file:
        data = file.read()
    width, height = size(path)
    depth, kind, _, _, interlace = data[24:29]
    assert depth == 8 and kind in (2, 6) and interlace == 0, (depth, kind, interlace)
    step = 3 if kind == 2 else 4
    packed, at = b'', 8
    while at < len(data):
        length, name = struct.unpack('>I4s', data[at:at + 8])
        if name == b'IDAT':
            packed += data[at + 8:at + 8 + length]
        at += 12 + length
    raw, stride = zlib.decompress(packed), width * step
    before, rows = bytearray(stride), []
    for y in range(height):
        start = y * (stride + 1)
        line = bytearray(raw[start + 1:start + 1 + stride])
        _unfilter(raw[start], line, before, step)
        rows.append(list(zip(line[0::step], line[1::step], line[2::step])))
        before = line
    return width, height, rows
