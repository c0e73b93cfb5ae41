"""The one gate: the adopted text, and nothing that has been changed since."""

from advocacy.approvals import queries as rounds
from advocacy.approvals import sealing
from advocacy.approvals.queries import Ground
from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Round
from advocacy.submissions import rules


async def adopted(round_id: int) -> tuple[Round, Ground]:
    """The round and its text, in which not a word has changed in any binding language.

    Outdated, NotAllowed: it is another text now, or was not adopted.
    """
    held = await rounds.round_by_id(round_id)
    position = await rounds.position_by_id(held.position)
    current = await sealing.current_hash(position, held)
    rules.check_text(RoundState(held.state), text_hash=held.text_hash, current_hash=current)
    return held, await rounds.ground_of(position, version=held.version)


async def held_still(round_id: int) -> tuple[Round, Ground]:
    """As `adopted`; until the transaction ends no binding translation changes either."""
    held = await rounds.round_by_id(round_id)
    await sealing.hold_still(held.position, sealing.bound_languages(held))
    return await adopted(round_id)
