"""Whose words were changed says by a link whether they can be taken so. No account."""

from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.positions import forms, rules
from advocacy.positions.proposing.acts import step
from advocacy.positions.proposing.queries import by_consent
from advocacy.positions.rules import Consent, PositionState, ProposalState
from advocacy.positions.tables import Position, Proposal


async def consent(token: str, *, agrees: bool, remark: str, now: datetime) -> None:
    """Refused: the proposal waits for an answer again. Until it has one, the author may still
    agree. Raises Invalid (remark: no without a reason), Outdated when the text has gone out.
    """
    remark = forms.clean(remark)
    if not agrees and not remark:
        raise Invalid({"remark": Message("Say what should be different")})
    if len(remark) > rules.LONGEST_REASON:
        raise Invalid({"remark": rules.too_long(len(remark), rules.LONGEST_REASON)})
    said = Consent.GIVEN if agrees else Consent.REFUSED
    async with database.transaction():
        row = await by_consent(token)
        await database.one_at_a_time(f"proposals of {row.position}")
        row = await by_consent(token)
        if (row.consent, row.consent_remark) == (said, remark):
            return
        position = await Position.objects().where(Position.id == row.position).first()
        if position is None or position.state == PositionState.SUBMITTED:
            raise Outdated("This text has been handed in. It does not change any more.")
        if row.state == ProposalState.WITHDRAWN:
            raise Outdated("This proposal has just been answered")
        await step(
            row,
            {
                Proposal.state: ProposalState.MODIFIED if agrees else ProposalState.OPEN,
                Proposal.consent: said,
                Proposal.consented: now,
                Proposal.consent_remark: remark,
            },
            old=row.state,
        )
        await record(
            "consent given" if agrees else "consent refused",
            kind="position",
            object=position.id,
            dossier=position.dossier,
            by=row.author,
            now=now,
            details={"number": row.id, "remark": remark, "before": row.consent},
        )
