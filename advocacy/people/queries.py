"""What pages need to know of people."""

from datetime import datetime

from advocacy import database
from advocacy.people import rules
from advocacy.people.tables import LoginLink, Person, Session, Try
from advocacy.people.tokens import hashed


async def session_by_token(token_hash: str, *, now: datetime) -> tuple[Session, Person] | None:
    session = await database.with_referred(
        Session.objects().where(Session.token_hash == token_hash).first(), Session.person
    )
    if session is None or not session.person.active:
        return None
    if not rules.is_alive(created=session.created, last_seen=session.last_seen, now=now):
        return None
    return session, session.person


async def person_by_email(email: str) -> Person | None:
    return await Person.objects().where(Person.email == email, Person.active.eq(True)).first()


async def people_with(role: rules.Role) -> list[Person]:
    return await (
        Person.objects().where(Person.role == role, Person.active.eq(True)).order_by(Person.name)
    )


async def open_link(token: str, *, now: datetime) -> LoginLink | None:
    """A link that can still be used, with its person."""
    return await database.with_referred(
        LoginLink.objects()
        .where(
            LoginLink.token_hash == hashed(token),
            LoginLink.expires > now,
            LoginLink.used.is_null(),
        )
        .first(),
        LoginLink.person,
    )


async def tries(kind: str, subject: str, *, now: datetime) -> int:
    """How often this subject tried within the period of the limit."""
    since = now - rules.LIMITS[kind][1]
    return int(
        await Try.count().where(
            Try.kind == kind, Try.subject_hash == hashed(subject), Try.at > since
        )
    )
