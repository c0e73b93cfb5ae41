"""How often somebody without an account may write: enough for people, too little for machines."""

from datetime import datetime

from advocacy import database
from advocacy.errors import Invalid
from advocacy.people import queries, rules
from advocacy.people.actions import TOO_MANY
from advocacy.people.tables import Try
from advocacy.people.tokens import hashed

KIND = "question"


async def count(subject: str, *, field: str, now: datetime) -> None:
    """One more of this subject: a municipality, a thread. Invalid, at `field`: too often."""
    async with database.transaction():
        await database.one_at_a_time(f"try/{hashed(subject)}")
        if not rules.may_try(KIND, await queries.tries(KIND, subject, now=now)):
            raise Invalid({field: TOO_MANY})
        await Try(kind=KIND, subject_hash=hashed(subject), at=now).save()
