"""What a municipality gets back in a letter: its own words, as a paper too, and the date."""

import logging
from dataclasses import replace
from datetime import datetime

from advocacy.calls import mails
from advocacy.calls.answering import calendar
from advocacy.calls.mails import Addressee
from advocacy.calls.papers import printing
from advocacy.calls.queries import Personal, link_of
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.mail.actions import post
from advocacy.mail.letters import Attachment, Written
from advocacy.municipalities.queries import coordinators
from advocacy.people.tables import Person

log = logging.getLogger("alphorn.calls")


def addressee(personal: Personal) -> Addressee | None:
    """The person who was written to; without one there is nobody to write to."""
    if personal.contact is None:
        return None
    return Addressee(
        personal.invitation.id,
        personal.municipality.code,
        personal.municipality.name,
        personal.contact,
        personal.invitation.language,
    )


async def receipt(
    personal: Personal,
    contribution: Contribution,
    version: ContributionVersion,
    *,
    now: datetime,
) -> Written | None:
    """Made before the history is written: nobody else waits while the paper is set."""
    answered = replace(personal, contribution=contribution, version=version)
    if (who := addressee(answered)) is None:
        return None
    coordinator = (await coordinators()).get(answered.municipality.country)
    return mails.receipt(
        answered.whole, who, coordinator, version, enclosed=answered.enclosed,
        attachments=(*await _paper(answered), _date(answered, now=now)),
        typed_by=await _typist(version),
    )  # fmt: skip


async def _typist(version: ContributionVersion) -> str:
    """Who took it down by phone or from paper; empty: the municipality itself."""
    if version.person is None:
        return ""
    row = await Person.select(Person.name).where(Person.id == version.person).first()
    return str(row["name"]) if row else ""


async def _paper(answered: Personal) -> list[Attachment]:
    """Without it the letter still says everything: no answer is refused because of its paper."""
    try:
        content = await printing.receipt(answered, language=answered.invitation.language)
    except (RuntimeError, ValueError):
        log.exception("receipt %s", answered.reference)
        return []
    name = answered.reference.replace("/", "-")
    return [Attachment(f"{name}.pdf", "application/pdf", content)]


def _date(answered: Personal, *, now: datetime) -> Attachment:
    call = answered.whole.call
    title = answered.whole.words_in(answered.invitation.language)[1].title
    address = link_of(answered.invitation.id)
    content = calendar.deadline(call, title=title, address=address, now=now)
    return Attachment(f"{call.number}.ics", "text/calendar", content)


async def send_withdrawal(
    personal: Personal, version: ContributionVersion, *, now: datetime
) -> None:  # fmt: skip
    if (who := addressee(personal)) is None:
        return
    coordinator = (await coordinators()).get(personal.municipality.country)
    await post(mails.withdrawn(personal.whole, who, coordinator, version), now=now)
