"""List 81 of the Austrian Parliament: ministerial drafts (Ministerialentwürfe) out for opinions.

The interface is asked with a body of filters and answers with rows by position; what stands in
which column is said by the answer's `header`, else we know it by position. Its traps:

* A filter that it does not know is ignored and the whole list since 1979 comes; drafts whose time
  is over are left out here again.
* Without a sorting the order is undefined, and a stated `pagesize` beats `showAll`.
* It has once delivered less than it counted, without a word: `complete` only when as many rows came
  as it counts.
* A draft of two ministries is two rows.

The end of a Begutachtung is a date: the day in Vienna to its end.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from html import escape
from typing import Any

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Ask, Document, Parsed, ParsedEntry, StatedDeadline
from feeds.parsing.json_document import as_text, items_at, loaded, number_at, received, text_at
from feeds.parsing.parameters import completed, without
from feeds.parsing.text import one_line, plain, sanitised, web_address
from feeds.parsing.windows import end_of_day

ZONE = "Europe/Vienna"
HOME = "https://www.parlament.gv.at"
LIST = "/filter/api/filter/data/81"
OPEN_ONLY = b'{"AKTIV": ["J"]}'
STATED = {"showAll": "true", "sortrnr": "11", "ascDesc": "DESC"}
OVER = "N"
_CITATION = re.compile(r"(\d{1,4})\s*/\s*(ME)\b")
_PERIOD = re.compile(r"[IVXL]{1,8}")

# What we need: where it stands unless the header says otherwise, and what the header calls it.
COLUMNS: Mapping[str, tuple[int, frozenset[str]]] = {
    "period": (0, frozenset({"gp_code", "gp"})),
    "number": (2, frozenset({"inr"})),
    "arrived": (3, frozenset({"einlangen", "datum"})),
    "subject": (4, frozenset({"betreff", "gegenstand"})),
    "citation": (5, frozenset({"zitation", "cite"})),
    "ministry": (6, frozenset({"min", "ressort"})),
    "path": (7, frozenset({"link", "url"})),
    "end": (8, frozenset({"frist"})),
    "arrived_sort": (10, frozenset({"datesort"})),
    "open": (11, frozenset({"aktiv"})),
    "end_sort": (14, frozenset({"fristsort"})),
}
# What it is called where somebody has made objects of the rows.
_DERIVED = {
    "period": "gp",
    "number": "inr",
    "citation": "cite",
    "subject": "title",
    "ministry": "ministryCode",
    "arrived": "arrival",
    "end": "frist",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the list says of a draft, dates as it writes them."""

    period: str
    number: str
    subject: str
    ministry: str
    path: str
    arrived: str
    end: str

    @property
    def id(self) -> str:
        return f"{self.period}/ME/{self.number}"

    @property
    def citation(self) -> str:
        """As feeds.reading writes it: 131/ME XXVIII."""
        return f"{self.number}/ME {self.period}".strip()


def ask(address: str, settings: Mapping[str, str]) -> Ask:  # noqa: ARG001 - as all kinds
    return Ask(
        completed(without(address, "pagesize", "page"), STATED),
        method="POST",
        body=OPEN_ONLY,
        content_type="application/json",
        accept="application/json",
    )


def parse(document: Document) -> Parsed:
    answer = loaded(decoded(document.body, document.content_type))
    rows = _rows(answer)
    if rows is None:
        return Parsed(problem="The answer is not a list of the Austrian Parliament.")
    drafts: dict[str, list[Draft]] = {}
    skipped = 0
    for row in rows:
        draft = _draft(row)
        if draft is None:
            skipped += 1
        elif row.get("open") != OVER:
            drafts.setdefault(draft.id, []).append(draft)
    entries, known = [], []
    for same in drafts.values():
        raw, digest = received({"drafts": [asdict(draft) for draft in same]})
        if digest in document.known:
            known.append(digest)
        else:
            entries.append(_entry(same, raw, digest))
    return Parsed(
        entries=tuple(entries),
        known=tuple(known),
        title="Ministerialentwürfe",
        language="de",
        complete=_is_all(answer, len(rows)),
        skipped=skipped,
    )


def is_austrian_parliament(answer: Any) -> bool:
    """Whether a JSON document has the shape of the list, or of what others made of it."""
    rows = _rows(answer)
    return bool(rows) and all(_draft(row) is not None for row in (rows or [])[:5])


def _is_all(answer: Any, came: int) -> bool:
    counted = number_at(answer, "count")
    return counted is not None and came >= counted


def _rows(answer: Any) -> list[dict[str, str]] | None:
    """Each row with its columns by our names; None when it is no such list."""
    if isinstance(answer, list):
        named = items_at({"all": answer}, "all")
        if not named or not all("cite" in each and "frist" in each for each in named):
            return None
        return [_renamed(each) for each in named]
    if not isinstance(answer, dict) or not isinstance(answer.get("rows"), list):
        return None
    places = _places(answer)
    return [
        {name: as_text(row[place]) for name, place in places.items() if place < len(row)}
        for row in answer["rows"]
        if isinstance(row, list)
    ]


def _places(answer: Mapping[str, Any]) -> dict[str, int]:
    """column → position. `rnr` in the header counts from 1."""
    stated: dict[str, int] = {}
    for position, column in enumerate(items_at(answer, "header")):
        place = (number_at(column, "rnr") or position + 1) - 1
        for name in (text_at(column, "feld_name"), text_at(column, "label")):
            stated.setdefault(name.strip().lower(), place)
    return {
        name: next((stated[each] for each in called if each in stated), usual)
        for name, (usual, called) in COLUMNS.items()
    }


def _renamed(item: Mapping[str, Any]) -> dict[str, str]:
    return {ours: text_at(item, theirs) for ours, theirs in _DERIVED.items()}


def _draft(row: Mapping[str, str]) -> Draft | None:
    cited = _CITATION.fullmatch(row.get("citation", "").strip())
    if cited is None:
        return None
    period = row.get("period", "")
    period = period if _PERIOD.fullmatch(period) else ""
    number = str(int(cited[1]))
    return Draft(
        period=period,
        number=number,
        subject=one_line(row.get("subject", "")),
        ministry=one_line(row.get("ministry", "")),
        path=row.get("path") or f"/gegenstand/{period}/ME/{number}",
        arrived=row.get("arrived_sort") or row.get("arrived", ""),
        end=_end(row),
    )


def _end(row: Mapping[str, str]) -> str:
    """The one to sort by is the safer one of two; what it holds must be a date."""
    sortable = row.get("end_sort", "")
    if re.fullmatch(r"\d{8}", sortable):
        return f"{sortable[:4]}-{sortable[4:6]}-{sortable[6:]}"
    return row.get("end", "")


def _entry(same: Sequence[Draft], raw: str, digest: str) -> ParsedEntry:
    draft = same[0]
    html = sanitised("".join(_paragraphs(same)), base=HOME)
    return ParsedEntry(
        id=draft.id,
        title=draft.subject or draft.citation,
        address=web_address(draft.path, base=HOME),
        author=", ".join(_ministries(same)),
        published=_arrived(draft),
        language="de",
        html=html,
        text=plain(html),
        deadlines=tuple(_deadlines(same)),
        procedure_numbers=(draft.citation,),
        received=raw,
        received_hash=digest,
    )


def _ministries(same: Sequence[Draft]) -> list[str]:
    return list(dict.fromkeys(draft.ministry for draft in same if draft.ministry))


def _arrived(draft: Draft) -> datetime | None:
    return instant(draft.arrived, zone=ZONE)


def _deadlines(same: Sequence[Draft]) -> Iterator[StatedDeadline]:
    for end in dict.fromkeys(draft.end for draft in same):
        deadline = end_of_day(end, zone=ZONE, quote=f"Ende der Begutachtungsfrist: {end}")
        if deadline is not None:
            yield deadline


def _paragraphs(same: Sequence[Draft]) -> Iterator[str]:
    yield f"<p>{escape(f'Ministerialentwurf {same[0].citation}')}</p>"
    if _ministries(same):
        yield f"<p>{escape(', '.join(_ministries(same)))}</p>"
    for end in dict.fromkeys(draft.end for draft in same if draft.end):
        yield f"<p>Ende der Begutachtungsfrist: {escape(end)}</p>"
