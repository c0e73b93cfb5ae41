"""A page as dots, to see what is printed on it (PNG, ISO/IEC 15948)."""

import json
import struct
import zlib

import typst

from advocacy.typesetting import TEMPLATES

PER_MM = 3


def printed(template: str, content: object) -> list[list[bool]]:
    """The first page: rows of dots, 3 per mm; true where it is dark."""
    picture = typst.compile(
        TEMPLATES / template, root=TEMPLATES, sys_inputs={"content": json.dumps(content)},
        ignore_system_fonts=True, format="png", ppi=25.4 * PER_MM,
    )  # fmt: skip
    return _dots(picture[0] if isinstance(picture, list) else picture)


def _dots(png: bytes) -> list[list[bool]]:
    width, height, depth, colours = struct.unpack(">IIBB", png[16:26])
    assert (depth, colours) == (8, 6)  # red, green, blue, alpha
    data = zlib.decompress(b"".join(_packed(png)))
    row, rows = bytearray(width), []
    for n in range(height):
        start = n * (4 * width + 1)
        # Each of the four colours is filtered by itself: green tells dark from light.
        green = data[start + 2 : start + 1 + 4 * width : 4]
        row = _unfiltered(data[start], green, row)
        rows.append([value < 128 for value in row])
    return rows


def _packed(png: bytes) -> list[bytes]:
    found, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            found.append(png[place + 8 : place + 8 + length])
        place += length + 12
    return found


def _unfiltered(kind: int, line: bytes, above: bytearray) -> bytearray:
    row, left, corner = bytearray(line), 0, 0
    if kind == 0:
        return row
    for x, up in enumerate(above):
        near = _nearest(left, up, corner) if kind == 4 else 0
        guess = (left, up, (left + up) // 2, near)[kind - 1]
        row[x] = left = (row[x] + guess) % 256
        corner = up
    return row


def _nearest(left: int, up: int, corner: int) -> int:
    wanted = left + up - corner
    return min((left, up, corner), key=lambda each: abs(wanted - each))
