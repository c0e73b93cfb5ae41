"""What is typed to open a round, and to name a deputy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from advocacy.approvals.rules import Policy
from advocacy.errors import Invalid, Message


@dataclass(frozen=True, slots=True)
class NewRound:
    policy: Policy
    quorum: int
    ends: datetime
    per_country: bool = False
    chair: int | None = None
    asks_members: bool = False


@dataclass(frozen=True, slots=True)
class NewDeputy:
    """`ends` None: until it is taken back. Both days belong to it."""

    member: int
    deputy: int
    begins: date
    ends: date | None


def new_round(typed: Mapping[str, str], *, zone: str) -> NewRound:
    """`ends_on` and `ends_at` are read in `zone`, which the page names beside them."""
    wrong: dict[str, Message] = {}
    policy = typed.get("policy", "")
    if policy not in set(Policy):
        wrong["policy"] = Message("Choose how the round is decided")
    quorum = typed.get("quorum", "").strip()
    if not _is_number(quorum, digits=3):
        wrong["quorum"] = Message("Enter a whole number")
    ends: datetime | None = None
    try:
        ends = instant(typed.get("ends_on", ""), typed.get("ends_at", ""), zone=zone)
    except ValueError:
        wrong["ends_on"] = Message("Enter a date like 2026-12-08 and a time like 18:00")
    chair = typed.get("chair", "").strip()
    if chair and not _is_number(chair):
        wrong["chair"] = Message("The chair is a member of the presidency")
    if wrong or ends is None:
        raise Invalid(wrong)
    return NewRound(
        policy=Policy(policy),
        quorum=int(quorum),
        ends=ends,
        per_country=typed.get("voices") == "countries",
        chair=int(chair) if chair else None,
        asks_members=typed.get("asked") == "municipalities",
    )


def new_deputy(typed: Mapping[str, str]) -> NewDeputy:
    wrong: dict[str, Message] = {}
    for name in ("member", "deputy"):
        if not _is_number(typed.get(name, "").strip()):
            wrong[name] = Message("Choose a person")
    days: dict[str, date | None] = {}
    for name in ("begins", "ends"):
        try:
            day = typed.get(name, "").strip()
            days[name] = date.fromisoformat(day) if day else None
        except ValueError:
            wrong[name] = Message("Enter a date like 2026-12-08")
    begins = days.get("begins")
    if begins is None:
        wrong.setdefault("begins", Message("Enter a date like 2026-12-08"))
    if wrong or begins is None:
        raise Invalid(wrong)
    return NewDeputy(int(typed["member"]), int(typed["deputy"]), begins, days["ends"])


def _is_number(text: str, *, digits: int = 9) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= digits


def instant(day: str, clock_time: str, *, zone: str) -> datetime:
    """UTC. ValueError: no date, no time, or an hour that this day does not have (spring)."""
    hours, _, minutes = clock_time.strip().replace(".", ":").partition(":")
    if not (hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()):
        raise ValueError(clock_time)
    local = datetime.combine(
        date.fromisoformat(day.strip()), time(int(hours), int(minutes)), tzinfo=ZoneInfo(zone)
    )
    try:
        utc = local.astimezone(UTC)
    except OverflowError:  # the first or the last day that there is
        raise ValueError(day) from None
    if utc.astimezone(ZoneInfo(zone)).time() != local.time():
        raise ValueError(f"{day} {clock_time}")
    return utc
