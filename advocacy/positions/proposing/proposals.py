"""Somebody proposes other words for a place of the draft, or says something about it."""

import re
from collections.abc import Mapping
from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, NotFound
from advocacy.history.actions import record
from advocacy.people.tables import Person
from advocacy.positions import forms, queries, rules
from advocacy.positions.rules import PositionState, ProposalSource
from advocacy.positions.tables import Position, PositionVersion, Proposal, Remark

LONGEST_REMARK = 2_000
ASK = re.compile(r"ask-(\d{1,4})", re.ASCII)
TITLE = "title"


async def propose(
    position_id: int,
    key: str,
    text: str,
    *,
    before: str,
    after: str = "",
    reason: str = "",
    version: int,
    source: ProposalSource,
    author: str,
    language: str,
    file: str = "",
    by: Person | None = None,
    invitation: int | None = None,
    now: datetime,
) -> int:
    """The number of the proposal; the same words from the same author once more are the same one.

    `key` names a paragraph, "title" or "ask-3"; a new key, with `before` empty, a new paragraph
    that follows `after`. An empty `text` takes the paragraph out. Invalid: nothing is different,
    or it is too long. NotAllowed: the text has been handed in.
    """
    text, reason = forms.clean(text), forms.clean(reason)
    _check(key, text, before=before, reason=reason)
    async with database.transaction():
        await database.one_at_a_time(f"position {position_id}")
        position = await open_position(position_id)
        known = await (
            Proposal.select(Proposal.id)
            .where(
                Proposal.position == position_id,
                Proposal.paragraph == key,
                Proposal.text == text,
                Proposal.author == author,
                Proposal.state == rules.ProposalState.OPEN,
            )
            .first()
        )
        if known:
            return int(known["id"])
        made = Proposal(
            position=position_id,
            version=version,
            paragraph=key,
            after=after,
            before=before,
            text=text,
            reason=reason,
            language=language,
            source=source,
            file=file,
            person=by.id if by else None,
            invitation=invitation,
            author=author,
            created=now,
            state=rules.ProposalState.OPEN,
        )
        await made.save()
        details = {"proposal": made.id, "paragraph": key, "author": author}
        await _record("wording proposed", position, details, by=by, author=author, now=now)
    return int(made.id)


def _check(key: str, text: str, *, before: str, reason: str) -> None:
    wrong: dict[str, Message] = {}
    if text == before.strip():
        wrong["text"] = Message("Change the wording, or say in the remark what is to be done")
    elif len(text) > rules.LONGEST_PARAGRAPH:
        wrong["text"] = rules.too_long(len(text), rules.LONGEST_PARAGRAPH)
    elif not text and (key == TITLE or ASK.fullmatch(key)):
        wrong["text"] = Message("Enter the words that you propose")
    if len(reason) > rules.LONGEST_REASON:
        wrong["reason"] = rules.too_long(len(reason), rules.LONGEST_REASON)
    if wrong:
        raise Invalid(wrong)


async def open_position(position_id: int) -> Position:
    position = await Position.objects().where(Position.id == position_id).first()
    if position is None:
        raise NotFound("There is no such position")
    if position.state == PositionState.SUBMITTED:
        raise NotAllowed("This text has been handed in. It does not change any more.")
    return position


def words_at(version: PositionVersion, key: str) -> str:
    """What stands there, with its citations. NotFound: nothing has this key."""
    if key == TITLE:
        return version.title
    if asked := ASK.fullmatch(key):
        texts = {ask.number: ask.text for ask in queries.asks_of(version)}
        found = texts.get(int(asked[1]))
    else:
        found = dict(queries.paragraphs_of(version)).get(key)
    if found is None:
        raise NotFound("There is no such paragraph in this text")
    return found


async def remark(
    position_id: int,
    key: str,
    text: str,
    *,
    version: int,
    author: str,
    language: str,
    by: Person | None = None,
    invitation: int | None = None,
    now: datetime,
) -> int:
    """Said of one paragraph; the same words from the same author once more are the same remark."""
    text = forms.clean(text)
    if not text:
        raise Invalid({"remark": Message("Write what you want to say about this paragraph")})
    if len(text) > LONGEST_REMARK:
        raise Invalid({"remark": rules.too_long(len(text), LONGEST_REMARK)})
    async with database.transaction():
        await database.one_at_a_time(f"position {position_id}")
        position = await open_position(position_id)
        known = await (
            Remark.select(Remark.id)
            .where(
                Remark.position == position_id,
                Remark.paragraph == key,
                Remark.text == text,
                Remark.author == author,
                Remark.answered.is_null(),
            )
            .first()
        )
        if known:
            return int(known["id"])
        made = Remark(
            position=position_id,
            version=version,
            paragraph=key,
            text=text,
            language=language,
            person=by.id if by else None,
            invitation=invitation,
            author=author,
            created=now,
        )
        await made.save()
        details = {"remark": made.id, "paragraph": key}
        await _record("paragraph remarked on", position, details, by=by, author=author, now=now)
    return int(made.id)


async def answer_remark(remark_id: int, text: str, *, by: Person, now: datetime) -> int:
    """Settled, with or without a word."""
    rules.check_writes(by.role)
    text = forms.clean(text)
    if len(text) > LONGEST_REMARK:
        raise Invalid({"answer": rules.too_long(len(text), LONGEST_REMARK)})
    async with database.transaction():
        said = await Remark.objects().where(Remark.id == remark_id).first()
        if said is None:
            raise NotFound("There is no such remark")
        position = await open_position(said.position)
        await Remark.update(
            {Remark.answer: text, Remark.answered: now, Remark.answered_by: by.id}
        ).where(Remark.id == remark_id, Remark.answered.is_null())
        details = {"remark": remark_id, "answer": text}
        return await _record("remark settled", position, details, by=by, author="", now=now)


async def _record(
    action: str,
    position: Position,
    details: Mapping[str, object],
    *,
    by: Person | None,
    author: str,
    now: datetime,
) -> int:
    return await record(
        action,
        kind="position",
        object=position.id,
        dossier=position.dossier,
        by=by or author,
        now=now,
        details=details,
    )
