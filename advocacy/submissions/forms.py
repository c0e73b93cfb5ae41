"""What the secretariat types when a text is prepared and handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advocacy.approvals.forms import instant
from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES
from advocacy.positions.forms import clean
from advocacy.submissions.rules import Channel


@dataclass(frozen=True, slots=True)
class Preparation:
    channel: Channel
    language: str


@dataclass(frozen=True, slots=True)
class HandIn:
    at: datetime
    receipt: str


def preparation(typed: Mapping[str, str]) -> Preparation:
    wrong: dict[str, Message] = {}
    channel, language = typed.get("channel", ""), typed.get("language", "")
    if channel not in set(Channel):
        wrong["channel"] = Message("Choose how it is handed in")
    if language not in LANGUAGES:
        wrong["language"] = Message("Choose one of the five languages")
    if wrong:
        raise Invalid(wrong)
    return Preparation(Channel(channel), language)


def hand_in(typed: Mapping[str, str], *, zone: str) -> HandIn:
    try:
        at = instant(typed.get("day", ""), typed.get("hour", ""), zone=zone)
    except ValueError:
        text = Message("Enter a date like 2026-12-08 and a time like 18:00")
        raise Invalid({"day": text}) from None
    return HandIn(at, clean(typed.get("receipt", "")))
