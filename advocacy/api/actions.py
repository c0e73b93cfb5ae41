"""Make and revoke keys for programs."""

from datetime import datetime, timedelta

from advocacy import database
from advocacy.api.tables import ApiToken
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history.actions import record
from advocacy.people import tokens
from advocacy.people.tables import Person

LASTS = timedelta(days=365)
LONGEST_NAME = 80


async def make_token(name: str, *, by: Person, now: datetime) -> str:
    """The key itself; only its hash is kept. It does what `by` may do, for a year."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid({"name": Message("Say which program it is for")})
    token = tokens.random_token()
    made = ApiToken(
        token_hash=tokens.hashed(token), name=name, person=by.id, created=now, expires=now + LASTS
    )
    async with database.transaction():
        await made.save()
        await record("token made", kind="token", object=made.id, by=by, now=now)
    return token


async def revoke_token(token_id: int, *, by: Person, now: datetime) -> None:
    """At once, and for good: there is nothing to undo."""
    async with database.transaction():
        gone = await ApiToken.delete().where(ApiToken.id == token_id).returning(ApiToken.id)
        if not gone:
            raise NotFound("There is no such token")
        await record("token revoked", kind="token", object=token_id, by=by, now=now)


async def used(token: ApiToken, *, now: datetime) -> None:
    await ApiToken.update({ApiToken.last_used: now}).where(ApiToken.id == token.id)
