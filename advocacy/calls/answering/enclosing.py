"""Files that a municipality sends along: looked at, kept at once, taken out again."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.calls.answering.drafts import opened
from advocacy.calls.answering.enclosures import (
    NOT_THERE,
    EnclosureRow,
    content,
    of_invitation,
    of_version,
    sent_from,
)
from advocacy.calls.tables import Enclosure
from advocacy.documents import contents
from advocacy.documents.contents import Found, Kind
from advocacy.documents.rules import CLAIMS, ENDINGS, LOOKS, MEDIA_TYPES, cleaned_name
from advocacy.errors import Invalid, Message, NotFound

__all__ = [
    "EnclosureRow",
    "content",
    "keep",
    "of_invitation",
    "of_version",
    "remove",
    "sniffed",
]

FIELD = "files"
MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE
"""Bytes of one file."""
MOST = 5
"""Files of one answer."""
LARGEST_UPLOAD = 2 * MOST * LARGEST + MEGABYTE
"""Bytes of one form. Twice what is taken, so that who chooses too much is told which and why."""

ACCEPTED = ",".join(
    [*(f".{ending}" for ending in sorted(ENDINGS)), "image/jpeg", "image/png", "application/pdf"]
)
"""What a file dialogue offers. With kinds of pictures a phone offers its camera too, and turns
its own format into JPEG.
"""
EMPTY = Message("%(name)s is empty. It was not taken.")
TOO_LARGE = Message("%(name)s has more than %(most)s MB. It was not taken.")
TOO_MANY = Message("At most %(most)s files go with an answer. %(name)s was not taken.")
NO_KIND = Message(
    "%(name)s is of no kind that we can take. These are: PDF, DOCX, ODT, XLSX, ODS, RTF, TXT, "
    "CSV, PNG, JPEG, EML. It was not taken."
)
NOT_IT = Message("%(claim)s: %(found)s. It was not taken.")
REFUSED: Mapping[Found, Message] = {
    Found.MACROS: Message("%(name)s holds macros or embedded programs. It was not taken."),
    Found.ENCRYPTED: Message("%(name)s is protected by a password. It was not taken."),
    Found.BOMB: Message("%(name)s unpacks to far more than a document holds. It was not taken."),
    Found.BROKEN: Message("%(name)s is damaged: it cannot be opened. It was not taken."),
    Found.PROGRAM: Message("%(name)s is a program. It was not taken."),
    Found.WEB_PAGE: Message("%(name)s is a web page. Save it as PDF. It was not taken."),
    Found.DRAWING: Message("%(name)s is a drawing. Save it as PNG or PDF. It was not taken."),
}
ALWAYS = frozenset({Found.MACROS, Found.ENCRYPTED, Found.BOMB, Found.BROKEN})
"""Refused whatever the name says; the others only where the name claims no kind of ours."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """A file that can be taken: `media_type` is that of its content."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def sniffed(name: str, content: bytes) -> Sniffed:
    """Invalid names the file and says why. Takes a while for a large one: call it in a thread."""
    shown = cleaned_name(name)
    ending = shown.rpartition(".")[2].lower() if "." in shown else ""
    claimed = ENDINGS.get(ending)
    if problem := _problem(shown, claimed, content):
        raise Invalid({FIELD: problem})
    assert claimed is not None  # noqa: S101  otherwise it is of no kind
    return Sniffed(shown, MEDIA_TYPES[claimed], content)


def _problem(name: str, claimed: Kind | None, content: bytes) -> Message | None:
    if not content:
        return Message(EMPTY.text, {"name": name})
    if len(content) > LARGEST:
        return Message(TOO_LARGE.text, {"name": name, "most": LARGEST // MEGABYTE})
    found = contents.found_in(content)
    if isinstance(found, Found) and (found in ALWAYS or (claimed is None and found in REFUSED)):
        return Message(REFUSED[found].text, {"name": name})
    if claimed is None:
        return Message(NO_KIND.text, {"name": name})
    if found is claimed or (claimed in contents.PLAIN and found in {Kind.TEXT, Kind.EML}):
        return None
    claim = Message(CLAIMS[claimed].text, {"name": name})
    return Message(NOT_IT.text, {"claim": claim, "found": LOOKS[found]})


async def keep(
    invitation_id: int,
    files: Sequence[tuple[str, bytes]],
    *,
    channel: str = "web",
    now: datetime,
) -> list[int]:
    """Name and content of each; returns their numbers. All or none: Invalid names the one that
    cannot be taken. The same file again is the one that is there.

    On the page at most five wait to be sent, whenever they were chosen; a mail has at most five.
    """
    taken = await asyncio.to_thread(lambda: [sniffed(name, content) for name, content in files])
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        waiting = {each.id for each in await of_invitation(invitation_id) if not each.removed}
        known = await _by_content(invitation_id)
        room = MOST - (len(waiting) if channel == "web" else 0)
        numbers: list[int] = []
        for each in taken:
            number = known.get((each.name, each.sha256))
            if number is None or number not in waiting:
                if room <= 0:
                    problem = Message(TOO_MANY.text, {"most": MOST, "name": each.name})
                    raise Invalid({FIELD: problem})
                room -= 1
                number = await _put(invitation_id, each, number, channel=channel, now=now)
                known[each.name, each.sha256] = number
                waiting.add(number)
            numbers.append(number)
        if channel == "web":
            await opened(invitation_id, now)
    return numbers


async def _by_content(invitation_id: int) -> dict[tuple[str, str], int]:
    rows = await Enclosure.select(Enclosure.id, Enclosure.name, Enclosure.sha256).where(
        Enclosure.invitation == invitation_id
    )
    return {(row["name"], row["sha256"]): row["id"] for row in rows}


async def _put(
    invitation_id: int, file: Sniffed, again: int | None, *, channel: str, now: datetime
) -> int:
    """A new row, or the removed one of the same file: it goes along once more."""
    if again is not None:
        await Enclosure.update({Enclosure.removed: None}).where(Enclosure.id == again)
        return again
    row = Enclosure(
        invitation=invitation_id,
        name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        sha256=file.sha256,
        content=file.content,
        channel=channel,
        at=now,
    )
    await row.save()
    return int(row.id)


async def remove(invitation_id: int, enclosure_id: int, *, now: datetime) -> None:
    """It goes with no further version. What no version names is gone for good; twice is once."""
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        ours = (Enclosure.id == enclosure_id) & (Enclosure.invitation == invitation_id)
        if enclosure_id in await sent_from(invitation_id):
            await Enclosure.update({Enclosure.removed: now}).where(ours)
        else:
            await Enclosure.delete().where(ours)
        await opened(invitation_id, now)


async def one(invitation_id: int, enclosure_id: int) -> EnclosureRow:
    """NotFound for a file of another municipality."""
    rows = await of_invitation(invitation_id)
    found = next((each for each in rows if each.id == enclosure_id), None)
    if found is None:
        raise NotFound(NOT_THERE)
    return found
