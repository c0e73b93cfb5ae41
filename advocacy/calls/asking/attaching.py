"""Attach an official text to a call that has not left: hand it in, look through its paragraphs.

handed in (file or pasted text kept) → split → looked through → counts
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.calls.asking import official, paragraphs, reading_official
from advocacy.calls.asking.paragraphs import Paragraph
from advocacy.calls.asking.whole_calls import WholeCall, whole_by_id
from advocacy.calls.rules import CallState
from advocacy.calls.tables import OfficialParagraph, OfficialText
from advocacy.documents.rules import cleaned_name
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.people.rules import LANGUAGES
from advocacy.people.tables import Person

LONGEST_TITLE = 300
PASTED = "text/plain"
AT_ONCE = 100  # rows of one INSERT


@dataclass(frozen=True, slots=True)
class Handed:
    """`name` and `media_type` are those of a file; a pasted text has no name."""

    title: str
    language: str
    content: bytes
    name: str = ""
    media_type: str = PASTED


async def hand_in(call_id: int, text: Handed, *, by: Person, now: datetime) -> None:
    """In place of what was there. It counts only when `count` has been told its paragraphs."""
    async with database.transaction():
        whole = await _draft(call_id)
        await OfficialText.delete().where(OfficialText.call == call_id)
        made = OfficialText(
            call=call_id, title=text.title, language=text.language,
            name=cleaned_name(text.name) if text.name else "", media_type=text.media_type,
            sha256=hashlib.sha256(text.content).hexdigest(), content=text.content,
            person=by.id, at=now,
        )  # fmt: skip
        await made.save()
        await _tell(whole, "official text handed in", by=by, now=now, name=made.name)


async def count(
    call_id: int, title: str, language: str, text: str, *, base: str, by: Person, now: datetime
) -> int:
    """These are its paragraphs, a blank line between each. Returns how many.

    `base` is the fingerprint of what was corrected. Invalid names the fields. Outdated: somebody
    has changed it meanwhile, or the call has left.
    """
    async with database.transaction():
        whole = await _draft(call_id)
        there = await official.kept(call_id)
        if there is None or fingerprint(there, whole.official) != base:
            theirs = paragraphs.as_text(whole.official.paragraphs) if whole.official else ""
            raise Outdated("Somebody changed this text meanwhile", theirs=theirs, mine=text)
        found, title = paragraphs.from_text(text), " ".join(title.split())
        if wrong := _wrong(title, language, found):
            raise Invalid(wrong)
        await OfficialText.update(
            {OfficialText.title: title, OfficialText.language: language, OfficialText.at: now}
        ).where(OfficialText.id == there.id)
        await _write(there.id, found)
        await _tell(whole, "official text numbered", by=by, now=now, paragraphs=len(found))
    return len(found)


def _wrong(title: str, language: str, found: tuple[Paragraph, ...]) -> dict[str, Message]:
    wrong = {}
    if not title:
        wrong["title"] = Message("Enter a title")
    elif len(title) > LONGEST_TITLE:
        wrong["title"] = Message("Shorten it to %(most)s characters", {"most": LONGEST_TITLE})
    if language not in LANGUAGES:
        wrong["language"] = Message("Choose one of the languages")
    if not found:
        wrong["text"] = Message("Enter the text")
    elif problem := reading_official.too_much(found):
        wrong["text"] = problem
    return wrong


async def _write(official_id: int, found: Sequence[Paragraph]) -> None:
    await OfficialParagraph.delete().where(OfficialParagraph.official == official_id)
    rows = [
        OfficialParagraph(official=official_id, number=p.number, label=p.label, text=p.text)
        for p in found
    ]
    for first in range(0, len(rows), AT_ONCE):
        await OfficialParagraph.insert(*rows[first : first + AT_ONCE])


async def take_away(call_id: int, *, by: Person, now: datetime) -> None:
    """The call asks about no official text. Doing it twice is doing it once."""
    async with database.transaction():
        whole = await _draft(call_id)
        gone = await (
            OfficialText.delete().where(OfficialText.call == call_id).returning(OfficialText.name)
        )
        if gone:
            name = gone[0]["name"]
            await _tell(whole, "official text removed", by=by, now=now, name=name)


def fingerprint(text: OfficialText, counts: official.Official | None) -> str:
    """What a form carries, to know later whether somebody else changed something."""
    said = paragraphs.as_text(counts.paragraphs) if counts else ""
    parts = (text.sha256, text.title, text.language, said)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


async def _draft(call_id: int) -> WholeCall:
    await database.one_at_a_time(f"call/{call_id}")
    whole = await whole_by_id(call_id)
    if whole.call.state != CallState.DRAFT:
        raise Outdated("This call has been sent: its official text stays as it is")
    return whole


async def _tell(
    whole: WholeCall, act: str, *, by: Person, now: datetime, **details: object
) -> None:  # fmt: skip
    await record(
        act, kind="call", object=whole.call.id, by=by, now=now, dossier=whole.dossier.id,
        details={"call": whole.call.number, **details},
    )  # fmt: skip
