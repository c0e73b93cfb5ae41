import asyncio
from datetime import datetime, timedelta

import pytest

from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact
from advocacy.news import actions, queries
from advocacy.news.telling import send_due
from advocacy.settings import settings
from feeds.tables import Entry
from tests.advocacy.news import matters
from tests.characters import ana, musterdorf, valdesempio, vzorcna_vas
from tests.queries_counted import counted

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

WEEK = timedelta(days=7)


async def letters() -> list[Letter]:
    return await Letter.objects().where(Letter.kind == "news").order_by(Letter.id)


async def wants(code: str, **values: str) -> None:
    rows = await Contact.select(Contact.id).where(Contact.municipality.code == code)
    await Contact.update(values).where(Contact.id.is_in([row["id"] for row in rows]))


async def test_a_mayor_hears_once_a_week_in_their_language_of_all_that_is_new(now: datetime):
    await vzorcna_vas(now)
    await matters.one_of_each(now)
    assert await send_due(now) == 0  # it is Monday, and this week's letter tells last week
    assert await send_due(now + WEEK) == 1
    [letter] = await letters()
    assert (letter.recipient, letter.language) == ("office@si-07.example", "sl")
    for said in (
        "Wolf count published", "Die Zahlen gelten", "Delavnica o čredah", "Hirten", "Wer zahlt?",
        "/sl/projects/", "/sl/events/", "/sl/d/2026-014/questions",
    ):  # fmt: skip
        assert said in letter.text
        assert said in letter.html
    assert "List-Unsubscribe" in letter.headers
    assert await send_due(now + WEEK) == 0
    assert await send_due(now + 2 * WEEK) == 0
    assert len(await letters()) == 1


async def test_what_was_said_at_a_gathering_is_read_in_the_reader_s_language(now: datetime):
    await vzorcna_vas(now)
    number = await matters.noted(now)
    said = f"{settings().base_url}/it/events/1#minute-2"
    await Entry.update({Entry.address: said}).where(Entry.id == number)
    assert await send_due(now + WEEK) == 1
    [letter] = await letters()
    assert "/sl/events/1#minute-2" in letter.text
    assert "/it/events/1" not in letter.text + letter.html


async def test_topics_and_countries_narrow_it_and_nothing_to_say_is_no_letter(now: datetime):
    await vzorcna_vas(now)
    await musterdorf(now)
    await matters.one_of_each(now)
    await wants("SI-07", news_topics="farming")
    await wants("AT-01", news_topics="energy", news_countries="FR")
    assert await send_due(now + WEEK) == 1
    [letter] = await letters()
    assert "Delavnica o čredah" in letter.text
    for other in ("Wolf count published", "Hirten"):
        assert other not in letter.text


async def test_who_wants_none_is_away_or_cannot_be_reached_gets_none(now: datetime):
    await vzorcna_vas(now)
    await musterdorf(now)
    await valdesempio(now)
    await matters.noted(now)
    await wants("SI-07", news="never")
    rows = await Contact.objects().order_by(Contact.id)
    away = (now + WEEK + timedelta(days=2)).date()
    await Contact.update({Contact.absent_until: away}).where(Contact.id == rows[1].id)
    await Contact.update({Contact.bounced: now}).where(Contact.id == rows[2].id)
    assert await send_due(now + WEEK) == 0
    assert await send_due(now + WEEK + timedelta(days=3)) == 1  # back again, told then
    assert [letter.recipient for letter in await letters()] == ["office@at-01.example"]


async def test_one_address_of_two_municipalities_gets_one_letter(now: datetime):
    await vzorcna_vas(now)
    await musterdorf(now)
    await matters.noted(now)
    await wants("AT-01", email="Office@si-07.example")
    assert await send_due(now + WEEK) == 1


async def test_an_address_that_begins_to_look_after_a_second_municipality_hears_nothing_twice(
    now: datetime,
):
    await vzorcna_vas(now)
    await wants("SI-07", news="now")
    await matters.noted(now)
    thursday, monday = now + timedelta(days=3), now + WEEK
    assert await send_due(thursday) == 1
    await musterdorf(now)
    await wants("AT-01", email="office@si-07.example")
    await matters.noted(thursday + timedelta(hours=1), "Another")
    assert await send_due(monday) == 1
    _, letter = await letters()
    assert "Another" in letter.text
    assert "Wolf count published" not in letter.text


async def test_what_only_the_weekly_one_wants_is_told_although_the_other_heard_of_the_rest(
    now: datetime,
):
    await vzorcna_vas(now)
    await musterdorf(now)
    await wants("SI-07", news="now", news_topics="farming")
    await wants("AT-01", email="office@si-07.example", news="weekly", news_topics="energy")
    for contact in await Contact.objects():
        await Contact.update({Contact.news_told: now}).where(Contact.id == contact.id)
    await matters.noted(now + timedelta(hours=1), "Power lines", topics=("energy",))
    assert await send_due(now + timedelta(days=3)) == 0
    assert await send_due(now + WEEK) == 1


async def test_what_was_taken_back_is_told_to_nobody_and_said_anew_is_told_once(now: datetime):
    await vzorcna_vas(now)
    entry = await matters.noted(now)
    await actions.withdraw(entry, by=await ana(now), now=now + timedelta(hours=1))
    assert await send_due(now + WEEK) == 0
    later = now + WEEK + timedelta(hours=1)
    await matters.noted(later)
    await matters.noted(later + timedelta(hours=1), sl="Velja za prihodnje leto.")
    assert await send_due(later + WEEK) == 1
    [letter] = await letters()
    assert letter.text.count("Wolf count published") == 1
    assert "Velja za prihodnje leto." in letter.text


async def test_two_processes_at_the_same_moment_write_one_letter(now: datetime):
    await vzorcna_vas(now)
    await matters.noted(now)
    await asyncio.gather(send_due(now + WEEK), send_due(now + WEEK))
    assert len(await letters()) == 1


async def test_a_gathering_that_is_over_a_draft_or_called_off_is_no_news(now: datetime):
    await matters.gathering(now, days=3)
    for state in ("draft", "cancelled"):
        await matters.gathering(now, state=state)
    until = now + timedelta(days=5)
    assert await queries.fresh("de", until=until) == []
    assert [item.title for item in await queries.fresh("sl", until=now)] == ["Delavnica o čredah"]


async def test_reading_asks_no_more_for_more(now: datetime):
    await matters.one_of_each(now)
    with counted() as one:
        await queries.fresh("de", until=now)
    await matters.project(now)
    await matters.gathering(now)
    await matters.noted(now, "Another")
    with counted() as more:
        assert len(await queries.fresh("de", until=now)) == 7
    assert len(one) == len(more)
