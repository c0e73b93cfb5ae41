"""What we write to people about themselves."""

from datetime import datetime

from advocacy.mail.letters import Written, write
from advocacy.people.tables import Person
from advocacy.settings import settings


def sign_in(person: Person, *, token: str, code: str, link: int, expires: datetime) -> Written:
    return write(
        "sign_in",
        key=f"sign-in/{link}",
        recipient=person.email,
        recipient_name=person.name,
        language=person.language,
        person=person,
        address=f"{settings().base_url}/in/{token}",
        code=code,
        expires=expires,
    )
