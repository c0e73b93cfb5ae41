"""A Word file that came back becomes proposals, one for each paragraph that somebody changed."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from advocacy import database, texts
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions import forms, queries, rules
from advocacy.positions.proposing.acts import propose
from advocacy.positions.rules import ProposalSource, ProposalState
from advocacy.positions.tables import Position, PositionVersion, Proposal
from advocacy.positions.word import reading
from advocacy.positions.word.carrying import carried
from advocacy.positions.word.comparing import ASK, Difference, Kind
from advocacy.positions.word.lines import TITLE, lines_of
from advocacy.positions.word.reading import Changed, WordFile
from advocacy.positions.word.rows import UNKNOWN
from advocacy.positions.writing.merging import Draft
from advocacy.settings import settings

OTHER_TEXT = Message(
    "%(name)s is a text of %(other)s and not of %(number)s. Upload it at that position."
)
OTHER_LANGUAGE = Message(
    "%(name)s is a translation. Changes to a translation are made on its page, not in Word."
)
NO_VERSION = Message("%(name)s says that it was made from version %(version)s, which is not there")
NOTHING = Message("%(name)s is the same as the text that it was made from: nothing was changed")
MOST_CHANGES = 500
TOO_MANY = Message("%(name)s holds more than %(most)s changes: is it the right file?")


@dataclass(frozen=True, slots=True)
class Taken:
    """`known`: changes that had been proposed before, from the same file sent twice;
    `left`: numbers of asks that somebody took out, which is no proposal: an ask is answered.
    """

    proposed: int
    known: int
    left: Sequence[int]
    people: Sequence[str]
    version: int
    current: int

    @property
    def is_older(self) -> bool:
        return self.version < self.current


class Suggestion(NamedTuple):
    """What becomes one proposal. `text` empty: take the paragraph out."""

    key: str
    before: str
    text: str
    after: str
    reason: str
    author: str


async def take_in(
    position_id: int, name: str, content: bytes, *, by: Person, now: datetime
) -> Taken:
    """Invalid (field "file") names what is wrong with the file. The same file twice is one act.

    A file of an older version is compared with that version: its proposals say on which words
    they were written.
    """
    file = await asyncio.to_thread(reading.read, name, content)
    async with database.transaction():
        await database.one_at_a_time(f"position {position_id}")
        position = await _open(position_id)
        version = await _version_of(file, position)
        draft = queries.draft_of(version)
        changed = await asyncio.to_thread(reading.changes, file, lines_of(draft))
        every = [*_suggestions(changed, draft, by)]
        found = [each for each in every if each.text or not each.key.startswith(ASK)]
        left = sorted({int(each.key.removeprefix(ASK)) for each in every if each not in found})
        if not every:
            raise _refused(NOTHING, file)
        if len(found) > MOST_CHANGES:
            raise _refused(TOO_MANY, file, most=MOST_CHANGES)
        new = await _unknown(position_id, found)
        for each in new:
            await _propose(position, each, file, by=by, now=now)
        people = list(dict.fromkeys(each.author for each in found))
        if new:
            details = {"file": file.name, "version": version.number, "proposals": len(new)}
            await record(
                "word file taken in", kind="position", object=position.id,
                dossier=position.dossier, by=by, now=now, details=details,
            )  # fmt: skip
    return Taken(len(new), len(found) - len(new), left, people, version.number, position.version)


async def _open(position_id: int) -> Position:
    position = await Position.objects().where(Position.id == position_id).first()
    if position is None:
        raise NotFound("There is no such position")
    rules.check_edit(position.state)
    return position


async def _version_of(file: WordFile, position: Position) -> PositionVersion:
    row = await Dossier.select(Dossier.number).where(Dossier.id == position.dossier).first()
    number = row["number"] if row else ""
    which = file.which
    if which.number != number:
        raise _refused(OTHER_TEXT, file, other=which.number, number=number)
    if which.language not in {"", position.language}:
        raise _refused(OTHER_LANGUAGE, file)
    try:
        return await queries.version(position.id, which.version)
    except NotFound:
        raise _refused(NO_VERSION, file, version=which.version) from None


def _refused(why: Message, file: WordFile, **more: object) -> Invalid:
    return Invalid({reading.FIELD: Message(why.text, {"name": file.name, **more})})


def _suggestions(changed: Sequence[Changed], draft: Draft, by: Person) -> Iterator[Suggestion]:
    kept = dict(draft.paragraphs) | {f"ask-{ask.number}": ask.text for ask in draft.asks}
    kept[TITLE] = draft.title
    for each in changed:
        author = _author(each, by)
        for difference in each.differences:
            yield from _of(difference, kept, author, draft)


def _author(changed: Changed, by: Person) -> str:
    """Who is not named in the file: whoever brings it speaks for it."""
    unnamed = changed.author in {UNKNOWN, settings().network}
    return by.name if unnamed else changed.author


def _of(
    difference: Difference, kept: dict[str, str], author: str, draft: Draft
) -> Iterator[Suggestion]:
    kind, key, before, text, after = difference
    suggestion = partial(Suggestion, author=author)
    if kind is Kind.NEW:
        yield suggestion(forms.new_key(), "", text, after, "")
        return
    words = kept.get(key, "")
    whole = carried(words, before, text) if text else ""
    if kind is not Kind.MOVED:
        yield suggestion(key, words, whole, "", "")
        return
    # Two acts, for a proposal speaks of one place: the same words there, and not here.
    place = next(n for n, (each, _) in enumerate(draft.paragraphs, 1) if each == key)
    moved = texts.gettext("Moved: it was paragraph %(number)s") % {"number": place}
    gone = texts.gettext("Moved: the same words are proposed at their new place")
    yield suggestion(forms.new_key(), "", whole, after, moved)
    yield suggestion(key, words, "", "", gone)


async def _unknown(position_id: int, found: Sequence[Suggestion]) -> list[Suggestion]:
    rows = await Proposal.select(
        Proposal.paragraph, Proposal.before, Proposal.text, Proposal.after, Proposal.author
    ).where(
        Proposal.position == position_id,
        Proposal.source == ProposalSource.WORD.value,
        Proposal.state == ProposalState.OPEN.value,
    )
    known = {
        (row["paragraph"] if row["before"] else "", row["text"], row["after"], row["author"])
        for row in rows
    }
    return [
        each
        for each in found
        if (each.key if each.before else "", each.text, each.after, each.author) not in known
    ]


async def _propose(
    position: Position, each: Suggestion, file: WordFile, *, by: Person, now: datetime
) -> None:
    try:
        await propose(
            position.id,
            each.key,
            each.text,
            before=each.before,
            after=each.after,
            reason=each.reason,
            version=file.which.version,
            source=ProposalSource.WORD,
            author=each.author,
            language=position.language,
            file=file.name,
            by=by,
            now=now,
        )
    except Invalid as error:
        raise Invalid({reading.FIELD: next(iter(error.fields.values()))}) from error
