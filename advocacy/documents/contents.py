"""What the bytes of a file are, whatever its name says. Pure: bytes in, an answer out."""

import re
from collections.abc import Callable
from email.parser import BytesHeaderParser
from enum import StrEnum

import puremagic

from advocacy.documents import packages
from advocacy.documents.packages import Found, Kind

__all__ = ["PLAIN", "Found", "Kind", "found_in"]

PLAIN = frozenset({Kind.TEXT, Kind.CSV})
HEAD = 4096  # bytes at the beginning that say what follows
TAIL = 2048
_MAIL_HEADERS = frozenset(
    {"from", "to", "date", "subject", "received", "mime-version", "message-id", "return-path"}
)
_CONTROL = bytes(sign for sign in range(32) if chr(sign) not in "\t\n\r\f\x1b")
_PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"dex\n"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
_OFFICE_BEFORE_2007 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_PAGE = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe|meta|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ARCHIVES = frozenset({".gz", ".7z", ".rar", ".bz2", ".xz", ".tar", ".zst", ".cab", ".iso"})


class _Sign(StrEnum):
    """Names of streams in a container of Office before 2007, in UTF-16."""

    ENCRYPTED = "EncryptedPackage"
    OUTLOOK = "__substg1.0"
    MACROS = "_VBA_PROJECT"

    def stands_in(self, content: bytes) -> bool:
        return self.value.encode("utf-16-le") in content


def found_in(content: bytes) -> Kind | Found:
    """A kind that is kept, and opens as such; or what stands in the way."""
    head = content[:HEAD].removeprefix(b"\xef\xbb\xbf")
    reader = next((read for signs, read in _READERS if head.lstrip().startswith(signs)), None)
    if reader is not None:
        return reader(content)
    return _text(content, content[:HEAD]) or _anything(head)


def _whole(kind: Kind, ends: bool) -> Kind | Found:
    return kind if ends else Found.BROKEN


def _pdf(content: bytes) -> Kind | Found:
    tail = content[-TAIL:]
    return _whole(Kind.PDF, b"%%EOF" in tail and b"startxref" in tail)


def _png(content: bytes) -> Kind | Found:
    return _whole(Kind.PNG, content[12:16] == b"IHDR" and b"IEND" in content[-TAIL:])


def _jpeg(content: bytes) -> Kind | Found:
    return _whole(Kind.JPEG, b"\xff\xd9" in content[-16 * HEAD :])


def _program(_: bytes) -> Found:
    return Found.PROGRAM


def _rich_text(content: bytes) -> Kind | Found:
    if b"\\objdata" in content:
        return Found.MACROS
    return _whole(Kind.RTF, content.rstrip(b"\0\r\n\t ").endswith(b"}"))


def _office_before_2007(content: bytes) -> Found:
    """Word and Excel keep what has a password in such a container too."""
    if _Sign.ENCRYPTED.stands_in(content):
        return Found.ENCRYPTED
    if _Sign.OUTLOOK.stands_in(content):
        return Found.OUTLOOK
    return Found.MACROS if _Sign.MACROS.stands_in(content) else Found.OLD_OFFICE


_READERS: tuple[tuple[bytes | tuple[bytes, ...], Callable[[bytes], Kind | Found]], ...] = (
    (b"%PDF-", _pdf),
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"{\\rtf", _rich_text),
    ((b"PK\x03\x04", b"PK\x05\x06"), packages.found_in),
    (_OFFICE_BEFORE_2007, _office_before_2007),
    (_PROGRAMS, _program),
)
"""By the signs at the beginning."""


def _text(content: bytes, head: bytes) -> Kind | Found | None:
    if not _is_text(content):
        return None
    plain = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"")  # UTF-16 looks so too
    if _WEB_PAGE.match(plain):
        return Found.WEB_PAGE
    start = plain.lstrip().lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")):
        return Found.DRAWING if b"<svg" in start or b"doctype svg" in start else Found.XML
    return Kind.EML if _is_mail(head) else Kind.TEXT


def _is_text(content: bytes) -> bool:
    """In whatever encoding: no sign that only programs write."""
    encoding = _BYTE_ORDER_MARKS.get(content[:2])
    if encoding is None:
        return len(content.translate(None, _CONTROL)) == len(content)
    try:
        return "\0" not in content.decode(encoding)
    except UnicodeDecodeError:
        return False


def _is_mail(head: bytes) -> bool:
    names = {name.lower() for name in BytesHeaderParser().parsebytes(head)}
    return len(names & _MAIL_HEADERS) > 1


def _anything(head: bytes) -> Found:
    try:
        endings = {match.extension for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return Found.OTHER
    if endings & _ARCHIVES:
        return Found.ARCHIVE
    return Found.OTHER
