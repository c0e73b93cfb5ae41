"""What people type about themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from advocacy.errors import Invalid, Message
from advocacy.people.rules import COUNTRIES, LANGUAGES, Role, check_address


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    email: str
    role: Role
    language: str = "de"
    countries: tuple[str, ...] = ()
    phone: str = ""


def new_person(typed: Mapping[str, str]) -> NewPerson:
    wrong: dict[str, Message] = {}
    name = " ".join(typed.get("name", "").split())
    if not 0 < len(name) <= 120:  # noqa: PLR2004  the column's length
        wrong["name"] = Message("Enter a name")
    role = typed.get("role", "")
    if role not in set(Role):
        wrong["role"] = Message("Choose a role")
    language = typed.get("language", "de")
    if language not in LANGUAGES:
        wrong["language"] = Message("Choose one of the five languages")
    countries = tuple(
        part.strip().upper() for part in typed.get("countries", "").split(",") if part
    )
    if unknown := [country for country in countries if country not in COUNTRIES]:
        wrong["countries"] = Message("%(code)s is not one of our countries", {"code": unknown[0]})
    try:
        email = check_address(typed.get("email", ""))
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(wrong)
    return NewPerson(name, email, Role(role), language, countries, typed.get("phone", "").strip())
