"""people: add; login-link."""

import sys
from argparse import Namespace

from advocacy import clock
from advocacy.commands.opening import opened
from advocacy.commands.output import Refused, tell
from advocacy.people import actions, queries
from advocacy.people.forms import new_person
from advocacy.settings import settings


async def add(typed: Namespace) -> None:
    new = new_person(
        {
            "name": typed.name,
            "email": typed.email,
            "role": typed.role,
            "language": typed.language,
            "countries": typed.countries,
        }
    )
    async with opened():
        person = await actions.add_person(new, by=None, now=clock.now())
    tell(f"{person.name} <{person.email}>, {person.role}")


async def login_link(typed: Namespace) -> None:
    """Prints an address that signs this person in once, within an hour."""
    async with opened():
        person = await queries.person_by_email(typed.email.strip())
        if person is None:
            raise Refused(f"nobody has the address {typed.email}")
        token, _, _ = await actions.make_link(person, now=clock.now())
    sys.stdout.write(f"{settings().base_url}/in/{token}\n")
