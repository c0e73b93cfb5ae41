from datetime import datetime, timedelta

import pytest

from advocacy.digest import queries
from advocacy.digest.links import rhythm_address
from advocacy.digest.rules import Kind
from advocacy.digest.tables import DigestKind
from advocacy.history.tables import Event
from advocacy.people.rules import Rhythm
from advocacy.people.tables import Person
from tests.browsing import browser
from tests.characters import ana, maja, person

pytestmark = pytest.mark.anyio

ALL_DAILY = dict.fromkeys(Kind, Rhythm.DAILY)
OF_INBOX = (Kind.INBOX, Kind.SOURCES)


def path_of(who: Person, kinds: tuple[Kind, ...] = tuple(Kind)) -> str:
    return "/u/" + rhythm_address(who.id, kinds).split("/u/")[1]


async def rhythms(who: Person) -> dict[Kind, Rhythm]:
    return await queries.rhythms_of(who)


async def test_opening_the_link_changes_nothing_however_often(db: str, now: datetime):
    who = await ana(now)
    async with browser(now) as web:
        for _ in range(10):
            page = await web.get(f"{path_of(who)}?language=en")
            assert page.status_code == 200
            assert (await web.client.head(path_of(who))).status_code == 200
    for word in ("At once", "Every working day", "Every Monday", "Never"):
        assert page.text.count(word) >= len(Kind)
    assert await rhythms(who) == ALL_DAILY
    assert await DigestKind.count() == 0
    assert await Event.count() == 0


async def test_one_click_stops_the_kinds_of_that_letter_without_a_cookie_and_can_be_undone(
    db: str, now: datetime
):
    who, path = await ana(now), ""
    await DigestKind(person=who.id, kind=Kind.INBOX, rhythm=Rhythm.WEEKLY).save()
    before = await rhythms(who)
    async with browser(now) as web:
        path = path_of(who, OF_INBOX)
        page = await web.post(f"{path}?language=en", {"List-Unsubscribe": "One-Click"})
        assert page.status_code == 200
        assert "no more digests" in page.text
        assert await rhythms(who) == ALL_DAILY | dict.fromkeys(OF_INBOX, Rhythm.NEVER)
        assert 'name="digest-inbox" value="weekly"' in page.text
        assert 'name="digest-sources" value="daily"' in page.text
        again = await web.post(f"{path}?language=en", {"List-Unsubscribe": "One-Click"})
        assert "no more digests" not in again.text
        await web.post(path, {"digest-inbox": "weekly", "digest-sources": "daily"})
    assert await rhythms(who) == before
    assert await Event.count().where(Event.action == "mail settings changed") == 2


async def test_the_rhythm_of_each_kind_is_chosen_from_the_letter(db: str, now: datetime):
    who = await ana(now)
    async with browser(now) as web:
        await web.get(path_of(who))
        chosen = {"digest-deadlines": "now", "digest-dossiers": "weekly", "digest-inbox": "never"}
        page = await web.post(path_of(who), chosen)
        assert page.status_code == 200
        bad = await web.post(path_of(who), {"digest-inbox": "hourly", "digest-sources": "now"})
        assert bad.status_code == 422
        assert 'href="#digest-inbox"' in bad.text
        assert (await web.post(path_of(who), {})).status_code == 422
    assert list((await rhythms(who)).values()) == ["now", "weekly", "never", "daily", "daily"]


async def test_a_coordinator_is_asked_of_three_kinds_and_gets_no_other(db: str, now: datetime):
    who = await maja(now)
    async with browser(now) as web:
        page = await web.get(f"{path_of(who)}?language=en")
        assert ('name="digest-dossiers"' in page.text, 'name="digest-inbox"' in page.text) == (
            True,
            False,
        )
        await web.post(path_of(who), {"digest-inbox": "now", "digest-dossiers": "never"})
    assert list((await rhythms(who)).values()) == ["daily", "never", "daily"]


async def test_a_link_that_is_not_ours_opens_nothing(db: str, now: datetime):
    who = await ana(now)
    path = path_of(who, OF_INBOX)
    wrong = [
        path.replace(f"/{who.id}.", f"/{who.id + 1}."),
        path.replace(".is.", ".dmis."),
        path[:-1],
        "/u/digest/x",
        "/u/digest/99999999999.is.x",
        f"/u/digest/{who.id}..",
        f"/u/digest/{who.id}",
        "/u/digest/%C2%B2.is.x",
    ]
    async with browser(now) as web:
        for each in wrong:
            assert (await web.get(each)).status_code == 404
            assert (await web.post(each, {"List-Unsubscribe": "One-Click"})).status_code == 404
    assert await rhythms(who) == ALL_DAILY


async def test_everybody_chooses_their_rhythms_among_their_own_settings(db: str, now: datetime):
    who = await ana(now)
    async with browser(now) as web:
        await web.sign_in(who, now)
        page = await web.get("/en/me")
        assert "Every Monday" in page.text
        await web.post("/en/me/digest", {"digest-deadlines": "now", "digest-sources": "weekly"})
        assert list((await rhythms(who)).values()) == ["now", "daily", "daily", "weekly", "daily"]
        await web.get("/en/me")
        await web.post("/en/me", {"language": "de", "keys_on": "1"})
        assert list((await rhythms(who)).values()) == ["now", "daily", "daily", "weekly", "daily"]
        await web.get("/en/me")
        bad = await web.post("/en/me/digest", {"digest-deadlines": "hourly"})
        assert bad.status_code == 422


async def test_a_municipality_is_not_asked(db: str, now: datetime):
    who = await person("Janez Primer", "municipality", "sl", now=now)
    async with browser(now) as web:
        await web.sign_in(who, now)
        page = await web.get("/en/me")
        refused = await web.post("/en/me/digest", {"digest-deadlines": "now"})
    assert 'name="digest-deadlines"' not in page.text
    assert refused.status_code == 404


async def test_who_comes_back_from_never_hears_of_the_last_week(db: str, now: datetime):
    who = await ana(now)
    told = {Kind.INBOX: now - timedelta(days=2), Kind.SOURCES: now - timedelta(days=40)}
    for kind, until in told.items():
        await DigestKind(
            person=who.id, kind=kind, rhythm=Rhythm.NEVER, told_until=until
        ).save()  # fmt: skip
    async with browser(now) as web:
        await web.get(path_of(who))
        await web.post(path_of(who), {"digest": "daily"})
    rows = await DigestKind.select(DigestKind.kind, DigestKind.told_until)
    kept = {row["kind"]: row["told_until"] for row in rows}
    assert kept[Kind.INBOX] == told[Kind.INBOX]
    assert kept[Kind.SOURCES] == now - timedelta(days=7)
