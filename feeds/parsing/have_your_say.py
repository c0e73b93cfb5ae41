"""The Commission's *Have Your Say*: its search answer, one initiative, and what closes soon.

Dates come without a zone and are Brussels time. The interface has ignored its own filter for open
windows before: it is applied again here. An initiative passes several windows; each is a deadline.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from feeds.parsing.dates import instant
from feeds.parsing.decoding import decoded
from feeds.parsing.entry import Document, Parsed, ParsedEntry, StatedDeadline
from feeds.parsing.json_document import Item, items_at, loaded, number_at, received, text_at
from feeds.parsing.text import one_line, plain, sanitised, web_address
from feeds.parsing.windows import end_of_day

ZONE = "Europe/Brussels"
PAGE = "https://have-your-say.ec.europa.eu/initiatives/"
STAGES = {
    "PLANNING_WORKFLOW": "Call for evidence",
    "OPC_LAUNCHED": "Public consultation",
    "ISC_WORKFLOW": "Draft act",
    "ADOPTION_WORKFLOW": "Feedback on the adopted act",
}


def parse(document: Document) -> Parsed:
    answer = loaded(decoded(document.body, document.content_type))
    if answer is None:
        return Parsed(problem="The answer is not what Have Your Say gives: it is no JSON.")
    found = _initiatives(answer)
    if found is None:
        return Parsed(problem="The answer is JSON, but not one that Have Your Say gives.")
    read = [_entry(item) for item in found]
    total = number_at(answer, "initiativeResultDtoPage", "totalElements")
    return Parsed(
        entries=tuple(entry for entry in read if entry is not None),
        title="Have your say",
        language="en",
        complete=total is not None and total <= len(found),
    )


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
        return [*filter(_is_open, items_at(answer, "initiativeResultDtoPage", "content"))]
    if isinstance(answer.get("_embedded"), dict):
        return [*filter(_is_open, items_at(answer, "_embedded", "initiativeResultDtoes"))]
    return [answer] if "initiativeStatus" in answer and text_at(answer, "id") else None


def _is_open(initiative: Item) -> bool:
    states = [text_at(each, "receivingFeedbackStatus") for each in _windows(initiative)]
    return "OPEN" in (states or [text_at(initiative, "receivingFeedbackStatus")])


def _windows(initiative: Item) -> list[Item]:
    return items_at(initiative, "currentStatuses") + items_at(initiative, "publications")


def _entry(item: Item) -> ParsedEntry | None:
    number = text_at(item, "id") or text_at(item, "initiativeId")
    if not number:
        return None
    raw, digest = received(item)
    html = sanitised("".join(_paragraphs(item)), base=PAGE)
    published = text_at(item, "publishedDate") or text_at(item, "createdDate")
    return ParsedEntry(
        id=f"initiative/{number}",
        title=one_line(text_at(item, "shortTitle")),
        address=web_address(PAGE + number),
        author=one_line(text_at(item, "dg") or "European Commission"),
        published=instant(published, zone=ZONE) or _first_start(item),
        updated=instant(text_at(item, "modifiedDate"), zone=ZONE),
        language="en",
        html=html,
        text=plain(html),
        deadlines=tuple(_deadlines(item)),
        received=raw,
        received_hash=digest,
    )


def _first_start(item: Item) -> Any:
    starts = (instant(text_at(each, "feedbackStartDate"), zone=ZONE) for each in _windows(item))
    return min((start for start in starts if start), default=None)


def _deadlines(item: Item) -> Iterator[StatedDeadline]:
    seen = set()
    for window in [*_windows(item), item]:
        if text_at(window, "receivingFeedbackStatus") not in ("OPEN", "UPCOMING", ""):
            continue
        end = text_at(window, "feedbackEndDate") or text_at(window, "endDate")
        deadline = end_of_day(end, zone=ZONE, quote=_quote(window, end))
        if deadline is not None and deadline.at not in seen:
            seen.add(deadline.at)
            yield deadline


def _quote(window: Item, end: str) -> str:
    return f"{_stage(window) or 'Window'}: open until {end}"


def _stage(window: Item) -> str:
    code = text_at(window, "frontEndStage") or text_at(window, "stage")
    return STAGES.get(code, code.replace("_", " ").capitalize())


def _paragraphs(item: Item) -> Iterator[str]:
    for name in ("shortDescription", "dossierSummary"):
        if text_at(item, name):
            yield f"<p>{text_at(item, name)}</p>"
    for window in _windows(item):
        end = text_at(window, "feedbackEndDate") or text_at(window, "endDate")
        title = text_at(window, "title") or _stage(window)
        state = text_at(window, "receivingFeedbackStatus").lower()
        yield f"<p>{escape(title)}: {escape(state)}, until {escape(end)}</p>"
        yield text_at(window, "consultationObjective")
    facts = [text_at(item, "reference"), text_at(item, "foreseenActType")]
    facts += [text_at(topic, "label") for topic in items_at(item, "topics")]
    yield f"<p>{escape(' · '.join(fact for fact in facts if fact))}</p>"
