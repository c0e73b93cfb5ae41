"""The best text of a mail, and its files."""

import re
from dataclasses import dataclass
from email.message import Message as Mail

from advocacy.letterbox.reading import flowed, markup
from advocacy.letterbox.reading.headers import decoded
from advocacy.letterbox.reading.messages import Attached
from advocacy.letterbox.reading.wording import storable

MOST_ATTACHED = 40
SMALL_PICTURE = 20_000
"""Bytes: what a signature shows. A picture that was sent as an answer is larger."""
SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
MULTIBYTE = ("utf-16", "utf-32", "utf-7", "iso-2022", "gb", "big5", "euc", "shift", "hz")
_ALTERNATIVE = "multipart/alternative"


@dataclass(frozen=True, slots=True)
class Parts:
    text: str
    attachments: tuple[Attached, ...]


def read(mail: Mail) -> Parts:
    text = "\n\n".join(each for each in _texts(mail) if each.strip())
    return Parts(text.strip("\n"), tuple(_attachments(mail))[:MOST_ATTACHED])


def _children(part: Mail) -> list[Mail]:
    """Of a multipart. A mail inside a mail is a file, and stays whole."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        return []
    return [each for each in part.get_payload() if isinstance(each, Mail)]


def _texts(part: Mail) -> list[str]:
    children = _children(part)
    if part.get_content_type() == _ALTERNATIVE:
        return _best(children)
    if children:
        return [text for each in children for text in _texts(each)]
    if _is_file(part):
        return []
    kind = part.get_content_type()
    if kind == "text/html":
        return [markup.as_text(_decoded_text(part))]
    # A mail without a type that can be understood is plain text (RFC 2045, 5.2).
    return [_plain(part)] if kind in {"text/plain", "text/enriched"} else []


def _best(children: list[Mail]) -> list[str]:
    """Plain text, where it says anything; else whatever does."""
    said = [(each.get_content_type(), _texts(each)) for each in children]
    telling = [(kind, texts) for kind, texts in said if any(text.strip() for text in texts)]
    plain = [texts for kind, texts in telling if kind == "text/plain"]
    return plain[0] if plain else telling[-1][1] if telling else []


def _plain(part: Mail) -> str:
    text = _decoded_text(part)
    if str(part.get_param("format", "")).lower() == "flowed":
        return flowed.unfolded(text, delsp=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _content(part: Mail) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _decoded_text(part: Mail) -> str:
    return storable(decoded_bytes(_content(part), (part.get_content_charset() or "").lower()))


def decoded_bytes(content: bytes, charset: str) -> str:
    """In the declared charset, unless the bytes say better: UTF-8 is not hit upon by chance."""
    if not charset.startswith(MULTIBYTE):
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if charset in {"", "us-ascii", "ascii", "utf-8", "iso-8859-1", "latin1", "latin-1"}:
        charset = "cp1252"  # what programs that say Latin 1 write (WHATWG, Encoding)
    try:
        return content.decode(charset, "replace")
    except LookupError:
        return content.decode("cp1252", "replace")


def _is_file(part: Mail) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    return part.get_content_maintype() != "text" or bool(part.get_filename())


def _attachments(mail: Mail) -> list[Attached]:
    leaves = _leaves(mail)
    shown = " ".join(
        _decoded_text(each) for each in leaves if each.get_content_type() == "text/html"
    )
    found = []
    for number, part in enumerate(leaves, start=1):
        if not _is_file(part) or part.get_content_type() in SIGNATURES:
            continue
        if part.get_content_type() == "message/delivery-status":
            continue
        content = _file_content(part)
        if not _is_decoration(part, content, shown):
            found.append(Attached(_name(part, number), content))
    return found


def _leaves(part: Mail) -> list[Mail]:
    children = _children(part)
    return [leaf for each in children for leaf in _leaves(each)] if children else [part]


def _file_content(part: Mail) -> bytes:
    if part.get_content_maintype() == "message" and part.is_multipart():
        inner = part.get_payload(0)
        return inner.as_bytes() if isinstance(inner, Mail) else b""
    return _content(part)


def _name(part: Mail, number: int) -> str:
    name = decoded(storable(part.get_filename() or ""))
    if name:
        return name[:200]
    if part.get_content_type() == "message/rfc822":
        return f"{number}.eml"
    ending = re.sub(r"[^a-z0-9]", "", part.get_content_subtype())[:8]
    return f"{number}.{ending}"


def _is_decoration(part: Mail, content: bytes, shown: str) -> bool:
    """A small picture that the text itself shows: the logo of a signature."""
    identity = str(part.get("content-id", "")).strip("<> ")
    return (
        part.get_content_maintype() == "image"
        and len(content) < SMALL_PICTURE
        and bool(identity)
        and f"cid:{identity}" in shown
    )
