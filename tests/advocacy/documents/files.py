"""Real files, made by the libraries that write them, and files that are not what they say."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from icalendar import Calendar  # a text file that is none of ours


def word(text: str = "Protokoll der 81. Sitzung") -> bytes:
    made = docx.Document()
    made.add_paragraph(text)
    return _saved(made)


def excel(value: object = 3) -> bytes:
    made = openpyxl.Workbook()
    made.active["A1"] = value
    return _saved(made)


def _saved(made: object) -> bytes:
    file = io.BytesIO()
    made.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def pdf(text: str = "Entwurf") -> bytes:
    import pypdf

    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": text})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00" + b"\xff\xd9"


def rich_text() -> bytes:
    return rb"{\rtf1\ansi\deff0 {\fonttbl {\f0 Arial;}} Begutachtung}"


def mail() -> bytes:
    from email.message import EmailMessage

    made = EmailMessage()
    made["From"], made["To"] = "ana.muster@alpennetz.example", "amt@musterdorf.example"
    made["Subject"], made["Date"] = "Entwurf", "Mon, 23 Nov 2026 09:00:00 +0100"
    made.set_content("Anbei der Entwurf.")
    return made.as_bytes()


def packed(*parts: tuple[str, bytes], stored: bool = False) -> bytes:
    file = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts:
            package.writestr(name, content)
    return file.getvalue()


def open_document(kind: str, *more: tuple[str, bytes], manifest: bytes = b"<manifest/>") -> bytes:
    return packed(
        ("mimetype", f"application/vnd.oasis.opendocument.{kind}".encode()),
        ("content.xml", b"<office/>"),
        ("META-INF/manifest.xml", manifest),
        *more,
    )


def with_parts(content: bytes, *parts: tuple[str, bytes]) -> bytes:
    """The same package with parts added or replaced."""
    names = {name for name, _ in parts}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        kept = [(n, package.read(n)) for n in package.namelist() if n not in names]
    return packed(*kept, *parts)


def encrypted_office() -> bytes:
    """As Word saves what has a password: an old container with one telling stream."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )


def bomb() -> bytes:
    return with_parts(word(), ("word/media/image1.bin", b"\0" * 60_000_000))


def calendar() -> bytes:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Musterdorf//DE")
    return made.to_ical()
