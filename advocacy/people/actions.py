"""Sign in, sign out, add people."""

from datetime import datetime, timedelta

from advocacy import database
from advocacy.errors import Invalid, Message, NotFound
from advocacy.history.actions import record
from advocacy.mail.actions import post
from advocacy.people import mails, queries, rules, tokens
from advocacy.people.forms import NewPerson
from advocacy.people.tables import LoginLink, Person, Session, Try

TOO_MANY = Message("Too many tries. Please wait an hour.")


async def add_person(new: NewPerson, *, by: Person | None, now: datetime) -> Person:
    """An address that is known already gives the person who has it."""
    if known := await queries.person_by_email(new.email):
        return known
    person = Person(
        name=new.name,
        email=new.email,
        role=new.role,
        language=new.language,
        countries=",".join(new.countries),
        phone=new.phone,
        created=now,
    )
    async with database.transaction():
        await person.save()
        await record("person added", kind="person", object=person.id, by=by, now=now)
    return person


async def make_link(
    person: Person,
    *,
    now: datetime,
    lasting: timedelta = rules.LINK_LASTS,
    leads_to: str = "",
) -> tuple[str, str, LoginLink]:
    """Token and code of a new link. Only their hashes are kept."""
    token, code = tokens.random_token(), tokens.digits()
    link = LoginLink(
        person=person.id,
        token_hash=tokens.hashed(token),
        code_hash=tokens.hashed_code(code, person.email),
        leads_to=leads_to,
        created=now,
        expires=now + lasting,
    )
    await link.save()
    return token, code, link


async def send_link(email: str, *, leads_to: str, network_address: str, now: datetime) -> None:
    """Write to a known address; for an unknown one do nothing, and let nobody see which."""
    address = rules.check_address(email)
    await _count("link", address, now=now)
    await _count("sign-in", network_address, now=now)
    person = await queries.person_by_email(address)
    if person is None:
        return
    async with database.transaction():
        token, code, link = await make_link(person, now=now, leads_to=leads_to)
        letter = mails.sign_in(person, token=token, code=code, link=link.id, expires=link.expires)
        await post(letter, now=now)


async def sign_in_with_link(token: str, *, now: datetime) -> tuple[str, LoginLink]:
    """The session's new token. A link works once."""
    link = await queries.open_link(token, now=now)
    if link is None:
        raise NotFound("This link has been used or is too old. Ask for a new one.")
    return await _begin(link, now=now), link


async def sign_in_with_code(
    email: str, code: str, *, network_address: str, now: datetime
) -> tuple[str, LoginLink]:
    address = rules.check_address(email)
    await _count("code", address, now=now)
    await _count("sign-in", network_address, now=now)
    wanted = tokens.hashed_code("".join(code.split()), address)
    link = await database.with_referred(
        LoginLink.objects()
        .where(LoginLink.code_hash == wanted, LoginLink.expires > now, LoginLink.used.is_null())
        .first(),
        LoginLink.person,
    )
    if link is None:
        raise Invalid({"code": Message("This code is wrong or too old. Ask for a new one.")})
    return await _begin(link, now=now), link


async def _begin(link: LoginLink, *, now: datetime) -> str:
    token = tokens.random_token()
    async with database.transaction():
        used = await (
            LoginLink.update({LoginLink.used: now})
            .where(LoginLink.id == link.id, LoginLink.used.is_null())
            .returning(LoginLink.id)
        )
        if not used:
            raise NotFound("This link has been used or is too old. Ask for a new one.")
        session = Session(
            token_hash=tokens.hashed(token), person=link.person.id, created=now, last_seen=now
        )
        await session.save()
        await Person.update({Person.last_seen: now}).where(Person.id == link.person.id)
        await record("signed in", kind="person", object=link.person.id, by=link.person, now=now)
    return token


async def sign_out(session: Session, *, by: Person, now: datetime) -> None:
    async with database.transaction():
        await Session.delete().where(Session.id == session.id)
        await record("signed out", kind="person", object=by.id, by=by, now=now)


async def change_settings(person: Person, *, language: str, keys_on: bool) -> None:
    if language not in rules.LANGUAGES:
        raise Invalid({"language": Message("Choose one of the five languages")})
    await Person.update({Person.language: language, Person.keys_on: keys_on}).where(
        Person.id == person.id
    )


async def _count(kind: str, subject: str, *, now: datetime) -> None:
    if not rules.may_try(kind, await queries.tries(kind, subject, now=now)):
        raise Invalid({"email": TOO_MANY})
    await Try(kind=kind, subject_hash=tokens.hashed(subject), at=now).save()


async def forget_old(*, now: datetime) -> None:
    """Nightly: tries, links and sessions that have ended."""
    await Try.delete().where(Try.at < now - timedelta(days=1))
    await LoginLink.delete().where(LoginLink.expires < now - timedelta(days=1))
    await Session.delete().where(Session.created < now - rules.SESSION_LASTS)
