"""Each proposal gets an answer: accepted, accepted in other words, not accepted, and why.

The proposals on one place are answered together, for they become one text: it is saved as a new
version. Accepted is only what the text then holds; whose words were changed is asked to consent.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from advocacy import database, texts
from advocacy.dossiers import queries as dossiers
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import stop
from advocacy.people.tables import Person
from advocacy.positions import actions, forms, queries, rules
from advocacy.positions.proposing import mails, places, telling
from advocacy.positions.proposing.acts import opened, step
from advocacy.positions.proposing.weaving import rebased, stands_in
from advocacy.positions.rules import Consent, ProposalState
from advocacy.positions.tables import Position, Proposal
from advocacy.positions.word.lines import shown
from advocacy.positions.writing.merging import Draft

HOLD = timedelta(minutes=10)
"""An answer can be taken back until its letter leaves."""
ANSWERED = "proposals answered"
TAKEN = frozenset({ProposalState.ACCEPTED, ProposalState.MODIFIED})
NOT_HELD = Message(
    "The text does not hold these words. Take them over, or choose “in other words”."
)
HELD = Message("The text holds these words. Take them out, or accept them.")


class Answer(NamedTuple):
    state: ProposalState
    reason: str = ""


async def answer(
    position_id: int,
    key: str,
    text: str,
    answers: Mapping[int, Answer],
    *,
    base_version: int,
    by: Person,
    now: datetime,
) -> int:
    """`text` stands there from now on when something is taken (empty: the place is taken out).

    Returns the event. Raises Invalid (state-7, reason-7 for proposal 7, text for what the house
    asks of any text), Outdated when somebody answered or changed the paragraph meanwhile.
    """
    rules.check_writes(by.role)
    text = forms.clean(text)
    async with database.transaction():
        position = await opened(position_id)
        rows = await _rows(position_id, key, answers)
        draft = queries.draft_of(await queries.version(position_id, base_version))
        words = places.words_at(draft, key) or ""
        checked = _checked(rows, answers, words, text, position.language)
        taken = [row for row in rows if checked[row.id].state in TAKEN]
        details: dict[str, object] = {"proposals": [row.id for row in rows], "paragraph": key}
        if taken:
            note = texts.gettext("Proposals of %(names)s") % {"names": _names(taken)}
            changed = replace(places.put(draft, key, text, after=rows[0].after), note=note)
            kept = await _saved(position, key, changed, base_version=base_version, by=by, now=now)
            details |= {"version": kept} if kept > position.version else {}
        for row in rows:
            await _keep(row, checked[row.id], text, by=by, now=now)
        told = await telling.authors(rows, but=by)
        details["letters"] = len(told)
        event = await _record(position, details, by=by, now=now)
        await telling.answered(position, told, now=now, due=now + HOLD)
    return event


async def _rows(position_id: int, key: str, answers: Mapping[int, Answer]) -> list[Proposal]:
    """All of this place, all still open."""
    if not answers:
        raise Invalid({"answers": Message("Answer at least one proposal")})
    rows = await Proposal.objects().where(Proposal.id.is_in(list(answers))).order_by(Proposal.id)
    known = {row.id for row in rows if row.position == position_id and row.paragraph == key}
    if known != set(answers):
        raise NotFound("There is no such proposal")
    if any(row.state != ProposalState.OPEN for row in rows):
        raise Outdated("This proposal has just been answered")
    return rows


def _checked(
    rows: Sequence[Proposal],
    answers: Mapping[int, Answer],
    words: str,
    text: str,
    language: str,
) -> dict[int, Answer]:
    """What is called accepted stands in the text, and what is not accepted does not.

    Words of another language cannot be compared: whoever answers knows.
    """
    wrong: dict[str, Message] = {}
    found = dict(answers)
    is_taken = any(each.state in TAKEN for each in answers.values())
    held = {row.id: is_taken and _holds(row, words, text, language) for row in rows}
    for row in rows:
        state, reason = answers[row.id]
        if state is ProposalState.MODIFIED and held[row.id]:
            found[row.id] = Answer(ProposalState.ACCEPTED, reason)
            continue
        try:
            rules.check_answer(state, reason)
        except Invalid as error:
            wrong |= {f"reason-{row.id}": said for said in error.fields.values()}
        if row.language != language:
            continue
        if state is ProposalState.ACCEPTED and not held[row.id]:
            wrong[f"state-{row.id}"] = NOT_HELD
        if state is ProposalState.NOT_ACCEPTED and held[row.id]:
            wrong[f"state-{row.id}"] = HELD
    if wrong:
        raise Invalid(wrong)
    return found


def _holds(row: Proposal, words: str, text: str, language: str) -> bool:
    """Citations aside: those are the secretariat's matter."""
    wanted, _ = rebased(row.before, words, row.text)
    return row.language == language and stands_in(shown(words), shown(wanted), shown(text))


async def _saved(
    position: Position,
    key: str,
    draft: Draft,
    *,
    base_version: int,
    by: Person,
    now: datetime,
) -> int:
    """The number of the version. A wrong citation is told at the field of this page."""
    try:
        kept = await actions.save(position.id, draft, base_version=base_version, by=by, now=now)
    except Invalid as error:
        raise Invalid({"text": error.fields.get(f"text-{key}", error.message)}) from None
    return kept.number


def _names(rows: Sequence[Proposal]) -> str:
    return ", ".join(dict.fromkeys(row.author for row in rows))


async def _keep(row: Proposal, said: Answer, text: str, *, by: Person, now: datetime) -> None:
    """`row` is what it is afterwards: letters are written from it."""
    is_modified = said.state is ProposalState.MODIFIED
    row.state, row.answer = said.state, forms.clean(said.reason)
    row.answered, row.answered_by = now, by.id
    row.taken_text = text if is_modified else ""
    asks = is_modified and row.id in {each.row.id for each in await telling.authors([row], but=by)}
    row.consent = Consent.ASKED if asks else Consent.NONE
    row.consent_hash = mails.consent_hash(row) if asks else ""
    row.consented, row.consent_remark = None, ""
    await step(
        row,
        {
            column: getattr(row, column._meta.name)
            for column in (
                Proposal.state, Proposal.answer, Proposal.answered, Proposal.answered_by,
                Proposal.taken_text, Proposal.consent, Proposal.consent_hash,
                Proposal.consented, Proposal.consent_remark,
            )
        },
    )  # fmt: skip


async def _record(
    position: Position, details: Mapping[str, object], *, by: Person, now: datetime
) -> int:
    return await record(
        ANSWERED, kind="position", object=position.id, dossier=position.dossier, by=by, now=now,
        details=details,
    )  # fmt: skip


async def undo_answering(event: Event, by: Person, now: datetime) -> str:
    """They wait again, and the place reads as before, unless somebody has written since."""
    rules.check_writes(by.role)
    details = json.loads(event.details)
    async with database.transaction():
        position = await opened(event.object)
        rows = await Proposal.objects().where(Proposal.id.is_in(details["proposals"]))
        if details["letters"] and now >= event.at + HOLD:
            raise NotAllowed("The letters to the authors have left")
        if any(row.answered != event.at for row in rows):
            raise Outdated("These proposals have been answered again since")
        if "version" in details:
            await _words_back(position, details["version"], by=by, now=now)
        for row in rows:
            await stop(mails.prefix(row.id))
            back = {
                Proposal.state: ProposalState.OPEN,
                Proposal.answered: None,
                Proposal.answered_by: None,
                Proposal.answer: "",
                Proposal.taken_text: "",
                Proposal.consent: Consent.NONE,
                Proposal.consent_hash: "",
            }
            await step(row, back, old=row.state)
    dossier = await dossiers.by_id(position.dossier)
    return f"/p/{dossier.number}/proposals"


async def _words_back(position: Position, version: int, *, by: Person, now: datetime) -> None:
    if position.version != version:
        raise Outdated("The text has been changed since. Change the paragraph back by hand.")
    before = queries.draft_of(await queries.version(position.id, version - 1))
    await actions.save(position.id, before, base_version=version, by=by, now=now)
