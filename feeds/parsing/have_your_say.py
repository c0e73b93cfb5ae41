"""The Commission's *Have Your Say*: its search answer, one initiative, and what closes soon.

Dates come without a zone and are Brussels time. An initiative passes several windows; each is a
deadline. The traps of the interface, and what is done about them:

* A filter that it does not know is ignored, and so has been the one for open windows: it is applied
  again here.
* At most 100 come in a page, but `totalPages` is computed with the size that was asked for. So it
  is not believed: pages are asked for until one is empty, or the first held all that there is.
* The search says little. What an initiative is about, and each of its windows with its end, stands
  in an answer of its own, which is asked for when the search says something new of it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Ask, Document, Parsed, ParsedEntry, StatedDeadline
from feeds.parsing.json_document import (
    Item,
    as_text,
    items_at,
    loaded,
    number_at,
    received,
    text_at,
)
from feeds.parsing.parameters import completed, instead
from feeds.parsing.parameters import number as counted
from feeds.parsing.text import language_code, one_line, plain, sanitised, web_address
from feeds.parsing.windows import end_of_day

ZONE = "Europe/Brussels"
PAGE = "https://have-your-say.ec.europa.eu/initiatives/"
SEARCH = "/brpapi/searchInitiatives"
DETAIL = "/brpapi/groupInitiatives/"
STATED = {"language": "EN", "page": "0", "size": "100", "feedbackStatus": "OPEN"}
SIZE = 100
STAGES = {
    "PLANNING_WORKFLOW": "Call for evidence",
    "OPC_LAUNCHED": "Public consultation",
    "ISC_WORKFLOW": "Draft act",
    "ADOPTION_WORKFLOW": "Feedback on the adopted act",
}
_ACCEPT = "application/json"


def ask(address: str, settings: Mapping[str, str]) -> Ask:  # noqa: ARG001 - as all kinds
    """The address as configured; a bare search is completed to one for what is open."""
    missing = STATED if _is_search(address) else {}
    return Ask(completed(address, missing), accept=_ACCEPT)


def parse(document: Document) -> Parsed:
    answer = loaded(decoded(document.body, document.content_type))
    if answer is None:
        return Parsed(problem="The answer is not what Have Your Say gives: it is no JSON.")
    found = _initiatives(answer)
    if found is None:
        return Parsed(problem="The answer is JSON, but not one that Have Your Say gives.")
    entries, known, skipped = [], [], 0
    for item in found if _is_one(answer) else filter(_is_open, found):
        raw, digest = received({name: item[name] for name in item if name != "daysLeft"})
        if digest in document.known:
            known.append(digest)
        elif number := _number(item):
            entries.append(_entry(item, number, raw, digest, document.address))
        else:
            skipped += 1
    more = _next_page(answer, found, document.address)
    return Parsed(
        entries=tuple(entries),
        known=tuple(known),
        title="Have your say",
        language="en",
        complete=more is None and _is_all(answer, found, document.address),
        skipped=skipped,
        next_page=more,
    )


def detailed(entry: ParsedEntry, document: Document) -> ParsedEntry:
    """The entry with the windows and texts of its initiative; as it was if that is not there."""
    answer = loaded(decoded(document.body, document.content_type))
    if not isinstance(answer, dict) or entry.id != f"initiative/{_number(answer)}":
        return entry
    html = sanitised("".join(_paragraphs(answer)), base=PAGE)
    stated = list(_deadlines(answer))
    ends = {each.at for each in stated}
    raw, _ = received({"search": entry.received, "initiative": answer})
    return replace(
        entry,
        title=entry.title or one_line(text_at(answer, "shortTitle")),
        author=_author(answer),
        published=_published(answer) or entry.published,
        updated=instant(text_at(answer, "modifiedDate"), zone=ZONE) or entry.updated,
        html=html,
        text=plain(html),
        # A window that only the search knows is kept: a contradiction is shown, not settled.
        deadlines=(*stated, *(each for each in entry.deadlines if each.at not in ends)),
        received=raw,
    )


def _is_search(address: str) -> bool:
    return address.partition("?")[0].endswith(SEARCH)


def is_have_your_say(answer: Any) -> bool:
    """Whether a JSON document has the shape of one of the three answers."""
    return _initiatives(answer) is not None


def _initiatives(answer: Any) -> list[Item] | None:
    if isinstance(answer, list):
        closing = items_at({"all": answer}, "all")
        return closing if closing and all("initiativeId" in item for item in closing) else None
    if not isinstance(answer, dict):
        return None
    if isinstance(answer.get("initiativeResultDtoPage"), dict):
        return items_at(answer, "initiativeResultDtoPage", "content")
    if isinstance(answer.get("_embedded"), dict):
        return items_at(answer, "_embedded", "initiativeResultDtoes")
    return [answer] if _is_one(answer) else None


def _is_one(answer: Any) -> bool:
    return isinstance(answer, dict) and "initiativeStatus" in answer and bool(_number(answer))


def _next_page(answer: Any, found: list[Item], address: str) -> Ask | None:
    page, total = counted(address, "page"), _total(answer)
    if not _is_search(address) or not found:
        return None
    # How many came on the pages before is not known here: only the first can be said to be all.
    if total is None or (page == 0 and len(found) >= total) or page >= total:
        return None
    return Ask(instead(address, "page", str(page + 1)), accept=_ACCEPT)


def _is_all(answer: Any, found: list[Item], address: str) -> bool:
    """Whether the last page has been seen, and those before can have held all that is announced."""
    total = _total(answer)
    return total is not None and counted(address, "page") * SIZE + len(found) >= total


def _total(answer: Any) -> int | None:
    stated = number_at(answer, "initiativeResultDtoPage", "totalElements")
    return stated if stated is not None else number_at(answer, "page", "totalElements")


def _is_open(initiative: Item) -> bool:
    states = [text_at(each, "receivingFeedbackStatus") for each in _windows(initiative)]
    return "OPEN" in (states or [text_at(initiative, "receivingFeedbackStatus") or "OPEN"])


def _windows(initiative: Item) -> list[Item]:
    return items_at(initiative, "currentStatuses") + items_at(initiative, "publications")


def _number(item: Item) -> str:
    return text_at(item, "id") or text_at(item, "initiativeId")


def _entry(item: Item, number: str, raw: str, digest: str, address: str) -> ParsedEntry:
    html = sanitised("".join(_paragraphs(item)), base=PAGE)
    return ParsedEntry(
        id=f"initiative/{number}",
        title=one_line(text_at(item, "shortTitle")),
        address=web_address(PAGE + number),
        author=_author(item),
        published=_published(item),
        updated=instant(text_at(item, "modifiedDate"), zone=ZONE),
        language="en",
        html=html,
        text=plain(html),
        deadlines=tuple(_deadlines(item)),
        received=raw,
        received_hash=digest,
        detail=_detail(number, address),
    )


def _detail(number: str, address: str) -> Ask | None:
    """Only beside the interface that gave the list; a copy of its answer has no details."""
    before, found, _ = address.partition("/brpapi/")
    if not found or DETAIL in address or not number.isascii() or not number.isdigit():
        return None
    return Ask(f"{before}{DETAIL}{number}?language=EN", accept=_ACCEPT)


def _author(item: Item) -> str:
    return one_line(text_at(item, "dg")) or "European Commission"


def _published(item: Item) -> datetime | None:
    stated = text_at(item, "publishedDate") or text_at(item, "createdDate")
    return instant(stated, zone=ZONE) or _first_start(item)


def _first_start(item: Item) -> datetime | None:
    starts = (instant(text_at(each, "feedbackStartDate"), zone=ZONE) for each in _windows(item))
    return min((start for start in starts if start), default=None)


def _deadlines(item: Item) -> Iterator[StatedDeadline]:
    seen = set()
    for window in [*_windows(item), item]:
        if text_at(window, "receivingFeedbackStatus") not in ("OPEN", "UPCOMING", ""):
            continue
        end = _end(window)
        deadline = end_of_day(end, zone=ZONE, quote=f"{_stage(window)}: open until {end}")
        if deadline is not None and deadline.at not in seen:
            seen.add(deadline.at)
            yield deadline


def _end(window: Item) -> str:
    return text_at(window, "feedbackEndDate") or text_at(window, "endDate")


def _stage(window: Item) -> str:
    code = text_at(window, "frontEndStage") or text_at(window, "stage")
    return STAGES.get(code, code.replace("_", " ").capitalize()) or "Window"


def _paragraphs(item: Item) -> Iterator[str]:
    for name in ("shortDescription", "dossierSummary"):
        if text_at(item, name):
            yield f"<p>{text_at(item, name)}</p>"
    for window in _windows(item):
        title = text_at(window, "title") or _stage(window)
        state = text_at(window, "receivingFeedbackStatus").lower()
        yield f"<p>{escape(title)}: {escape(state)}, until {escape(_end(window))}</p>"
        yield text_at(window, "consultationObjective")
    facts = [text_at(item, "reference"), text_at(item, "foreseenActType"), *_legal_basis(item)]
    facts += [text_at(topic, "label") for topic in items_at(item, "topics")]
    yield f"<p>{escape(' · '.join(fact for fact in facts if fact))}</p>"
    yield from _titles(item)


def _legal_basis(item: Item) -> list[str]:
    stated = item.get("legalBasis")
    listed = stated if isinstance(stated, list) else [stated]
    return [as_text(each) or text_at(each, "title") or text_at(each, "label") for each in listed]


def _titles(item: Item) -> Iterator[str]:
    """The title in the other languages, so that the matter is found in them as well."""
    for each in items_at(item, "initiativeTranslations"):
        language = language_code(text_at(each, "language"))
        if text_at(each, "field") == "SHORT_TITLE" and language not in (None, "en"):
            yield f'<p lang="{language}">{escape(text_at(each, "value"))}</p>'
