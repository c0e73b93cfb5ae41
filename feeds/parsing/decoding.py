"""The bytes of an XML document, decoded and mended where every reader has to mend. Pure.

Which charset: the byte order mark, then UTF-8 if the bytes are valid UTF-8 beyond ASCII (no text
in another charset is, by chance) or nearly so, then what HTTP says, then the prolog, then
windows-1252. RFC 7303 would trust HTTP before the bytes; servers that add a charset to everything
are the rule, and iso-8859-1 is what they add: a prolog that names another one knows better.
"""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from html.entities import html5

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_PROLOG = re.compile(rb"\s*<\?xml[^>]*?\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_BEFORE_ROOT = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_DOCTYPE = b"<!DOCTYPE"
_IN_DOCTYPE = re.compile(rb"[\[\]>\"']|<!--|<\?")
_ENDS = {b'"': b'"', b"'": b"'", b"<!--": b"-->", b"<?": b"?>"}
# References that need no look: the five of XML, and numbers from 100 to 9999.
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[1-9][0-9]{2,3});)(?:([^\s;&<>]{1,40});)?")
_CDATA, _END = b"<![CDATA[", b"]]>"
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r")) + b"\x7f"
# U+FFFE and U+FFFF in UTF-8.
_NONE_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# XML 1.0, production 2.
_LEGAL = (
    *(range(0x9, 0xB), range(0xD, 0xE), range(0x20, 0xD800)),
    *(range(0xE000, 0xFFFE), range(0x10000, 0x110000)),
)
_LATIN = {"iso8859-1", "latin-1"}
# Python's codecs that are no charset of a document; punycode is quadratic too.
_NO_CHARSETS = {"unicode_escape", "raw_unicode_escape", "utf-7", "punycode", "idna", "undefined"}
_NO_CHARSETS |= {"unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
# Of ten characters beyond ASCII nine are valid: it is UTF-8, somewhat broken.
_SOUND = 9


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a document in the charset that it is really in. Never raises."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.decode(charset, "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if _is_nearly_utf8(body):
        return body.decode("utf-8", "replace")
    for charset in _stated(body, content_type):
        try:
            return body.decode(charset)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return _windows(body)


def in_utf8(body: bytes, content_type: str = "") -> bytes:
    """The text of a document in UTF-8, whatever charset it is in. Never raises."""
    if body[:1] == b"<" and body[1:2] != b"\x00":
        with suppress(UnicodeDecodeError):
            body.decode("utf-8")
            return body
    return decoded(body, content_type).encode("utf-8", "ignore")


def mended_xml(document: str | bytes) -> bytes:
    """A document, text or UTF-8, as UTF-8 with what is no XML made harmless.

    Illegal characters and references to them go, HTML's named entities become characters, others
    and lone ampersands become text, the document type with its entities goes (no document has
    anything to tell us by it), CDATA is left alone.
    """
    if isinstance(document, str):
        document = document.lstrip().encode("utf-8", "ignore")
    xml = document.translate(None, _CONTROLS)
    if b"\xef" in xml:
        for none in _NONE_CHARACTERS:
            xml = xml.replace(none, b"")
    xml = xml.lstrip()
    prolog = _PROLOG.match(xml)
    xml = _without_doctype(xml[prolog.end() :] if prolog else xml)
    if b"&" in xml:
        xml = _with_entities(xml)
    return b'<?xml version="1.0" encoding="utf-8"?>' + xml


def _without_doctype(xml: bytes) -> bytes:
    before = _BEFORE_ROOT.match(xml)
    at = before.end() if before else 0
    if xml[at : at + len(_DOCTYPE)].upper() != _DOCTYPE:
        return xml
    end = _end_of_doctype(xml, at + len(_DOCTYPE))
    return xml[:at] + xml[end:] if end else xml


def _end_of_doctype(xml: bytes, at: int) -> int | None:
    """Where it ends: at the first > beyond brackets, quotes and comments; None if nowhere."""
    depth = 0
    while found := _IN_DOCTYPE.search(xml, at):
        sign, at = found[0], found.end()
        if sign in _ENDS:
            close = xml.find(_ENDS[sign], at)
            if close < 0:
                return None
            at = close + len(_ENDS[sign])
        elif sign == b">" and depth <= 0:
            return at
        else:
            depth += {b"[": 1, b"]": -1}.get(sign, 0)
    return None


def _with_entities(xml: bytes) -> bytes:
    first, *parts = xml.split(_CDATA)
    pieces = [_REFERENCE.sub(_reference, first)]
    for part in parts:
        inside, end, after = part.partition(_END)
        pieces += (_CDATA, inside, end, _REFERENCE.sub(_reference, after) if end else b"")
    return b"".join(pieces)


def _reference(found: re.Match[bytes]) -> bytes:
    if found[1] is None:
        return b"&amp;"
    name = found[1].decode()
    if name.startswith("#"):
        number = name[1:].lower()
        return f"&#{number};".encode() if _legal_reference(number) else "\ufffd".encode()
    character = html5.get(f"{name};")
    return character.encode() if character else b"&amp;" + found[1] + b";"


def _legal_reference(number: str) -> bool:
    try:
        code = int(number[1:], 16) if number[:1] == "x" else int(number)
    except ValueError:
        return False
    return number.isascii() and number.isalnum() and any(code in span for span in _LEGAL)


def _is_nearly_utf8(body: bytes) -> bool:
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - broken >= _SOUND * broken


def _stated(body: bytes, content_type: str) -> Iterator[str]:
    """The charsets that are named, the likelier one first; iso-8859-1 is windows-1252 for all."""
    by_http = _CHARSET.search(content_type)
    by_prolog = _ENCODING.match(body[:400])
    names = [_charset(by_http[1] if by_http else "")]
    names.append(_charset(by_prolog[1].decode() if by_prolog else ""))
    names.sort(key=lambda name: name in _LATIN)
    return (name for name in names if name and name not in _LATIN)


def _charset(name: str) -> str:
    """Python's name for a charset of documents; empty for what is none."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return "" if found in _NO_CHARSETS | {"ascii", "utf-8"} else found


def _windows(body: bytes) -> str:
    """windows-1252, whose five holes are the control characters of iso-8859-1."""
    return body.decode("latin-1").translate(_OF_WINDOWS)


_OF_WINDOWS = {
    code: bytes([code]).decode("windows-1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
