"""The short code of the printed sheet: eight characters, limited tries."""

from datetime import datetime

from advocacy.calls.queries import Personal, invitation_by_code
from advocacy.errors import Invalid, Message
from advocacy.people import queries, rules
from advocacy.people.tables import Try
from advocacy.people.tokens import hashed
from advocacy.settings import settings

LENGTH = 8


def cleaned(typed: str) -> str:
    """As it was meant: capitals, without hyphen and spaces."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


async def invitation_of(typed: str, *, network_address: str, now: datetime) -> Personal:
    """Invalid for a wrong code, and after ten tries in an hour from one network address."""
    subject = f"paper:{network_address}"
    if not rules.may_try("code", await queries.tries("code", subject, now=now)):
        raise Invalid(
            {
                "code": Message(
                    "Too many tries. Please wait an hour, or write to %(address)s.",
                    {"address": settings().sender},
                )
            }
        )
    await Try(kind="code", subject_hash=hashed(subject), at=now).save()
    code = cleaned(typed)
    found = await invitation_by_code(code) if len(code) == LENGTH else None
    if found is None:
        message = "Codes have 8 characters, no O, I, 0 or 1. You typed “%(typed)s”."
        raise Invalid({"code": Message(message, {"typed": typed.strip()[:40]})})
    return found
