"""Who is who, and what each may do."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from advocacy.errors import Invalid, Message


class Role(StrEnum):
    SECRETARIAT = "secretariat"
    COORDINATOR = "coordinator"
    PRESIDENCY = "presidency"
    MUNICIPALITY = "municipality"


class Rhythm(StrEnum):
    """How often somebody with an account wants the digest."""

    NOW = "now"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


STAFF = frozenset({Role.SECRETARIAT, Role.COORDINATOR})
EVERYBODY = frozenset(Role)

LANGUAGES = ("en", "de", "fr", "it", "sl")
COUNTRIES = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")

LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
LINK_LASTS = timedelta(hours=1)
SESSION_LASTS = timedelta(days=30)
SESSION_IDLES = timedelta(hours=12)

LIMITS: Mapping[str, tuple[int, timedelta]] = {
    "link": (10, timedelta(hours=1)),
    "sign-in": (20, timedelta(hours=1)),
    "code": (10, timedelta(hours=1)),
    "question": (20, timedelta(hours=1)),
    "gathering": (20, timedelta(hours=1)),
    "gathering letter": (5, timedelta(days=1)),
}
"""How often one subject (a person's address, a network address) may try what, per period."""


def may_try(kind: str, tries: int) -> bool:
    return tries < LIMITS[kind][0]


def is_alive(*, created: datetime, last_seen: datetime, now: datetime) -> bool:
    """A session ends when it idles, and for good after thirty days."""
    return now < created + SESSION_LASTS and now < last_seen + SESSION_IDLES


def check_address(email: str) -> str:
    """An address as SMTP takes it; refuses what could smuggle a header line (CVE-2026-53533)."""
    address = email.strip()
    local, at, domain = address.rpartition("@")
    plain = address.isprintable() and not any(sign in address for sign in " <>\"'(),:;\\[]")
    whole = "@" not in local and all((*local.split("."), *domain.split(".")))  # RFC 5322, 3.2.3
    if not (at and whole and "." in domain and plain and len(address) <= LONGEST_ADDRESS):
        raise Invalid({"email": Message("Enter an address like name@example.org")})
    return f"{local}@{domain.lower()}"
