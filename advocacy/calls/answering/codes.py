"""The short code of the printed sheet: eight characters, limited tries."""

from datetime import datetime

from advocacy.calls.queries import Personal, invitation_by_code
from advocacy.errors import Invalid, Message
from advocacy.municipalities.queries import coordinators
from advocacy.people import queries, rules
from advocacy.people.tables import Person, Try
from advocacy.people.tokens import hashed
from advocacy.settings import settings

LENGTH = 8


def cleaned(typed: str) -> str:
    """As it was meant: capitals, without hyphen and spaces."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


TOO_MANY = Message("Too many tries. Please wait an hour, or write to %(address)s.")


async def invitation_of(typed: str, *, network_address: str, now: datetime) -> Personal:
    """Invalid for a wrong code, and after ten of them in an hour from one network address.

    A right one is not counted: a whole office may sit behind one address.
    """
    subject = f"paper:{network_address}"
    if not rules.may_try("code", await queries.tries("code", subject, now=now)):
        raise Invalid({"code": Message(TOO_MANY.text, {"address": settings().sender})})
    code = cleaned(typed)
    found = await invitation_by_code(code) if len(code) == LENGTH else None
    if found is None:
        await Try(kind="code", subject_hash=hashed(subject), at=now).save()
        message = "Codes have 8 characters, no O, I, 0 or 1. You typed “%(typed)s”."
        raise Invalid({"code": Message(message, {"typed": typed.strip()[:40]})})
    return found


def is_locked(problem: Invalid) -> bool:
    return problem.fields["code"].text == TOO_MANY.text


async def who_helps(language: str) -> list[Person]:
    """Coordinators with a telephone who speak this language; all of them when none does.

    Which municipality is trying is not known: its code is what is missing.
    """
    people = {each.id: each for each in (await coordinators()).values() if each.phone}
    speaking = [each for each in people.values() if each.language == language]
    return speaking or list(people.values())
