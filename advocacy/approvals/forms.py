"""What the secretariat types to open a round."""

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


def new_round(typed: Mapping[str, str], *, zone: str) -> NewRound:
    """`ends_on` and `ends_at` are read in `zone`, which the page names beside them."""
    wrong: dict[str, Message] = {}
    policy = typed.get("policy", "")
    if policy not in set(Policy):
        wrong["policy"] = Message("Choose how the round is decided")
    quorum = typed.get("quorum", "").strip()
    if not (quorum.isascii() and quorum.isdigit() and len(quorum) <= 3):  # noqa: PLR2004  digits
        wrong["quorum"] = Message("Enter a whole number")
    ends: datetime | None = None
    try:
        ends = instant(typed.get("ends_on", ""), typed.get("ends_at", ""), zone=zone)
    except ValueError:
        wrong["ends_on"] = Message("Enter a date like 2026-12-08 and a time like 18:00")
    if wrong or ends is None:
        raise Invalid(wrong)
    return NewRound(Policy(policy), int(quorum), ends)


def instant(day: str, clock_time: str, *, zone: str) -> datetime:
    """UTC. ValueError: no date, no time, or an hour that this day does not have (spring)."""
    hours, _, minutes = clock_time.strip().replace(".", ":").partition(":")
    if not (hours.isascii() and minutes.isascii() and hours.isdigit() and minutes.isdigit()):
        raise ValueError(clock_time)
    local = datetime.combine(
        date.fromisoformat(day.strip()), time(int(hours), int(minutes)), tzinfo=ZoneInfo(zone)
    )
    utc = local.astimezone(UTC)
    if utc.astimezone(ZoneInfo(zone)).time() != local.time():
        raise ValueError(f"{day} {clock_time}")
    return utc
