"""Swiss federal consultations from fedlex: the results of a SPARQL query as JSON.

Each row is one consultation, or one language of it. The end of the window is a date in Zurich; the
status lags behind it, so the date wins (only a withdrawn consultation has no deadline). Rows
without `end`, such as acts that enter into force, are entries without a deadline.
"""

from collections.abc import Iterator
from html import escape

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Document, Parsed, ParsedEntry, StatedDeadline
from feeds.parsing.json_document import Item, items_at, loaded, received, text_at
from feeds.parsing.text import language_code, one_line, plain, sanitised, web_address
from feeds.parsing.windows import end_of_day

ZONE = "Europe/Zurich"
STATES = {
    "0": "In Vorbereitung",
    "1": "Geplant",
    "2": "Laufend",
    "3": "Abgeschlossen – Stellungnahmen und Bericht ausstehend",
    "4": "Abgeschlossen – Bericht ausstehend",
    "5": "Abgeschlossen",
    "6": "Zurückgezogen",
}
WITHDRAWN = "6"
_LABELS = ("description", "instLabel", "inst2Label", "srNumber", "titleShort")


def parse(document: Document) -> Parsed:
    answer = loaded(decoded(document.body, document.content_type))
    if not isinstance(answer, dict) or not isinstance(answer.get("results"), dict):
        return Parsed(problem="The answer is not the result of a fedlex query.")
    matters: dict[str, list[Item]] = {}
    skipped = 0
    for row in items_at(answer, "results", "bindings"):
        matter = _matter(row)
        if matter:
            matters.setdefault(matter, []).append(row)
        else:
            skipped += 1
    wanted = document.settings.get("language", "de")
    return Parsed(
        entries=tuple(_entry(matter, rows, wanted) for matter, rows in matters.items()),
        title="Fedlex",
        complete=True,
        skipped=skipped,
    )


def _matter(row: Item) -> str:
    """The address of what the row is about: `c` in our query, else the first one in the row."""
    named = text_at(row, "c", "value")
    addresses = (text_at(row, name, "value") for name in row if text_at(row, name, "type") == "uri")
    return named or next((address for address in addresses if "/eli/" in address), "")


def _entry(matter: str, rows: list[Item], wanted: str) -> ParsedEntry:
    row = next((row for row in rows if text_at(row, "title", "xml:lang") == wanted), rows[0])
    raw, digest = received({"rows": rows})
    html = sanitised("".join(_paragraphs(row)), base=matter)
    return ParsedEntry(
        id=matter,
        title=one_line(_value(row, "title")),
        address=web_address(matter.replace("fedlex.data.admin.ch", "www.fedlex.admin.ch")),
        author=one_line(_value(row, "inst2Label") or _value(row, "instLabel")),
        published=instant(_value(row, "start"), zone=ZONE),
        language=language_code(text_at(row, "title", "xml:lang")),
        html=html,
        text=plain(html),
        deadlines=tuple(_deadlines(row)),
        received=raw,
        received_hash=digest,
    )


def _deadlines(row: Item) -> Iterator[StatedDeadline]:
    end = _value(row, "end")
    if not end or _state(row) == WITHDRAWN:
        return
    quote = f"{_value(row, 'start') or '…'} – {end}"
    deadline = end_of_day(end, zone=ZONE, quote=quote)
    if deadline is not None:
        yield deadline


def _paragraphs(row: Item) -> Iterator[str]:
    for label in _LABELS:
        if _value(row, label):
            yield f"<p>{escape(_value(row, label))}</p>"
    if _value(row, "end"):
        yield f"<p>{escape(_value(row, 'start'))} – {escape(_value(row, 'end'))}</p>"
    if _value(row, "entryDate"):
        yield f"<p>Inkrafttreten: {escape(_value(row, 'entryDate'))}</p>"
    if _state(row) in STATES:
        yield f"<p>{STATES[_state(row)]}</p>"


def _state(row: Item) -> str:
    return _value(row, "status").rpartition("/")[2]


def _value(row: Item, name: str) -> str:
    return text_at(row, name, "value")
