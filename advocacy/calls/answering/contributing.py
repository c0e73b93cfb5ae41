"""A municipality answers: typed, sent, changed, withdrawn. Nothing typed is lost."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any  # values of columns

from advocacy import database
from advocacy.calls import mails, queries
from advocacy.calls.answering import forms
from advocacy.calls.answering.forms import Answer
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.mails import Addressee
from advocacy.calls.queries import Personal
from advocacy.calls.rules import CONTRIBUTION_ALLOWED, ContributionState, InvitationState, Reception
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.mail.letters import Written
from advocacy.municipalities.queries import coordinators
from advocacy.people.tables import Person
from feeds.reading.folding import search_text

Write = Callable[[WholeCall, Addressee, Person | None, ContributionVersion], Written]
BEGUN = (InvitationState.PREPARED, InvitationState.SENT, InvitationState.ABSENT)
OVER = Message("The deadline is over. What you typed now is kept, and your answer stands.")
NOT_YET = Message("This call has not begun yet")


async def opened(invitation_id: int, now: datetime) -> None:
    """A person did something with the invitation: typed, entered the code, asked a colleague.

    Called from what a person posts, never from the opening of an address: programs do that.
    """
    await Invitation.update({Invitation.opened: now}).where(
        Invitation.id == invitation_id, Invitation.opened.is_null()
    )


async def save_draft(invitation_id: int, typed: Mapping[str, str], now: datetime) -> None:
    """What somebody has typed and not yet sent. Kept whatever the state or the hour."""
    kept = json.dumps(forms.kept_draft(typed), ensure_ascii=False)
    await Invitation.update({Invitation.draft: kept, Invitation.draft_saved: now}).where(
        Invitation.id == invitation_id
    )
    await Invitation.update({Invitation.state: InvitationState.DRAFTED}).where(
        Invitation.id == invitation_id, Invitation.state.is_in(list(BEGUN))
    )
    await opened(invitation_id, now)


async def contribute(
    invitation_id: int,
    answer: Answer,
    *,
    channel: str = "web",
    by: Person | None = None,
    base_version: int | None = None,
    now: datetime,
) -> Contribution:
    """A new answer, or a new version of it. The same words again change nothing.

    After the deadline a first answer is kept and marked late; a given one stands, and Invalid
    says so. `by` is the colleague who typed it for the municipality: then `base_version` (0:
    none) tells what was on the page, and Outdated that the municipality answered meanwhile.
    """
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        personal = await queries.invitation(invitation_id)
        late = _check_reception(personal, now=now)
        _check_base(personal, answer, base_version)
        if personal.contribution and _is_same(personal, answer, channel):
            return personal.contribution
        contribution = await _raise_version(personal, answer, late=late, now=now)
        version = _version(contribution, answer, channel=channel, by=by, now=now)
        await version.save()
        await Invitation.update(
            {
                Invitation.state: InvitationState.ANSWERED,
                Invitation.draft: "",
                Invitation.draft_saved: None,
            }
        ).where(Invitation.id == invitation_id)
        await opened(invitation_id, now)
        await record(
            "answered", kind="contribution", object=contribution.id,
            by=by or personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={
                "call": personal.whole.call.number, "code": personal.municipality.code,
                "version": version.number, "channel": channel, "late": contribution.late,
            },
        )  # fmt: skip
        await _send(mails.receipt, personal, version, now=now)
    return contribution


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
        raise Outdated(
            "The municipality has answered meanwhile",
            theirs=personal.version.text if personal.version else "",
            mine=answer.text,
        )


def _facts(answer: Answer) -> dict[str, Any]:
    return {
        "stance": answer.stance,
        "text": answer.text,
        "answers": json.dumps(dict(answer.answers), ensure_ascii=False, sort_keys=True),
        "language": answer.language,
        "basis": answer.basis,
        "decided": answer.decided,
        "answered_by": answer.answered_by,
        "role": answer.role,
    }


def _is_same(personal: Personal, answer: Answer, channel: str) -> bool:
    """Sent twice, or reloaded."""
    kept = personal.contribution
    if not personal.given or kept is None or kept.name_public != answer.name_public:
        return False
    facts = _facts(answer) | {"channel": channel}
    return all(getattr(personal.version, name) == value for name, value in facts.items())


async def _raise_version(
    personal: Personal, answer: Answer, *, late: bool, now: datetime
) -> Contribution:
    """Make the contribution, or count its version up from the one that was read."""
    words = f"{personal.municipality.name} {answer.text} {' '.join(answer.answers.values())}"
    found = personal.contribution
    if found is None:
        found = Contribution(
            invitation=personal.invitation.id, version=0, received=now, changed=now, late=late
        )
    before = found.version
    found.version, found.changed = before + 1, now
    found.late = found.late or late
    found.state = ContributionState.GIVEN
    found.name_public = answer.name_public
    found.search_text = search_text(words, language=answer.language)
    if not before:
        await found.save()
        return found
    moved = await (
        Contribution.update(
            {
                Contribution.version: found.version,
                Contribution.changed: now,
                Contribution.late: found.late,
                Contribution.state: ContributionState.GIVEN,
                Contribution.name_public: found.name_public,
                Contribution.search_text: found.search_text,
            }
        )
        .where(Contribution.id == found.id, Contribution.version == before)
        .returning(Contribution.id)
    )
    if not moved:
        raise Outdated("This answer has changed meanwhile: please look at it again")
    return found


def _version(
    contribution: Contribution, answer: Answer, *, channel: str, by: Person | None, now: datetime
) -> ContributionVersion:
    return ContributionVersion(
        contribution=contribution.id,
        number=contribution.version,
        channel=channel,
        person=by.id if by else None,
        at=now,
        **_facts(answer),
    )


async def withdraw(invitation_id: int, now: datetime) -> None:
    """Until the deadline. What was said goes back into the form; every version is kept."""
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        personal = await queries.invitation(invitation_id)
        contribution, version = personal.contribution, personal.version
        if contribution is None or version is None:
            raise NotAllowed("There is no answer to withdraw")
        if not personal.given:
            return
        if personal.reception(now=now) is not Reception.OPEN:
            raise Invalid({"text": Message("The deadline is over: your answer stands")})
        await _withdraw(contribution, now=now)
        draft = json.dumps(as_typed(contribution, version), ensure_ascii=False)
        await Invitation.update(
            {
                Invitation.state: InvitationState.DRAFTED,
                Invitation.draft: draft,
                Invitation.draft_saved: now,
            }
        ).where(Invitation.id == invitation_id)
        await record(
            "answer withdrawn", kind="contribution", object=contribution.id,
            by=personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={"call": personal.whole.call.number, "code": personal.municipality.code},
        )  # fmt: skip
        await _send(mails.withdrawn, personal, version, now=now)


async def _withdraw(contribution: Contribution, *, now: datetime) -> None:
    before = ContributionState(contribution.state)
    if ContributionState.WITHDRAWN not in CONTRIBUTION_ALLOWED[before]:
        raise Outdated("This answer has changed meanwhile: please look at it again")
    moved = await (
        Contribution.update(
            {Contribution.state: ContributionState.WITHDRAWN, Contribution.changed: now}
        )
        .where(Contribution.id == contribution.id, Contribution.state == before)
        .returning(Contribution.id)
    )
    if not moved:
        raise Outdated("This answer has changed meanwhile: please look at it again")


async def consent(invitation_id: int, *, name_public: bool, now: datetime) -> None:
    """May the name be shown to the public? Revocable at any time, also after the deadline."""
    async with database.transaction():
        personal = await queries.invitation(invitation_id)
        if personal.contribution is None or personal.contribution.name_public == name_public:
            return
        await Contribution.update({Contribution.name_public: name_public}).where(
            Contribution.id == personal.contribution.id
        )
        await record(
            "consent changed", kind="contribution", object=personal.contribution.id,
            by=personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={"name_public": name_public},
        )  # fmt: skip


def as_typed(contribution: Contribution, version: ContributionVersion) -> dict[str, str]:
    """A version as the form would hold it, to be changed."""
    answers = {f"answer-{n}": text for n, text in json.loads(version.answers).items()}
    return answers | {
        "stance": version.stance,
        "text": version.text,
        "basis": version.basis,
        "decided": version.decided.isoformat() if version.decided else "",
        "answered_by": version.answered_by,
        "role": version.role,
        "name_public": "1" if contribution.name_public else "",
    }


async def _send(
    write: Write, personal: Personal, version: ContributionVersion, *, now: datetime
) -> None:
    """To the person who was written to; without one there is nobody to write to."""
    if personal.contact is None:
        return
    who = Addressee(
        personal.invitation.id,
        personal.municipality.code,
        personal.municipality.name,
        personal.contact,
        personal.invitation.language,
    )
    coordinator = (await coordinators()).get(personal.municipality.country)
    await post(write(personal.whole, who, coordinator, version), now=now)
