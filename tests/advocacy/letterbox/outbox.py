"""A call whose letters are out, and what is written because of a mail."""

from datetime import datetime

from advocacy.calls.queries import invitation
from advocacy.calls.tables import ContributionVersion
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story


async def begun(now: datetime) -> None:
    """A call is open, and its letters are out."""
    await story.opened(now)
    await Letter.update({Letter.state: LetterState.SENT, Letter.sent: now}, force=True)


async def letters(kind: str) -> list[Letter]:
    return await Letter.objects().where(Letter.kind == kind).order_by(Letter.id)


async def letter(key: str) -> Letter:
    found = await Letter.objects().where(Letter.key.like(key)).first()
    assert found is not None
    return found


async def standing(code: str = "SI-07") -> ContributionVersion | None:
    return (await invitation((await story.invitation(code)).id)).version
