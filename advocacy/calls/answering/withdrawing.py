"""An answer is taken back, or the name that stands with it."""

import json
from datetime import datetime

from advocacy import database
from advocacy.calls import queries
from advocacy.calls.answering.drafts import as_typed, opened, unsent
from advocacy.calls.answering.receipts import send_withdrawal
from advocacy.calls.rules import CONTRIBUTION_ALLOWED, ContributionState, InvitationState, Reception
from advocacy.calls.tables import Contribution, Invitation
from advocacy.errors import Invalid, Message, NotAllowed, Outdated
from advocacy.history.actions import record

ANSWERED_MEANWHILE = Message("The municipality has answered meanwhile")


async def withdraw(invitation_id: int, now: datetime, *, base_version: int | None = None) -> None:
    """Until the deadline. What was said goes back into the form; every version is kept.

    Outdated when another version than `base_version` stands: who withdraws has not seen it.
    """
    async with database.transaction():
        await database.one_at_a_time(f"invitation/{invitation_id}")
        personal = await queries.invitation(invitation_id)
        contribution, version = personal.contribution, personal.version
        if contribution is None or version is None:
            raise NotAllowed("There is no answer to withdraw")
        if not personal.given:
            return
        if base_version not in (None, contribution.version):
            raise Outdated(ANSWERED_MEANWHILE, theirs=version.text)
        if personal.reception(now=now) is not Reception.OPEN:
            raise Invalid({"text": Message("The deadline is over: your answer stands")})
        await _withdraw(contribution, now=now)
        draft = as_typed(contribution, version)
        later = unsent(personal.invitation.draft, version)
        draft["text"] = "\n\n".join(filter(None, [version.text, *later]))
        await Invitation.update(
            {
                Invitation.state: InvitationState.DRAFTED,
                Invitation.draft: json.dumps(draft, ensure_ascii=False),
                Invitation.draft_saved: now,
            }
        ).where(Invitation.id == invitation_id)
        await opened(invitation_id, now)
        await record(
            "answer withdrawn", kind="contribution", object=contribution.id,
            by=personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={"call": personal.whole.call.number, "code": personal.municipality.code},
        )  # fmt: skip
        await send_withdrawal(personal, version, now=now)


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
        await opened(invitation_id, now)
        await record(
            "consent changed", kind="contribution", object=personal.contribution.id,
            by=personal.municipality.name, now=now, dossier=personal.whole.dossier.id,
            details={"name_public": name_public},
        )  # fmt: skip
