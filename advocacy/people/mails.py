"""What we write to people about themselves."""

from datetime import datetime
from typing import Any  # a template's values are what its letter shows

from advocacy.mail.letters import Written, write
from advocacy.people.tables import Person
from advocacy.settings import settings


def write_to(person: Person, kind: str, *, key: str, **values: Any) -> Written:
    """A letter to somebody with an account, in that person's language."""
    return write(
        kind,
        key=key,
        recipient=person.email,
        recipient_name=person.name,
        language=person.language,
        person=person,
        **values,
    )


def sign_in(person: Person, *, token: str, code: str, link: int, expires: datetime) -> Written:
    return write_to(
        person,
        "sign_in",
        key=f"sign-in/{link}",
        address=f"{settings().base_url}/in/{token}",
        code=code,
        expires=expires,
    )
