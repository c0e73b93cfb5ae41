"""All dates as agenda, timeline and month, for the house and for everybody."""

import re
from datetime import date, datetime, timedelta

import pytest

from advocacy.bodies.tables import Body, Meeting
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.rules import DeadlineState, Precision, Station
from advocacy.dossiers.tables import Dossier, Milestone, Window
from advocacy.people.rules import Role
from advocacy.positions.rules import PositionState
from tests.advocacy.overview import matters
from tests.browsing import browser
from tests.characters import ana, luca, maja, musterdorf, person, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio


async def _meeting(now: datetime, *, country: str = "", key: str = "board", **more: object) -> None:
    body = await Body.objects().where(Body.key == key).first()
    if body is None:
        body = Body(key=key, names='{"en": "Board"}', level="alpine", country=country,
                    zone="Europe/Vienna", changed=now)  # fmt: skip
        await body.save()
    values = {"begins": date(2026, 12, 1), "ends": date(2026, 12, 2), "changed": now} | more
    await Meeting(body=body.id, number="81", place="Brixen", **values).save()  # type: ignore[arg-type]


def _lists(text: str) -> list[str]:
    """What the rows of the agenda name."""
    found = re.findall(r"<p>(?:<s>)?(?:<strong>)?([^<]+)(?:</strong>)?: <[^>]+>([^<]+)<", text)
    return [f"{what}: {title}" for what, title in found]


async def test_the_timeline_and_its_table_say_the_same(db: str, now: datetime):
    of = await matters.dossier(now)
    await matters.window(now, of, answers_in=5)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/deadlines?view=timeline")
    assert page.status_code == 200
    assert page.text.count('class="cut"') == 1
    assert page.text.count('class="end"') == 1
    assert "Week 48" in page.text
    drawing, table = page.text.rsplit("</svg>", 1)
    assert 'role="img" aria-labelledby="tlt"' in drawing
    assert "<a" not in drawing.split("<svg class=")[-1]
    assert "28 Nov 2026" in table
    assert "Tuesday, 15 December 2026, 09:40" in table
    assert table.count('href="/en/d/2026-014"') == 1
    assert drawing.count('href="/en/d/2026-014"') == 1
    assert 'style="' not in page.text


async def test_without_a_wish_both_agenda_and_timeline_are_there_for_the_width_to_choose(
    db: str, now: datetime
):
    await matters.window(now, await matters.dossier(now), answers_in=5)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        both = (await web.get("/en/deadlines")).text
        agenda = (await web.get("/en/deadlines?view=agenda")).text
        timeline = (await web.get("/en/deadlines?view=timeline")).text
    assert ("when-narrow" in both, "when-wide" in both) == (True, True)
    assert ("<svg class=" in agenda, "when-narrow" in agenda) == (False, False)
    assert ("Week by week" in timeline, "when-wide" in timeline) == (False, False)
    assert _lists(agenda) == ["Answers in: Großraubtiere", "Deadline of the body: Großraubtiere"]


@pytest.mark.parametrize(
    "query",
    ["view=xyz", "from=nonsense", "view=timeline&from=0000-W99", "view=timeline&from=9999-W52",
     "view=month&month=2026-99", "view=month&month=0000-01", "country=%00", "topic=%F0%9F",
     "sort=--x", "mine=%C5%A1", "view=month&month=2046-12", "view=timeline&from=2006-W01"],
)  # fmt: skip
async def test_no_address_breaks_the_page(db: str, now: datetime, query: str):
    await matters.window(now, await matters.dossier(now))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get(f"/en/deadlines?{query}")).status_code == 200


async def test_filters_narrow_all_dates_and_an_empty_page_says_so(db: str, now: datetime):
    office = await ana(now)
    mine = await matters.dossier(now, "2026-001", "Eins", countries="SI")
    await Dossier.update({Dossier.lead: office.id, Dossier.topics: "farming"}).where(
        Dossier.id == mine.id
    )
    await matters.window(now, mine, draft=5)
    other = await matters.dossier(now, "2026-002", "Zwei", countries="IT")
    asked = await matters.call(now, await matters.window(now, other, days=30), by=office)
    await matters.invite(asked, await vzorcna_vas(now))
    await _meeting(now)
    async with browser(now) as web:
        await web.sign_in(office, now)

        async def shown(query: str) -> set[str]:
            return set(_lists((await web.get(f"/en/deadlines?view=agenda&{query}")).text))

        one = {"Text drafted: Eins", "Deadline of the body: Eins"}
        meeting = {"Meeting: Board 81"}
        two = {"Answers in: Schutz der Herden", "Deadline of the body: Zwei"}
        assert await shown("") == one | two | meeting
        assert await shown("country=SI") == one | meeting
        assert await shown("country=IT") == two | meeting
        assert await shown("topic=farming") == one
        assert await shown("mine=1") == one
        assert await shown("external=1") == {"Deadline of the body: Eins",
                                             "Deadline of the body: Zwei"} | meeting  # fmt: skip
        page = await web.get("/en/deadlines?view=agenda&topic=water")
        assert "No date fits what you have chosen." in page.text
        assert 'href="/en/deadlines?view=agenda"' in page.text
        filtered = (await web.get("/en/deadlines?country=SI&mine=1")).text
        assert (
            'href="/en/deadlines?view=month&amp;month=2026-11&amp;country=SI&amp;mine=1"'
            in filtered
        )


async def test_headings_sort_the_table(db: str, now: datetime):
    for number, title, days in (("2026-001", "Zeta", 5), ("2026-002", "alpha", 9)):
        await matters.window(now, await matters.dossier(now, number, title), days=days)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)

        async def order(sort: str) -> list[str]:
            page = (await web.get(f"/en/deadlines?view=timeline&sort={sort}")).text
            assert page.count("aria-sort=") == 1
            return re.findall(r'<th scope="row"><a[^>]*>([^<]+)', page)

        assert await order("") == ["Zeta", "alpha"]
        assert await order("title") == ["alpha", "Zeta"]
        assert await order("-title") == ["Zeta", "alpha"]
        assert await order("-closes") == ["alpha", "Zeta"]


async def test_what_is_not_known_to_the_day_and_what_was_withdrawn_says_so(db: str, now: datetime):
    of = await matters.dossier(now)
    month = await matters.window(now, of)
    await Window.update({Window.precision: Precision.MONTH}).where(Window.id == month.id)
    gone = await matters.dossier(now, "2026-015", "Fort")
    await matters.window(now, gone, state=DeadlineState.WITHDRAWN, draft=4)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get("/en/deadlines")).text
    assert "December 2026 (The month is known)" in page
    assert page.count('class="struck"') == 1
    assert page.count('class="vague"') == 1
    assert "<s><strong>Deadline of the body</strong>" in page
    assert "Text drafted" not in page


async def test_the_month_is_a_table_that_begins_on_monday_with_holidays_of_the_country(
    db: str, now: datetime
):
    await matters.window(now, await matters.dossier(now, countries="SI"))
    await _meeting(now)
    await _meeting(now, country="IT", key="rome", begins=date(2026, 12, 9), ends=date(2026, 12, 9))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = (await web.get("/en/deadlines?view=month&month=2026-12&country=SI")).text
    heads = re.findall(r'<th scope="col">([^<]+)</th>', page)
    assert heads == ["Week", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert re.findall(r'<th scope="row">(\d+)', page) == ["49", "50", "51", "52", "53"]
    assert 'lang="sl">božič</span>' in page
    table = page.split("</table>")[0]
    assert table.count("Board 81") == 2  # on both of its days
    assert table.count("Deadline of the body") == 1
    assert "month=2027-01&amp;country=SI" in page


async def test_a_full_week_is_pointed_out_on_the_timeline_and_in_the_agenda(db: str, now: datetime):
    of = await matters.dossier(now)
    for days in (14, 15, 16, 18):
        await matters.window(now, of, days=days)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        assert (await web.get("/en/deadlines")).text.count("Week 50: 4 deadlines") == 2


async def test_a_coordinator_sees_the_own_countries_first(db: str, now: datetime):
    for number, title, countries, hours in (("2026-001", "Fremd", "IT", 1),
                                            ("2026-002", "Eigen", "SI", 9)):  # fmt: skip
        of = await matters.dossier(now, number, title, countries=countries)
        await matters.window(now, of, days=10 + hours / 24)
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        agenda = _lists((await web.get("/en/deadlines?view=agenda")).text)
        drawing = (await web.get("/en/deadlines?view=timeline")).text
    assert [row.split(": ")[1] for row in agenda] == ["Eigen", "Fremd"]
    assert drawing.index("Eigen") < drawing.index("Fremd")


async def test_a_member_of_the_presidency_sees_the_own_decisions_first(db: str, now: datetime):
    office, members = await ana(now), await presidency(now)
    of = await matters.dossier(now)
    await matters.window(now, of, days=1 / 24)
    text = await matters.position(now, of, by=office, state=PositionState.IN_ROUND)
    await matters.held_round(now, text, members[:2], by=office)
    async with browser(now) as web:
        await web.sign_in(members[0], now)
        page = (await web.get("/fr/deadlines?view=agenda")).text
        first = page.index("/fr/p/2026-014/approve")
        assert first < page.index("/fr/d/2026-014")
        assert page.count("/fr/p/2026-014/approve") == 2
    async with browser(now) as web:
        await web.sign_in(members[2], now)
        assert (await web.get("/fr/deadlines?view=agenda")).text.count("/p/2026-014/approve") == 1


async def test_everybody_sees_deadlines_of_what_is_public_and_nothing_internal(
    db: str, now: datetime
):
    office = await ana(now)
    called = await matters.dossier(now, "2026-001", "Interner Name", station=Station.CALL)
    asked = await matters.call(now, await matters.window(now, called, draft=5), by=office)
    await matters.invite(asked, await musterdorf(now))
    secret = await matters.dossier(now, "2026-002", "Geheim")
    await matters.window(now, secret)
    adopted = await matters.dossier(now, "2026-003", "Auch verborgen")
    await matters.window(now, adopted)
    await matters.position(now, adopted, by=office, state=PositionState.ADOPTED)
    await _meeting(now)
    public = {
        "Answers in: Schutz der Herden",
        "Meeting: Board 81",
        "Deadline of the body: Schutz der Herden",
        "Deadline of the body: Großraubtiere: Schutz bezahlen",
    }
    mayor = await person("Janez Primer", Role.MUNICIPALITY, "sl", now=now)
    for who in (None, mayor):
        async with browser(now) as web:
            if who:
                await web.sign_in(who, now)
            for view in ("agenda", "timeline", "month&month=2026-12"):
                page = (await web.get(f"/en/deadlines?view={view}&mine=0")).text
                for internal in (
                    "Geheim",
                    "verborgen",
                    "Interner",
                    "/d/2026",
                    "/c/2026",
                    "drafted",
                ):
                    assert internal not in page, (view, internal)
            assert set(_lists((await web.get("/en/deadlines?view=agenda")).text)) == public
            assert 'href="/en/p/2026-003"' in (await web.get("/en/deadlines")).text


async def test_queries_do_not_grow_with_the_rows(db: str, now: datetime):
    office, members = await ana(now), await presidency(now)

    async def matter(place: int) -> None:
        of = await matters.dossier(now, f"2026-{place:03d}", f"Sache {place}", station=Station.CALL)
        opening = await matters.window(now, of, days=20 + place, draft=3)
        asked = await matters.call(now, opening, f"2026-{place:03d}-1", by=office)
        await matters.invite(asked, await vzorcna_vas(now))
        text = await matters.position(now, of, by=office, state=PositionState.ADOPTED)
        await matters.held_round(now, text, members, by=office)
        await _meeting(now)

    async def queries() -> list[int]:
        counts = []
        for who in (office, await maja(now), members[0], None):
            for view in ("", "?view=month&month=2026-12&country=SI"):
                async with browser(now) as web:
                    if who:
                        await web.sign_in(who, now)
                    await web.get("/en/deadlines")
                    with counted() as asked:
                        await web.get(f"/en/deadlines{view}")
                counts.append(len(asked))
        return counts

    await matter(1)
    with_one = await queries()
    await matter(2)
    await matter(3)
    assert await queries() == with_one
    assert max(with_one) <= 14


async def test_what_was_due_this_morning_is_still_told_and_yesterday_is_not(db: str, now: datetime):
    for number, hours in (("2026-001", -2), ("2026-002", -24)):
        window = await matters.window(now, await matters.dossier(now, number, number))
        due = now + timedelta(hours=hours)
        await Milestone(window=window.id, kind=Kind.DRAFT, due=due).save()
    async with browser(now) as web:
        await web.sign_in(await luca(now), now)
        agenda = _lists((await web.get("/en/deadlines?view=agenda")).text)
    assert [row for row in agenda if row.startswith("Text")] == ["Text drafted: 2026-001"]
