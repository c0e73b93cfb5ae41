"""Behind the link: sign this very text, or say that one does not. No account."""

from datetime import datetime

from advocacy import database
from advocacy.approvals import queries as rounds
from advocacy.approvals import sealing
from advocacy.approvals.tables import Round
from advocacy.errors import Invalid, Message, Outdated
from advocacy.history.actions import record
from advocacy.submissions import rules
from advocacy.submissions.rules import SignatureState, SubmissionState
from advocacy.submissions.signing.signed import by_token
from advocacy.submissions.tables import CoSignatory, Submission

LONGEST_NAME = 120
LONGEST_REMARK = 1_000


async def sign(token: str, text_hash: str, *, name: str, office: str, now: datetime) -> None:
    """`name` and `office` as they shall stand under the text; it has to be a person's name."""
    if not name:
        raise Invalid({"name": Message("Enter the name of the person who signs")})
    for field, said in (("name", name), ("office", office)):
        if len(said) > LONGEST_NAME:
            raise Invalid({field: Message("Shorten it to 120 characters")})
    await _answer(token, text_hash, SignatureState.SIGNED, name=name, office=office, now=now)


async def decline(token: str, text_hash: str, remark: str, *, now: datetime) -> None:
    """Why is welcome and not asked for."""
    if len(remark) > LONGEST_REMARK:
        raise Invalid({"remark": Message("Shorten it to 1000 characters")})
    await _answer(token, text_hash, SignatureState.DECLINED, remark=remark, now=now)


async def _answer(
    token: str,
    text_hash: str,
    state: SignatureState,
    *,
    name: str | None = None,
    office: str | None = None,
    remark: str = "",
    now: datetime,
) -> None:
    async with database.transaction():
        row = await by_token(token)
        held = await _held(row, text_hash)
        row = await by_token(token)
        before = {"state": row.state, "text_hash": row.text_hash, "name": row.name}
        name = row.name if name is None else name
        office = row.office if office is None else office
        stands = (row.state, row.text_hash, row.name, row.office, row.remark)
        if stands == (state, held.text_hash, name, office, remark):
            return
        await CoSignatory.update(
            {
                CoSignatory.state: state,
                CoSignatory.text_hash: held.text_hash,
                CoSignatory.name: name,
                CoSignatory.office: office,
                CoSignatory.remark: remark,
                CoSignatory.answered: now,
            }
        ).where(CoSignatory.id == row.id)
        await record(
            "signed" if state is SignatureState.SIGNED else "signature declined",
            kind="signature",
            object=row.id,
            by=row.organisation,
            now=now,
            dossier=(await rounds.position_by_id(row.position)).dossier,
            details={"text_hash": held.text_hash, "remark": remark, "before": before},
        )


async def _held(row: CoSignatory, text_hash: str) -> Round:
    """The round on the very text that was read, until the transaction ends."""
    held = await rounds.last_opened(row.position)
    if held is None:
        raise Outdated(
            "The text has changed since it was put to you. Please read it again before you sign."
        )
    await database.one_at_a_time(f"round/{held.id}")
    await sealing.hold_still(held.position, sealing.bound_languages(held))
    held = await rounds.last_opened(row.position) or held
    position = await rounds.position_by_id(row.position)
    sent = await Submission.select(Submission.state).where(Submission.round == held.id).first()
    rules.check_signing(
        SubmissionState(sent["state"]) if sent else None,
        signed_hash=text_hash,
        text_hash=held.text_hash,
        current_hash=await rounds.current_hash(position, held),
    )
    return held
