"""Small real files, made here."""

import io
import struct
import zipfile
import zlib

import pypdf


def pdf() -> bytes:
    made, written = pypdf.PdfWriter(), io.BytesIO()
    made.add_blank_page(width=200, height=200)
    made.write(written)
    return written.getvalue()


def png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        sum_ = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", sum_)

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0\x14\x59\x4a")
    return b"".join(
        (b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", head), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    )


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        made.writestr("a.txt", "a")
    return written.getvalue()
