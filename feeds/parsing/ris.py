"""Drafts out for opinions in the Austrian RIS (application Begut): of laws and of ordinances.

The latter stand nowhere else: list 81 of the Parliament lacks them. The traps of the interface:

* JSON that was made from XML: what is alone is no list; it begins with a byte order mark.
* What is over stays; 4,500 drafts since 2002. Those of the last six months are asked for. A
  parameter that it does not know is ignored; when the answer is far too long, the first page, which
  holds what ends last, is all that is taken, and that is said.
* A question that it does not like is answered with 200 and an error.
* Beginning and end may both be missing.

The end of a Begutachtung is a date: the day in Vienna to its end.
"""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Ask, Document, Enclosure, Parsed, ParsedEntry, StatedDeadline
from feeds.parsing.json_document import (
    Item,
    items_at,
    loaded,
    number_at,
    one_or_more_at,
    received,
    text_at,
)
from feeds.parsing.parameters import completed, instead, parameter
from feeds.parsing.text import one_line, plain, sanitised, web_address
from feeds.parsing.windows import end_of_day

ZONE = "Europe/Vienna"
DOCUMENT = "https://www.ris.bka.gv.at/Dokument.wxe?Abfrage=Begut&Dokumentnummer="
STATED = {
    "Applikation": "Begut",
    "ImRisSeit": "SechsMonaten",
    "Sortierung.SortedByColumn": "EndeBegutachtungsfrist",
    "Sortierung.SortDirection": "Descending",
    "DokumenteProSeite": "OneHundred",
    "Seitennummer": "1",
}
# About 350 drafts a year: more than this in half a year are not what was asked for.
TOO_MANY = 1500
ENCLOSURES = 30
# Formulas and logos, thousands of them.
_EMBEDDED = "EmbeddedAttachment"


def ask(address: str, settings: Mapping[str, str]) -> Ask:  # noqa: ARG001 - as all kinds
    is_bare = address.partition("?")[0].endswith("/Bundesrecht")
    return Ask(completed(address, STATED if is_bare else {}), accept="application/json")


def parse(document: Document) -> Parsed:
    answer = loaded(decoded(document.body, document.content_type))
    refusal = text_at(answer, "OgdSearchResult", "Error", "Message")
    if refusal:
        return Parsed(problem=f"RIS refused the question: «{one_line(refusal)[:200]}».")
    found = _drafts(answer)
    if found is None:
        return Parsed(problem="The answer is not what RIS gives for drafts.")
    entries, known, skipped = [], [], 0
    for draft in found:
        raw, digest = received(draft)
        if digest in document.known:
            known.append(digest)
        elif _id(draft):
            entries.append(_entry(draft, raw, digest))
        else:
            skipped += 1
    total = _hits(answer)
    ignored = bool(parameter(document.address, "ImRisSeit")) and total > TOO_MANY
    more = None if ignored else _next_page(answer, found, document.address)
    return Parsed(
        entries=tuple(entries),
        known=tuple(known),
        title="RIS Begutachtungsentwürfe",
        language="de",
        # What was asked for is a stretch of time: what leaves it is still published.
        complete=False,
        problem=_too_many(total) if ignored else None,
        skipped=skipped,
        next_page=more,
    )


def is_ris(answer: Any) -> bool:
    """Whether a JSON document has the shape of RIS's answer, or of what others made of it."""
    return _drafts(answer) is not None or bool(
        text_at(answer, "OgdSearchResult", "Error", "Message")
    )


def _too_many(total: int) -> str:
    return (
        f"RIS announced {total} drafts although those of six months were asked for;"
        " only the first page was read."
    )


def _drafts(answer: Any) -> list[Item] | None:
    if isinstance(answer, list):
        derived = items_at({"all": answer}, "all")
        is_ours = derived and all("kurztitel" in each and "ende" in each for each in derived)
        return [_as_given(each) for each in derived] if is_ours else None
    results = answer.get("OgdSearchResult") if isinstance(answer, dict) else None
    if not isinstance(results, dict) or "OgdDocumentResults" not in results:
        return None
    return one_or_more_at(results, "OgdDocumentResults", "OgdDocumentReference")


def _as_given(derived: Item) -> Item:
    begut = {
        "EinbringendeStelle": text_at(derived, "stelle"),
        "BeginnBegutachtungsfrist": text_at(derived, "beginn"),
        "EndeBegutachtungsfrist": text_at(derived, "ende"),
    }
    about = {"Kurztitel": text_at(derived, "kurztitel"), "Begut": begut}
    given = {"Technisch": {"ID": text_at(derived, "id")}, "Bundesrecht": about}
    return {"Data": {"Metadaten": given}}


def _hits(answer: Any) -> int:
    return number_at(answer, "OgdSearchResult", "OgdDocumentResults", "Hits", "#text") or 0


def _next_page(answer: Any, found: list[Item], address: str) -> Ask | None:
    """Counted as the answer counts; an address that we cannot turn the pages of has only one."""
    hits = ("OgdSearchResult", "OgdDocumentResults", "Hits")
    page = number_at(answer, *hits, "@pageNumber")
    size = number_at(answer, *hits, "@pageSize")
    if not found or not page or not size or page * size >= _hits(answer):
        return None
    if parameter(address, "Seitennummer") != str(page):
        return None
    return Ask(instead(address, "Seitennummer", str(page + 1)), accept="application/json")


def _about(draft: Item, *path: str) -> str:
    return text_at(draft, "Data", "Metadaten", *path)


def _begut(draft: Item, name: str) -> str:
    return _about(draft, "Bundesrecht", "Begut", name)


def _id(draft: Item) -> str:
    return one_line(_about(draft, "Technisch", "ID"))


def _entry(draft: Item, raw: str, digest: str) -> ParsedEntry:
    short, full = (one_line(_about(draft, "Bundesrecht", name)) for name in ("Kurztitel", "Titel"))
    stated = web_address(_about(draft, "Allgemein", "DokumentUrl"))
    html = sanitised("".join(_paragraphs(draft, short, full)), base=DOCUMENT)
    return ParsedEntry(
        id=_id(draft),
        title=short or full,
        address=stated or web_address(DOCUMENT + _id(draft)),
        author=_body(draft),
        published=instant(_begut(draft, "BeginnBegutachtungsfrist"), zone=ZONE),
        updated=instant(_about(draft, "Allgemein", "Geaendert"), zone=ZONE),
        language="de",
        html=html,
        text=plain(html),
        enclosures=tuple(_enclosures(draft))[:ENCLOSURES],
        deadlines=tuple(_deadlines(draft)),
        received=raw,
        received_hash=digest,
    )


def _body(draft: Item) -> str:
    return one_line(_begut(draft, "EinbringendeStelle") or _about(draft, "Technisch", "Organ"))


def _deadlines(draft: Item) -> Iterator[StatedDeadline]:
    end = _begut(draft, "EndeBegutachtungsfrist")
    quote = f"Ende der Begutachtungsfrist: {end}"
    deadline = end_of_day(end, zone=ZONE, quote=quote)
    if deadline is not None:
        yield deadline


def _paragraphs(draft: Item, short: str, full: str) -> Iterator[str]:
    if full and full != short:
        yield f"<p>{escape(full)}</p>"
    if _body(draft):
        yield f"<p>{escape(_body(draft))}</p>"
    begin, end = (_begut(draft, f"{name}Begutachtungsfrist") for name in ("Beginn", "Ende"))
    if begin:
        yield f"<p>Beginn der Begutachtungsfrist: {escape(begin)}</p>"
    if end:
        yield f"<p>Ende der Begutachtungsfrist: {escape(end)}</p>"
    if _begut(draft, "Schlagworte"):
        yield f"<p>{escape(_begut(draft, 'Schlagworte'))}</p>"


def _enclosures(draft: Item) -> Iterator[Enclosure]:
    """Each document once, as PDF where there is one."""
    for reference in one_or_more_at(draft, "Data", "Dokumentliste", "ContentReference"):
        if text_at(reference, "ContentType") == _EMBEDDED:
            continue
        offered = one_or_more_at(reference, "Urls", "ContentUrl")
        offered.sort(key=lambda each: text_at(each, "DataType").lower() != "pdf")
        address = web_address(text_at(offered[0], "Url")) if offered else ""
        if address:
            is_pdf = text_at(offered[0], "DataType").lower() == "pdf"
            yield Enclosure(address, "application/pdf" if is_pdf else "")
