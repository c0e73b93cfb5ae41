"""Who may change what about a member, and what a member's code looks like."""

import re
from collections.abc import Sequence
from enum import StrEnum

from advocacy.people.rules import Role


class Rhythm(StrEnum):
    """How often somebody wants letters of one kind."""

    NOW = "now"
    WEEKLY = "weekly"
    NEVER = "never"


LETTERS = ("calls", "reminders", "results")
"""The kinds of letter that can be switched; columns of a contact. Receipts come in any case."""
KINDS = ("municipality", "region")
LANGUAGES = ("de", "fr", "it", "sl")
"""What members speak. English is for partners and the texts of the EU."""

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,9}")
_IN_ADDRESS = re.compile(r"([A-Za-z]{2}-[A-Za-z0-9]{1,9})(?:-[^/]*)?")


def is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def code_in_address(part: str) -> str | None:
    """SI-07 of "SI-07-vzorcna-vas": what follows the code is decoration."""
    found = _IN_ADDRESS.fullmatch(part)
    return found.group(1).upper() if found else None


def may_edit(role: str, countries: Sequence[str], *, country: str) -> bool:
    """The secretariat keeps all members, a coordinator those of the countries in their care."""
    return role == Role.SECRETARIAT or (role == Role.COORDINATOR and country in countries)
