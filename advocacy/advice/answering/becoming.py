"""A question that is really a position becomes an answer to the call, by the calls' own action."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from advocacy import database
from advocacy.advice import labels, queries, rules
from advocacy.advice.answering.handing import facts_of, moment
from advocacy.advice.queries import Thread
from advocacy.advice.rules import EnquiryState, WhyNot
from advocacy.advice.tables import Enquiry
from advocacy.calls.answering.contributing import contribute
from advocacy.calls.answering.forms import LONGEST_NAME, Answer
from advocacy.calls.answering.language import language_of
from advocacy.calls.answering.versions import answer_of
from advocacy.calls.queries import Personal, invitation
from advocacy.calls.rules import LONGEST_TEXT, Basis, Stance
from advocacy.calls.tables import Contribution
from advocacy.errors import Invalid, Message, NotAllowed
from advocacy.history.actions import record
from advocacy.municipalities.rules import may_edit
from advocacy.people.tables import Person

MANY = "contribution"
NOT_FOR_THEM = Message("Only the secretariat and the coordinator of the country answer for it")


async def become(
    enquiry_id: int, stance: Stance, *, seen: int, by: Person, now: datetime
) -> Contribution:
    """On behalf of the municipality, marked as by whom; it gets the receipt of the call. The words
    of an answer that stands are kept before the new ones. Closes the question.

    Invalid says why not: no dossier, no open call, not asked, over. Without a stance the answer
    waits for one, as an answer by mail does.
    """
    async with database.transaction():
        await database.one_at_a_time(f"enquiry/{enquiry_id}")
        thread = await queries.thread(enquiry_id, by=by)
        rules.check_seen(seen, thread.last)
        country = thread.row.country
        if country and not may_edit(by.role, by.countries.split(","), country=country):
            raise NotAllowed(NOT_FOR_THEM)
        found = await queries.may_become(thread.stored, now=now)
        if isinstance(found, WhyNot):
            raise Invalid({MANY: labels.WHY_NOT[found]})
        await database.one_at_a_time(f"invitation/{found}")
        personal = await invitation(found)
        answer = _answer(thread, personal, stance)
        channel = thread.said[0].channel
        contribution = await contribute(found, answer, channel=channel, by=by, now=now)
        await settle_as(thread.stored, contribution.id, now=now)
        await record(
            "question became an answer", kind="enquiry", object=enquiry_id, by=by, now=now,
            details={"contribution": contribution.id, "call": personal.whole.call.number},
        )  # fmt: skip
    return contribution


async def settle_as(enquiry: Enquiry, contribution: int, *, now: datetime) -> dict[str, str | None]:
    """It waits no longer: it is an answer to a call. Inside a transaction. Returns what `unsettle`
    needs.
    """
    before = facts_of(enquiry)
    await Enquiry.update(
        {
            Enquiry.contribution: contribution,
            Enquiry.state: EnquiryState.CLOSED,
            Enquiry.waits_since: None,
            Enquiry.closed: now,
            Enquiry.changed: now,
        }
    ).where(Enquiry.id == enquiry.id)
    return before


async def unsettle(
    enquiry: Enquiry, before: Mapping[str, str | None] | None, *, now: datetime
) -> None:
    """It was none: the question is what it was before; None: it waits. Inside a transaction."""
    there = before or {"state": EnquiryState.OPEN, "waits_since": now.isoformat(), "closed": None}
    await Enquiry.update(
        {
            Enquiry.contribution: None,
            Enquiry.state: there["state"],
            Enquiry.waits_since: moment(there["waits_since"]),
            Enquiry.closed: moment(there["closed"]),
            Enquiry.changed: now,
        }
    ).where(Enquiry.id == enquiry.id)


def _answer(thread: Thread, personal: Personal, stance: Stance) -> Answer:
    text = thread.asked
    if len(text) > LONGEST_TEXT:
        raise Invalid({MANY: Message("It is longer than an answer may be: type it on the page of the call")})  # noqa: E501  # fmt: skip
    contact = personal.contact
    name = thread.stored.asker or (contact.name if contact else personal.municipality.name)
    new = Answer(
        stance=stance,
        language=language_of(text, own=thread.stored.language),
        answered_by=name[:LONGEST_NAME],
        text=text,
        basis=Basis.OFFICE,
        role=contact.role if contact else "other",
        enclosures=tuple(each.id for each in personal.enclosures),
    )
    if not personal.given or personal.contribution is None or personal.version is None:
        return new
    before = answer_of(personal.contribution, personal.version)
    words = "\n\n".join(each for each in (before.text, text) if each)
    said = before.stance if stance is Stance.NOT_STATED else stance
    return replace(before, text=words, stance=said)
