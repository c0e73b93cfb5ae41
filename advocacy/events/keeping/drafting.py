"""Prepare a gathering, publish it, move it, call it off; take these acts back."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any  # values of columns
from zoneinfo import ZoneInfo

from advocacy import database
from advocacy.errors import Invalid, Message, NotAllowed, NotFound, Outdated
from advocacy.events import mails, rules
from advocacy.events.forms import GatheringForm, Words
from advocacy.events.inviting import waiting
from advocacy.events.keeping.known import keeper, may_keep, texts_of, told
from advocacy.events.keeping.shifting import shift
from advocacy.events.mails import About
from advocacy.events.registering.placing import fill, hold
from advocacy.events.rules import COMES, HELD, GatheringState
from advocacy.events.tables import Gathering, GatheringInvitation, GatheringText, Registration
from advocacy.history.actions import record
from advocacy.history.tables import Event
from advocacy.mail.actions import post, stop
from advocacy.mail.rules import LetterState
from advocacy.mail.tables import Letter
from advocacy.people.tables import Person
from feeds.reading import search_text

CHANGED_MEANWHILE = Message("Somebody has changed this gathering meanwhile")
LEFT = Message("Letters have left already: it cannot be taken back")
LONGEST_REASON = 1_000


def check_right(gathering: Gathering, by: Person) -> None:
    """For whom it is not, it is not there."""
    if not may_keep(by, gathering):
        raise NotFound("There is no such gathering")


async def draft(new: GatheringForm, *, by: Person, now: datetime) -> Gathering:
    if not rules.may_add(by.role):
        raise NotFound("There is no such page")
    _check_country(new, by)
    async with database.transaction():
        values: dict[str, Any] = new.columns()
        row = Gathering(
            **values, state=GatheringState.DRAFT, person=by.id, created=now, changed=now
        )
        await row.save()
        await _write_texts(row.id, new.texts)
        await _record("gathering drafted", row.id, by=by, now=now)
    return row


async def edit(
    gathering_id: int, new: GatheringForm, *, base: str, by: Person, now: datetime
) -> int | None:
    """`base`: the fingerprint of what the form showed. None: nothing is different.

    Of a published one everybody who comes is told when date or place are others, and more places
    go to those who wait.
    """
    _check_country(new, by)
    async with database.transaction():
        row = await hold(gathering_id)
        check_right(row, by)
        before = shown(row, await texts_of(gathering_id))
        if before == new:
            return None
        if before.fingerprint() != base:
            raise Outdated(CHANGED_MEANWHILE, theirs=before.as_text(), mine=new.as_text())
        if row.state == GatheringState.CANCELLED:
            raise NotAllowed("It has been called off")
        rules.check_places(new.places, row.taken)
        moves = row.state == GatheringState.PUBLISHED and rules.has_moved(
            (before.begins, before.ends, before.place, before.address),
            (new.begins, new.ends, new.place, new.address),
        )
        await _write(row, new, moves=moves, now=now)
        days = (_day(new.begins, new.zone) - _day(before.begins, before.zone)).days
        await shift(gathering_id, days=days, before=before.zone, after=new.zone)
        row = await hold(gathering_id)
        if _told(before) != _told(new):
            await waiting.write_anew(row)
        moved_up = await fill(row, now=now)
        event = await _record(
            "gathering moved" if moves else "gathering changed", gathering_id, by=by, now=now,
            before=before.as_text(), moved_up=moved_up,
        )  # fmt: skip
        if moves and now < row.ends:
            await _tell_moved(row, now=now)
    return event


def shown(row: Gathering, known: Mapping[str, GatheringText]) -> GatheringForm:
    """What the form shows of it, as it stands."""
    names = ("kind", "language", "begins", "ends", "zone", "languages", "interpretation", "place",
             "country", "latitude", "longitude", "address", "places", "register_until", "guests",
             "topics", "contact")  # fmt: skip
    words = {code: Words(text.title, text.summary) for code, text in known.items()}
    return GatheringForm(**{name: getattr(row, name) for name in names}, texts=words)


async def publish(gathering_id: int, *, by: Person, now: datetime) -> int:
    """For everybody from here on. Returns the event."""
    async with database.transaction():
        row = await hold(gathering_id)
        check_right(row, by)
        rules.check_step(row.state, GatheringState.PUBLISHED)
        if row.state != GatheringState.DRAFT:
            raise Outdated(CHANGED_MEANWHILE)
        if row.ends <= now:
            raise NotAllowed("It is over already: give it a date ahead")
        await _step(row, GatheringState.PUBLISHED, {Gathering.published: now}, now=now)
        return await _record("gathering published", gathering_id, by=by, now=now)


async def call_off(gathering_id: int, reason: str, *, by: Person, now: datetime) -> int:
    """Everybody who comes or waits is told after ten minutes, in which it can be taken back."""
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": Message("Say why, for those who wanted to come")})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": Message("Shorten it to 1000 characters")})
    async with database.transaction():
        row = await hold(gathering_id)
        check_right(row, by)
        rules.check_step(row.state, GatheringState.CANCELLED)
        if now >= row.ends:
            raise NotAllowed("It is over already")
        values = {Gathering.reason: reason, Gathering.sequence: row.sequence + 1}
        await _step(row, GatheringState.CANCELLED, values, now=now)
        kept_back = await waiting.keep_back(gathering_id)
        row = await hold(gathering_id)
        known = await texts_of(gathering_id)
        rows = await _coming(gathering_id)
        event = await _record(
            "gathering called off", gathering_id, by=by, now=now, reason=reason, letters=len(rows),
            kept_back=kept_back,
        )  # fmt: skip
        for each in rows:
            about = About(row, told(row, known, each.language))
            await post(mails.cancelled(about, each), now=now, due=now + HELD)
    return event


async def undo_publishing(event: Event, by: Person, now: datetime) -> str:
    """Until somebody was invited, or has registered."""
    async with database.transaction():
        row = await hold(event.object)
        check_right(row, by)
        used = await GatheringInvitation.exists().where(
            GatheringInvitation.gathering == row.id
        ) or await Registration.exists().where(Registration.gathering == row.id)
        if used:
            raise NotAllowed("Somebody knows of it already: call it off instead")
        rules.check_step(row.state, GatheringState.DRAFT)
        await _step(row, GatheringState.DRAFT, {Gathering.published: None}, now=now)
    return f"/events/{event.object}"


async def undo_calling_off(event: Event, by: Person, now: datetime) -> str:
    async with database.transaction():
        row = await hold(event.object)
        check_right(row, by)
        rules.check_step(row.state, GatheringState.PUBLISHED)
        prefix = mails.letters_of(row.id)
        stopped = await stop(prefix)
        details = json.loads(event.details)
        if stopped < details["letters"]:
            raise NotAllowed(LEFT)
        await Letter.delete().where(
            Letter.key.like(f"{prefix}%"), Letter.state == LetterState.STOPPED
        )
        values = {Gathering.reason: "", Gathering.sequence: row.sequence + 1}
        await _step(row, GatheringState.PUBLISHED, values, now=now)
        await waiting.let_go(details.get("kept_back", []))
        await fill(await hold(row.id), now=now)
    return f"/events/{event.object}"


async def _tell_moved(row: Gathering, *, now: datetime) -> None:
    known = await texts_of(row.id)
    for each in await _coming(row.id):
        await post(mails.moved(About(row, told(row, known, each.language)), each), now=now)


async def _coming(gathering_id: int) -> list[Registration]:
    return await (
        Registration.objects()
        .where(Registration.gathering == gathering_id, Registration.state.is_in(sorted(COMES)))
        .order_by(Registration.id)
    )


async def _step(
    row: Gathering, to: GatheringState, values: Mapping[Any, Any], *, now: datetime
) -> None:
    moved = await (
        Gathering.update({Gathering.state: to, Gathering.changed: now, **values})
        .where(Gathering.id == row.id, Gathering.state == row.state)
        .returning(Gathering.id)
    )
    if not moved:
        raise Outdated(CHANGED_MEANWHILE)


async def _write(row: Gathering, new: GatheringForm, *, moves: bool, now: datetime) -> None:
    values: dict[Any, Any] = {
        **new.columns(), "changed": now, "version": row.version + 1,
        "sequence": row.sequence + moves,
    }  # fmt: skip
    if moves:
        # who is told of it within these days needs no reminder besides
        values["reminded"] = now if now >= new.begins - rules.REMINDED_BEFORE else None
    await Gathering.update(values).where(Gathering.id == row.id)
    await _write_texts(row.id, new.texts)


async def _write_texts(gathering_id: int, texts: Mapping[str, Words]) -> None:
    await GatheringText.delete().where(GatheringText.gathering == gathering_id)
    rows = [
        GatheringText(
            gathering=gathering_id, language=language, title=words.title, summary=words.summary,
            search_text=search_text(f"{words.title} {words.summary}", language=language),
        )
        for language, words in sorted(texts.items())
    ]  # fmt: skip
    await GatheringText.insert(*rows)


async def _record(
    action: str, gathering_id: int, *, by: Person, now: datetime, **details: object
) -> int:
    return await record(
        action, kind="gathering", object=gathering_id, by=by, now=now, details=details
    )


def _told(form: GatheringForm) -> tuple[object, ...]:
    """What an invitation says of it."""
    when = (form.begins, form.ends, form.zone, form.register_until)
    return (*when, form.place, form.country, form.kind, form.texts)


def _day(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def _check_country(new: GatheringForm, by: Person) -> None:
    me = keeper(by)
    if me.role == "coordinator" and new.country and new.country not in me.countries:
        raise Invalid({"country": Message("Choose one of your own countries")})
