"""Who answers where a source was expected: a wall, a login, an empty shell, some page. Pure.

    plain text, JSON, XML     a short one that tells of an error, with its own words
    HTML                      stranger_page.py: blocked, login, shell, or a page with its title

A stranger is called one only when that is sure; everything else is for the parser to read.
"""

import json
import re
from collections.abc import Iterator, Mapping

from lxml import etree

from feeds.parsing import refusals, stranger_page
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Document, Trouble
from feeds.parsing.text import one_line, without_illegal

Stranger = tuple[Trouble, str]

# Bytes. What tells of an error is short; what is longer is looked at in part.
MESSAGE_LIMIT = 32 * 1024
PAGE_LIMIT = 512 * 1024
# Characters.
PLAIN_LIMIT = 500
QUOTE = 120
# Members of a JSON object that may be no more than an error.
ENVELOPE = 10

_FEED = re.compile(r"<(?:rss|feed|channel|[a-z0-9]{1,20}:(?:rdf|feed))[\s>]", re.IGNORECASE)
# Possessive: a hundred comments could be divided among the repetitions in as many ways.
_COMMENT = r"<!--(?:(?!-->).)*+-->"
_PROLOG = re.compile(
    rf"(?:\s++|<\?(?:(?!\?>).)*+\?>|{_COMMENT}|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?>)*+", re.DOTALL
)
_PAGE = re.compile(
    rf"\s*+(?:<\?xml[^>]*+>\s*+)?(?:{_COMMENT}\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"<(?:title|meta|script|center|div|h[1-6]|p|br|b|table|form|noscript)\b", re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")
_BINARY = (
    (b"%PDF-", "The answer is a PDF document, not a feed."),
    (b"PK\x03\x04", "The answer is a ZIP archive or an office document, not a feed."),
    (b"\x89PNG", "The answer is a picture, not a feed."),
    (b"\xff\xd8\xff", "The answer is a picture, not a feed."),
    (b"GIF8", "The answer is a picture, not a feed."),
)
_ERROR_ROOTS = {"error", "errors", "fault", "exception", "problem", "envelope", "errorresponse"}
_ERROR_ROOTS |= {"exceptionreport", "serviceexceptionreport", "apierror"}
_ERROR_NAMES = (
    *("message", "faultstring", "exceptiontext", "serviceexception", "text"),
    *("detail", "description", "title"),
)
_FAILED = re.compile(r"[45][0-9]{2}|error|fail(?:ed|ure)?", re.IGNORECASE)


def recognised(document: Document) -> Stranger | None:
    """Who answered instead of the source, and one sentence about it; None when it is the source.

    `page` is said of every web page: whether one was expected, the caller knows.
    """
    for magic, sentence in _BINARY:
        if document.body.startswith(magic):
            return "unreadable", sentence
    text = decoded(_head(document.body), document.content_type).lstrip()
    is_short = len(document.body) <= MESSAGE_LIMIT
    if text[:1] == "{":
        return _json(text) if is_short else None
    if text[:1] == "[":
        return None
    if text[:1] != "<":
        return _plain(text) if is_short else None
    if _is_page(text):
        return stranger_page.judged(text)
    return _xml(text) if is_short else None


def _head(body: bytes) -> bytes:
    """What is looked at: of what is surely no page, the beginning. No character is cut."""
    beginning = body[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_markup = beginning[:1] == b"<" and not beginning.startswith((b"<rss", b"<feed", b"<rdf"))
    maybe_page = is_markup and (b"html" in beginning or not beginning.startswith(b"<?xml"))
    limit = PAGE_LIMIT if maybe_page else MESSAGE_LIMIT
    return body if len(body) <= limit else body[:limit].rstrip(bytes(range(0x80, 0x100)))


def _is_page(text: str) -> bool:
    if _PAGE.match(text[:4000]):
        return True
    # A feed behind a server's warnings is for the feed's reader.
    return bool(_FRAGMENT.match(text)) and not _FEED.search(text)


def _plain(text: str) -> Stranger | None:
    words = one_line(text)
    is_text = "\ufffd" not in text and without_illegal(text) == text
    if not is_text or "<" in text or "BEGIN:" in text or " " not in words:
        return None
    if len(words) > PLAIN_LIMIT:
        return None
    return _told(words, "plain text")


def _json(text: str) -> Stranger | None:
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict) or _has_items(answer) or not _tells_of_an_error(answer):
        return None
    return _told(next((each for each in _messages(answer) if each), ""), "an error")


def _has_items(answer: Mapping[str, object]) -> bool:
    return any(
        isinstance(value, list) and value
        for name, value in answer.items()
        if name.lower() not in {"errors", "error", "messages", "details", "violations"}
    )


def _tells_of_an_error(answer: Mapping[str, object]) -> bool:
    named = {name.lower(): value for name, value in answer.items()}
    if any(named.get(name) for name in ("error", "errors", "fault", "exception", "errormessage")):
        return True
    if named.get("success") is False or named.get("ok") is False:
        return True
    states = (str(named.get(name, "")) for name in ("status", "statuscode", "code"))
    if len(named) <= ENVELOPE and any(map(_FAILED.fullmatch, states)):  # RFC 9457
        return True
    # Gateways that send nothing but a message.
    return set(named) <= {"message", "requestid", "request_id"} and "message" in named


def _messages(answer: object) -> Iterator[str]:
    """The texts that may be the message, the most telling first."""
    if isinstance(answer, str):
        yield one_line(answer)
    elif isinstance(answer, list):
        for each in answer[:3]:
            yield from _messages(each)
    elif isinstance(answer, Mapping):
        named = {str(name).lower(): value for name, value in answer.items()}
        for name in ("message", "error_description", "detail", "errormessage", "faultstring"):
            yield from _messages(named.get(name))
        for name in ("error", "errors", "fault", "exception", "reason", "title"):
            yield from _messages(named.get(name))


def _xml(text: str) -> Stranger | None:
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    name = root[1].lower() if root else ""
    if name not in _ERROR_ROOTS or (name == "envelope" and "fault" not in text.lower()):
        return None
    text = re.sub(r"^<\?xml[^>]*\?>", "", without_illegal(text))
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if tree is None:
        return None
    said: dict[str, str] = {}
    for element in tree.iter("*"):
        said.setdefault(etree.QName(element).localname.lower(), one_line(element.text or ""))
    message = next((said[each] for each in _ERROR_NAMES if said.get(each)), "")
    return _told(message or one_line(" ".join(filter(None, said.values()))), "an error")


def _told(message: str, form: str) -> Stranger:
    """An error, in the source's own words."""
    quote = f": «{_cut(message)}»." if message else "."
    if refusals.RATE.search(message):
        return "blocked", f"The source says that we ask too often{quote}"
    if refusals.DENIED.search(message) or refusals.ROBOT.search(message):
        return "blocked", f"The source refuses to answer{quote}"
    if refusals.KEY_MISSING.search(message) or refusals.ASKS_FOR_LOGIN.search(message):
        return "login", f"The source wants a login or a key{quote}"
    return "unreadable", f"The source answered with {form}{quote}"


def _cut(message: str) -> str:
    return message if len(message) <= QUOTE else f"{message[: QUOTE - 1].rstrip()}…"
