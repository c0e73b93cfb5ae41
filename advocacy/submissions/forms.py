"""What the secretariat types when a text is prepared and handed in, and who is to sign it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from advocacy.approvals.forms import instant
from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES, check_address
from advocacy.positions.forms import clean, number, one_line
from advocacy.submissions import rules
from advocacy.submissions.rules import Channel

LONGEST_ORGANISATION = 200
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Preparation:
    channel: Channel
    language: str


@dataclass(frozen=True, slots=True)
class HandIn:
    """`number`: which time it is, as the page counted; None where no page did."""

    at: datetime
    receipt: str
    channel: Channel | None = None
    mail_id: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class NewSignatory:
    """Without an address nobody is written to: the office has its word."""

    organisation: str
    name: str
    office: str
    email: str
    language: str


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
    wrong: dict[str, Message] = {}
    at: datetime | None = None
    try:
        at = instant(typed.get("day", ""), typed.get("hour", ""), zone=zone)
    except ValueError:
        wrong["day"] = Message("Enter a date like 2026-12-08 and a time like 18:00")
    channel = typed.get("left_by", "")
    if channel and channel not in set(Channel):
        wrong["left_by"] = Message("Choose how it is handed in")
    receipt, mail_id = clean(typed.get("receipt", "")), typed.get("mail_id", "")
    for check, said in ((rules.check_receipt, receipt), (rules.check_mail_id, mail_id)):
        try:
            check(said)
        except Invalid as error:
            wrong |= error.fields
    if wrong or at is None:
        raise Invalid(wrong)
    return HandIn(
        at,
        receipt,
        Channel(channel) if channel else None,
        rules.check_mail_id(mail_id),
        number(typed.get("number", "")) or None,
    )


def signatory(typed: Mapping[str, str]) -> NewSignatory:
    wrong: dict[str, Message] = {}
    organisation = one_line(typed.get("organisation", ""))
    name, office = one_line(typed.get("name", "")), one_line(typed.get("office", ""))
    if not organisation:
        wrong["organisation"] = Message("Enter who signs")
    elif len(organisation) > LONGEST_ORGANISATION:
        wrong["organisation"] = Message("Shorten it to 200 characters")
    for field, said in (("name", name), ("office", office)):
        if len(said) > LONGEST_NAME:
            wrong[field] = Message("Shorten it to 120 characters")
    language, email = typed.get("language", ""), typed.get("email", "").strip()
    if language not in LANGUAGES:
        wrong["language"] = Message("Choose one of the five languages")
    try:
        email = check_address(email) if email else ""
    except Invalid as error:
        wrong |= error.fields
    if wrong:
        raise Invalid(wrong)
    return NewSignatory(organisation, name, office, email, language)
