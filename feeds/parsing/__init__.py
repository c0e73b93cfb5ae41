"""Bytes become entries. A new kind of source is one new file here and one line in KINDS."""

from collections.abc import Mapping

from feeds.parsing import austrian_parliament, calendar, fedlex, feed, have_your_say, page, ris
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import (
    Ask,
    Document,
    Enclosure,
    Kind,
    Parsed,
    ParsedEntry,
    StatedDeadline,
    Wishes,
)
from feeds.parsing.json_document import loaded
from feeds.parsing.strangers import recognised

__all__ = [
    "KINDS",
    "Ask",
    "Document",
    "Enclosure",
    "Kind",
    "Parsed",
    "ParsedEntry",
    "StatedDeadline",
    "Wishes",
    "kind_of",
    "parse",
    "parse_document",
]

KINDS: Mapping[str, Kind] = {
    "feed": Kind(feed.parse),
    "ical": Kind(calendar.parse),
    "have-your-say": Kind(have_your_say.parse, have_your_say.ask, have_your_say.detailed),
    "fedlex": Kind(fedlex.parse, fedlex.ask),
    "austrian-parliament": Kind(austrian_parliament.parse, austrian_parliament.ask),
    "ris": Kind(ris.parse, ris.ask),
    "page": Kind(page.parse),
}


def parse(kind: str, body: bytes, *, address: str, content_type: str = "") -> Parsed:
    """The entries of a document. Never raises for what stands in it; see Parsed.problem."""
    return parse_document(kind, Document(body, address, content_type))


def parse_document(kind: str, document: Document) -> Parsed:
    """As `parse`, with what is known of the source."""
    if not document.body.strip(b"\x00 \t\r\n"):
        return Parsed(problem="The answer was empty.", trouble="empty")
    stranger = recognised(document)
    # A page is read by its own kind; what it is instead of itself is said all the same.
    if stranger and (kind != "page" or stranger[0] in {"blocked", "login", "shell"}):
        trouble, sentence = stranger
        return Parsed(problem=sentence, trouble=trouble)
    return KINDS[kind].parse(document)


def kind_of(document: Document) -> str:
    """Which kind of source a document comes from, by what stands in it."""
    text = decoded(document.body[:4096], document.content_type).lstrip()
    if text.startswith("BEGIN:VCALENDAR"):
        return "ical"
    if text[:1] in ("{", "["):
        return _kind_of_json(document)
    return "page" if feed.is_page(text) else "feed"


def _kind_of_json(document: Document) -> str:
    answer = loaded(decoded(document.body, document.content_type))
    if have_your_say.is_have_your_say(answer):
        return "have-your-say"
    if fedlex.is_fedlex(answer):
        return "fedlex"
    if ris.is_ris(answer):
        return "ris"
    return "austrian-parliament" if austrian_parliament.is_austrian_parliament(answer) else "feed"
