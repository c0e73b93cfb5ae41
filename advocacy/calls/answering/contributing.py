"""A municipality answers. Nothing typed is lost, and each answer is a version of its own."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any  # values of columns

from piccolo.columns import Column

from advocacy import database
from advocacy.calls import queries
from advocacy.calls.answering import drafts
from advocacy.calls.answering.drafts import as_typed, opened, save_draft
from advocacy.calls.answering.forms import Answer, Page
from advocacy.calls.answering.receipts import receipt
from advocacy.calls.answering.versions import answer_of, is_same, new_version, raise_version
from advocacy.calls.answering.withdrawing import ANSWERED_MEANWHILE, consent, withdraw
from advocacy.calls.queries import Personal
from advocacy.calls.rules import HOLD, OFFERED, InvitationState, Reception, Stance
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post, stop
from advocacy.people.tables import Person

__all__ = [
    "UNDO",
    "as_typed",
    "assign_stance",
    "consent",
    "contribute",
    "opened",
    "save_draft",
    "undo_stance",
    "withdraw",
]

OVER = Message("The deadline is over. What you typed now is kept, and your answer stands.")
NOT_YET = Message("This call has not begun yet")


async def contribute(
    invitation_id: int,
    answer: Answer,
    *,
    channel: str = "web",
    by: Person | None = None,
    base_version: int | None = None,
    page: Page | None = None,
    quiet: bool = False,
    now: datetime,
) -> Contribution:
    """A new answer, or a new version of it. The same words again change nothing.

    After the deadline a first answer is kept and marked late; a given one stands, and Invalid
    says so. `base_version` (0: none) tells which version was on the page, and Outdated that
    somebody answered meanwhile. `by` is the colleague who typed it for the municipality, `page`
    the showing of the form on which it was typed: a draft that this one does not know stays.
    `quiet`: no receipt, because the letterbox says by itself how it understood a mail.
    """
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        personal = await queries.invitation(invitation_id)
        late = _check_reception(personal, now=now)
        ours = {each.id for each in personal.files}
        answer = replace(answer, enclosures=tuple(sorted(ours & set(answer.enclosures))))
        if personal.contribution and is_same(personal, answer, channel):
            return personal.contribution
        _check_base(personal, answer, base_version)
        contribution = await raise_version(personal, answer, late=late, now=now)
        version = new_version(contribution, answer, channel=channel, by=by, now=now)
        await version.save()
        await _answered(personal, version, page, now=now)
        letter = None if quiet else await receipt(personal, contribution, version, now=now)
        await record(
            "answered", kind="contribution", object=contribution.id,
            by=by or personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details=_details(personal, version) | {"late": contribution.late},
        )  # fmt: skip
        if letter:
            await post(letter, now=now)
    return contribution


def _details(personal: Personal, version: ContributionVersion) -> dict[str, object]:
    return {
        "call": personal.whole.call.number,
        "code": personal.municipality.code,
        "version": version.number,
        "channel": version.channel,
    }


def _check_reception(personal: Personal, *, now: datetime) -> bool:
    """Is it late?"""
    reception = personal.reception(now=now)
    if reception is Reception.NOT_YET:
        raise NotAllowed(NOT_YET)
    if reception is Reception.OVER:
        raise Invalid({"text": OVER})
    return reception is Reception.LATE


def _check_base(personal: Personal, answer: Answer, base_version: int | None) -> None:
    there = personal.contribution.version if personal.contribution else 0
    if base_version is not None and base_version != there:
        theirs = personal.version.text if personal.version else ""
        raise Outdated(ANSWERED_MEANWHILE, theirs=theirs, mine=answer.text)


async def _answered(
    personal: Personal, version: ContributionVersion, page: Page | None, *, now: datetime
) -> None:
    """The draft has become the answer; words that somebody else typed beside it stay."""
    invitation = personal.invitation
    there = drafts.as_mapping(invitation.draft)
    known = page is not None and drafts.knows(page, there, invitation.draft_saved)
    changed: dict[Column | str, Any] = {Invitation.state: InvitationState.ANSWERED}
    if known or not drafts.unsent(invitation.draft, version):
        changed |= {Invitation.draft: "", Invitation.draft_saved: None}
    await Invitation.update(changed).where(Invitation.id == invitation.id)
    await opened(invitation.id, now)


async def assign_stance(contribution_id: int, stance: Stance, *, by: Person, now: datetime) -> int:
    """A reply by mail whose first words say none: the coordinator reads it and says which.

    A new version with everything else as it was. The receipt leaves after ten minutes, so that
    it does not leave when the act is undone. Returns the event. Outdated: it has a stance.
    """
    if stance not in OFFERED:
        raise Invalid({"stance": Message("Choose whether your municipality agrees")})
    async with database.transaction():
        personal, contribution, version = await _to_assign(contribution_id)
        if version.stance != Stance.NOT_STATED:
            raise Outdated("This answer has changed meanwhile: please look at it again")
        made = await _say_anew(personal, stance, channel=version.channel, now=now)
        letter = await receipt(personal, contribution, made, now=now)
        event = await record(
            "stance assigned", kind="contribution", object=contribution.id, by=by, now=now,
            dossier=personal.whole.dossier.id,
            details=_details(personal, made) | {"stance": stance, "before": version.stance},
        )  # fmt: skip
        if letter:
            await post(letter, now=now, due=now + HOLD)
    return event


async def undo_stance(event: Event, by: Person, now: datetime) -> str:
    """One more version, without the stance. Outdated: the answer has changed since."""
    details = json.loads(event.details)
    async with database.transaction():
        personal, contribution, version = await _to_assign(event.object)
        if version.number != details["version"]:
            raise Outdated("This answer has changed meanwhile: please look at it again")
        await _say_anew(personal, Stance(details["before"]), channel=version.channel, now=now)
        await record(
            "undone", kind=event.kind, object=event.object, by=by, now=now,
            dossier=event.dossier, details={"action": event.action}, undoes=event.id,
        )  # fmt: skip
        await stop(f"receipt/{contribution.id}/{details['version']}")
    return f"/c/{details['call']}/results"


async def _to_assign(contribution_id: int) -> tuple[Personal, Contribution, ContributionVersion]:
    row = await (
        Contribution.select(Contribution.invitation)
        .where(Contribution.id == contribution_id)
        .first()
    )
    if row is None:
        raise NotFound("There is no such answer")
    await database.one_at_a_time(f"invitation/{row['invitation']}")
    personal = await queries.invitation(row["invitation"])
    if personal.contribution is None or personal.version is None or not personal.given:
        raise Outdated("This answer has changed meanwhile: please look at it again")
    return personal, personal.contribution, personal.version


async def _say_anew(
    personal: Personal, stance: Stance, *, channel: str, now: datetime
) -> ContributionVersion:
    contribution, version = personal.contribution, personal.version
    assert contribution is not None and version is not None  # noqa: PT018, S101  looked up before
    answer = replace(answer_of(contribution, version), stance=stance)
    raised = await raise_version(personal, answer, late=contribution.late, now=now)
    made = new_version(raised, answer, channel=channel, by=None, now=now)
    made.person = version.person
    await made.save()
    return made


UNDO: Mapping[str, Callable[[Event, Person, datetime], Awaitable[str]]] = {
    "stance assigned": undo_stance,
}
