"""The bytes of an XML document, decoded and mended where every reader has to mend. Pure.

Which charset: the byte order mark, then UTF-8 if the bytes are valid UTF-8 beyond ASCII (no text
in another charset is, by chance), then what HTTP says, then the prolog, then windows-1252.
RFC 7303 would trust HTTP before the bytes; servers that add a charset to everything are the rule.
"""

import codecs
import re
from html.entities import html5

from feeds.parsing.text import without_illegal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE | re.ASCII)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*?\?>")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*\][^>]*)?>", re.IGNORECASE)
_CDATA_OR_ENTITY = re.compile(r"<!\[CDATA\[.*?\]\]>|&([^\s;&<>]{1,40});|&", re.DOTALL)
# XML 1.0, production 2.
_LEGAL = (
    *(range(0x9, 0xB), range(0xD, 0xE), range(0x20, 0xD800)),
    *(range(0xE000, 0xFFFE), range(0x10000, 0x110000)),
)
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
# Beside UTF-16 without a mark, nothing that holds the "<" of a document is that far from ASCII.
_LATIN = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252"}


def decoded(body: bytes, content_type: str = "") -> str:
    """The text of a document in the charset that it is really in. Never raises."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body.decode(charset, "replace").removeprefix("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for charset in (*_stated(body, content_type), "windows-1252"):
        try:
            return body.decode(_LATIN.get(charset, charset))
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    # Mostly UTF-8 with a broken byte here and there, more often than windows-1252 with holes.
    return body.decode("utf-8", "replace")


def mended_xml(text: str) -> bytes:
    """The document as UTF-8 with what is no XML made harmless.

    Illegal characters and references to them go, HTML's named entities become characters, others
    and lone ampersands become text, the document type with its entities goes (no document has
    anything to tell us by it), CDATA is left alone.
    """
    text = without_illegal(text).lstrip()
    text = _PROLOG.sub("", text, count=1)
    head, rest = text[:20_000], text[20_000:]
    text = _DOCTYPE.sub("", head, count=1) + rest
    if "&" in text:
        text = _CDATA_OR_ENTITY.sub(_entity, text)
    return b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace")


def _entity(found: re.Match[str]) -> str:
    whole, name = found[0], found[1]
    if whole.startswith("<!") or name in _XML_ENTITIES:
        return whole
    if name is None:
        return "&amp;"
    if name.startswith("#"):
        return whole if _legal_reference(name[1:]) else "\ufffd"
    character = html5.get(f"{name};")
    return character or f"&amp;{name};"


def _legal_reference(number: str) -> bool:
    try:
        code = int(number[1:], 16) if number[:1] in "xX" else int(number)
    except ValueError:
        return False
    return any(code in span for span in _LEGAL)


def _stated(body: bytes, content_type: str) -> list[str]:
    by_http = _CHARSET.search(content_type)
    by_prolog = _ENCODING.match(body[:400])
    stated = [by_http[1] if by_http else "", by_prolog[1].decode() if by_prolog else ""]
    return [name.lower() for name in stated if name and name.lower() not in {"us-ascii", "ascii"}]
