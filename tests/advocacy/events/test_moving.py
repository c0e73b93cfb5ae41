"""What goes along when a gathering moves or is called off: programme, letters, reminders."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.events import actions
from advocacy.events.forms import GatheringForm, PointForm, Words
from advocacy.events.inviting.typed import Invited
from advocacy.events.keeping.programme import points_of
from advocacy.events.keeping.shifting import shifted
from advocacy.events.showing.subscribed import calendar_file
from advocacy.events.tables import Gathering
from advocacy.mail.actions import stop_to
from advocacy.mail.rules import LetterState
from advocacy.undoing.actions import undo
from tests.advocacy.events.matters import (
    drafted,
    letters,
    published,
    registered,
    workshop,
)
from tests.characters import ana, musterdorf, vzorcna_vas

pytestmark = pytest.mark.anyio

VIENNA = "Europe/Vienna"
WEEK = timedelta(days=7)
TWO = Invited(codes=("SI-07", "AT-01"), message="Kommt alle!")


async def edited(gathering: Gathering, now: datetime, old: GatheringForm, **other: object) -> None:
    await actions.edit(
        gathering.id, replace(old, **other), base=old.fingerprint(), by=await ana(now), now=now
    )


async def waiting_invitations(now: datetime) -> Gathering:
    """Who wants news weekly is asked on Wednesday: the letters wait for Monday."""
    await vzorcna_vas(now)
    await musterdorf(now)
    gathering = await published(now)
    await actions.invite(gathering.id, TWO, by=await ana(now), now=now + timedelta(days=2))
    return gathering


async def test_the_programme_goes_along_to_another_day_and_keeps_its_hours(db: str, now: datetime):
    # Nine o'clock in Vienna before and after the clocks are changed on 28 March 2027.
    begins = datetime(2027, 3, 24, 9, tzinfo=ZoneInfo(VIENNA)).astimezone(UTC)
    times = {"begins": begins, "ends": begins + timedelta(hours=8)}
    for make in (drafted, published):
        gathering = await make(now, **times)
        point = PointForm({"de": "Zäune"}, begins=begins + timedelta(hours=1))
        await actions.programme.add(gathering.id, point, by=await ana(now), now=now)
        later = datetime(2027, 3, 31, 9, 30, tzinfo=ZoneInfo(VIENNA)).astimezone(UTC)
        await edited(
            gathering, now, workshop(now, **times), begins=later, ends=later + timedelta(hours=8)
        )
        [row] = await points_of(gathering.id, "de")
        assert row.begins.astimezone(ZoneInfo(VIENNA)).isoformat() == "2027-03-31T10:00:00+02:00"


async def test_other_words_leave_the_programme_where_it_is(db: str, now: datetime):
    gathering = await published(now)
    point = PointForm({"de": "Zäune"}, begins=gathering.begins)
    await actions.programme.add(gathering.id, point, by=await ana(now), now=now)
    await edited(gathering, now, workshop(now), texts={"de": Words("Anders")})
    [row] = await points_of(gathering.id, "de")
    assert row.begins == gathering.begins


def test_an_hour_that_the_clocks_skip_is_still_a_moment():
    # 02:30 on the night of 28 March 2027 does not exist in Vienna
    night = datetime(2027, 3, 27, 2, 30, tzinfo=ZoneInfo(VIENNA)).astimezone(UTC)
    assert shifted(night, 1, VIENNA, VIENNA).astimezone(ZoneInfo(VIENNA)).day == 28


async def test_nobody_is_invited_to_what_was_called_off(db: str, now: datetime):
    gathering = await waiting_invitations(now)
    by = await ana(now)
    event = await actions.call_off(gathering.id, "Schnee.", by=by, now=now + timedelta(days=2))
    assert {each.state for each in await letters("gathering_invitation")} == {LetterState.STOPPED}
    await undo(event, by=by, now=now + timedelta(days=2))
    assert {each.state for each in await letters("gathering_invitation")} == {LetterState.WAITING}


async def test_who_wants_no_letters_gets_none_when_calling_off_is_taken_back(
    db: str, now: datetime
):
    gathering = await waiting_invitations(now)
    first, second = await letters("gathering_invitation")
    await stop_to(first.recipient, kinds=["gathering_invitation"])
    by = await ana(now)
    event = await actions.call_off(gathering.id, "Schnee.", by=by, now=now + timedelta(days=2))
    await undo(event, by=by, now=now + timedelta(days=2))
    found = {each.id: each.state for each in await letters("gathering_invitation")}
    assert found == {first.id: LetterState.STOPPED, second.id: LetterState.WAITING}


async def test_an_invitation_that_waits_tells_the_new_day_and_its_own_words(db: str, now: datetime):
    gathering = await waiting_invitations(now)
    before = await letters("gathering_invitation")
    form = workshop(now)
    await edited(
        gathering, now + timedelta(days=2), form, begins=form.begins + WEEK, ends=form.ends + WEEK,
        place="Schule, Neudorf",
    )  # fmt: skip
    after = await letters("gathering_invitation")
    for old, new in zip(before, after, strict=True):
        assert (new.id, new.due, new.recipient) == (old.id, old.due, old.recipient)
        assert "Schule, Neudorf" in new.text
        assert "Schule, Neudorf" in new.html
        assert "Gemeindesaal" not in new.text + new.html
        assert "Kommt alle!" in new.text
        assert old.text.split("/g/")[1][:43] in new.text


async def test_another_address_to_take_part_from_afar_is_told(db: str, now: datetime):
    form = workshop(now, address="https://meet.example/old")
    gathering = await published(now, address="https://meet.example/old")
    await registered(gathering, 1, now)
    await edited(gathering, now, form, address="https://meet.example/new")
    [letter] = await letters("gathering_moved")
    assert "https://meet.example/new" in letter.text
    assert "https://meet.example/new" in letter.html
    row = await Gathering.objects().where(Gathering.id == gathering.id).first()
    assert row.sequence == 1
    assert b"meet.example" not in await calendar_file(row)


async def test_who_was_just_told_of_the_new_hour_is_not_reminded_besides(db: str, now: datetime):
    gathering = await published(now)
    await registered(gathering, 1, now)
    form, soon = workshop(now), gathering.begins - timedelta(days=2)
    await edited(gathering, soon, form, ends=form.ends + timedelta(hours=1))
    assert await actions.remind_due(soon + timedelta(minutes=10)) == 0
    assert len(await letters("gathering_moved")) == 1
