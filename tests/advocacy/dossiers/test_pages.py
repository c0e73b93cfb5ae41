from datetime import UTC, datetime, timedelta

import pytest

from advocacy.bodies import known
from advocacy.dossiers import actions, queries
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import Dossier, Window
from advocacy.history.tables import Event
from advocacy.triage.tables import Triage
from feeds.tables import Entry
from tests.advocacy.triage.sample import NUMBER, SENTENCE, entry, source
from tests.browsing import Browser, browser
from tests.characters import ana, maja, presidency, vzorcna_vas
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

CLOSES = datetime(2026, 12, 14, 22, 59, 59, tzinfo=UTC)
LATE = datetime(2027, 2, 26, 22, 59, 59, tzinfo=UTC)


async def _dossier(now: datetime, *, closes: datetime | None = LATE, **values: object) -> Dossier:
    window = NewWindow(closes, "Europe/Brussels", evidence="Until 26 February.") if closes else None
    new = NewDossier(title="Herdenschutz", window=window, **values)  # type: ignore[arg-type]
    return await actions.open_dossier(new, by=await ana(now), now=now)


async def _signed_in(web: Browser, now: datetime) -> Browser:
    await web.sign_in(await ana(now), now)
    return web


async def test_the_form_is_filled_from_the_entry(db: str, now: datetime):
    await known.seed(now)
    of = await source(now=now, kind="have-your-say", countries="AT,SI")
    number = await entry("Protection of herds", now=now, of=of, closes=CLOSES, numbers=(NUMBER,))
    async with browser(now) as web:
        page = (await (await _signed_in(web, now)).get(f"/en/inbox/{number}/open")).text
    for shown in (
        'value="Protection of herds"', 'value="14.12.2026"', NUMBER, SENTENCE,
        '<option value="commission" selected>', '<option value="Europe/Brussels" selected>',
        'name="countries" value="SI" checked', 'name="topics" value="carnivores" checked',
    ):  # fmt: skip
        assert shown in page, shown


async def test_opening_from_an_entry_in_one_form(db: str, now: datetime):
    await known.seed(now)
    number = await entry("Protection of herds", now=now, closes=LATE)
    async with browser(now) as web:
        await _signed_in(web, now)
        await web.get(f"/en/inbox/{number}/open")
        keys = web.keys()
        form = {
            "title": "Herdenschutz", "deadline": "26.2.2027", "zone": "Europe/Brussels",
            "body": "commission", "evidence": SENTENCE, "countries": ["AT", "SI"],
            "topics": "carnivores", "kind": "consultation",
        }  # fmt: skip
        page = await web.post(f"/en/inbox/{number}/open", form)
        assert str(page.url).endswith("/en/d/2026-001")
        assert "Created: 2026-001" in page.text
        for shown in ("European Commission", "Friday, 26 February 2027, 24:00", "Call out", SENTENCE,
                      "Austria and Slovenia", "before the last day", "dossier opened"):  # fmt: skip
            assert shown in page.text, shown
        again = await web.post(f"/en/inbox/{number}/open", keys | form)
        assert str(again.url).endswith("/en/d/2026-001")
    assert await Dossier.count() == 1
    [window] = await Window.select(Window.closes, Window.entry)
    assert window == {"closes": LATE, "entry": number}


@pytest.mark.parametrize(
    ("form", "field", "says"),
    [
        ({"title": ""}, "title", "Enter a title"),
        ({"title": "x" * 301}, "title", "The title has 301 characters; 300 fit"),
        ({"deadline": "14.11.2026"}, "deadline", "Did you mean 14.12.2026?"),
        ({"deadline": "soon"}, "deadline", "Enter a date like 14.12.2026"),
        (
            {"deadline": "14.12.", "zone": "Mars/Olympus"},
            "zone",
            "Choose the time of one of the bodies",
        ),
        ({"deadline": "14.12.", "kind": "explosion"}, "kind", "Choose what the body asks for"),
        ({"lead": "424242"}, "lead", "Choose one of the people"),
        ({"lead": "99999999999999"}, "lead", "Choose one of the people"),
        ({"body": "no such body"}, "body", "Choose one from the list"),
        ({"procedure": "none"}, "procedure", "Choose one from the list"),
        ({"priority": "9"}, "priority", "Choose one of the priorities"),
        ({"summary": "x" * 4001}, "summary", "The text has 4001 characters; 4000 fit"),
    ],
)
async def test_bad_input_gets_the_same_page_with_every_word_kept(
    db: str, now: datetime, form: dict[str, str], field: str, says: str
):
    typed = {"title": "Herdenschutz", "zone": "Europe/Brussels", "evidence": "Kept <words>"} | form
    async with browser(now) as web:
        await _signed_in(web, now)
        await web.get("/en/dossiers/new")
        page = await web.post("/en/dossiers/new", typed)
    assert page.status_code == 422
    assert "<title>Error:" in page.text
    assert f'href="#{field}"' in page.text
    assert says in page.text
    assert "Kept &lt;words&gt;" in page.text
    assert await Dossier.count() == 0


async def test_signs_that_no_database_takes_are_left_out(db: str, now: datetime):
    async with browser(now) as web:
        await _signed_in(web, now)
        await web.get("/en/dossiers/new")
        form = {"title": "Her\x00den\u202eschutz", "summary": "One\x00\nTwo"}
        page = await web.post("/en/dossiers/new", form)
        assert page.status_code == 200
    [row] = await Dossier.select(Dossier.title, Dossier.summary)
    assert row == {"title": "Herden schutz", "summary": "One\nTwo"}


async def test_the_same_procedure_number_offers_to_attach_there(db: str, now: datetime):
    await _dossier(now, procedure_number=NUMBER)
    number = await entry("Protection of herds", now=now, numbers=(NUMBER,))
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await web.get(f"/en/inbox?item={number}")
        assert "perhaps dossier 2026-001" in page.text
        assert f"same procedure number: {NUMBER}" in page.text
        page = await web.get(f"/en/inbox/{number}/open")
        assert "2026-001 has the same procedure number." in page.text
        page = await web.post(f"/en/inbox/{number}/attach", {"dossier": "2026-001"})
        assert "Source: 2026-001 Herdenschutz" in page.text
        page = await web.get("/en/d/2026-001")
        assert "Protection of herds" in page.text
        [event] = await Event.select(Event.id).where(Event.action == "entry attached")
        await web.get("/en/inbox/decided")
        page = await web.post(f"/en/undo/{event['id']}")
        assert page.status_code == 200
    assert await Triage.count() == 0


async def test_a_twin_in_a_dossier_is_marked_as_its_duplicate(db: str, now: datetime):
    first = await entry("Regulation on the protection of mountain herds", now=now)
    dossier = await _dossier(now)
    await actions.attach([first], dossier.id, by=await ana(now), now=now)
    second = await entry("On the regulation of protection of mountain herds", now=now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await web.get(f"/en/inbox?item={second}")
        assert 'name="twin_dossier" value="2026-001"' in page.text
        form = {"how": "duplicate", "twin_dossier": "2026-001"}
        page = await web.post(f"/en/inbox/{second}/attach", form)
        assert "Duplicate: 2026-001" in page.text
    assert [row["how"] for row in await queries.sources_of(dossier.id)] == ["source", "duplicate"]


async def test_attaching_to_nothing_is_not_found(db: str, now: datetime):
    number = await entry("Entry", now=now)
    async with browser(now) as web:
        await _signed_in(web, now)
        for form in (
            {},
            {"dossier": "2026-999"},
            {"dossier": "x"},
            {"dossier": "2026-999", "how": "x"},
        ):
            await web.get("/en/inbox")
            assert (await web.post(f"/en/inbox/{number}/attach", form)).status_code == 404
    assert await Triage.count() == 0


async def test_a_number_with_any_words_is_the_dossier_and_garbage_is_nothing(
    db: str, now: datetime
):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        for ref, status in {
            "2026-001": 200, "2026-001-herdenschutz": 200, "2026-002": 404, "2026-1": 404,
            "x": 404, "%00": 404, "2026-001%27--": 404,
        }.items():  # fmt: skip
            assert (await web.get(f"/en/d/{ref}")).status_code == status, ref
        for tail in ("deadlines/0", "deadlines/2", "deadlines/99999999999999999999", "deadlines/x"):
            assert (await web.get(f"/en/d/2026-001/{tail}")).status_code == 404, tail


async def test_house_reads_and_only_the_secretariat_changes(db: str, now: datetime):
    await _dossier(now)
    await vzorcna_vas(now)
    for person in (await maja(now), (await presidency(now))[0]):
        async with browser(now) as web:
            await web.sign_in(person, now)
            page = await web.get("/en/d/2026-001")
            assert page.status_code == 200
            assert "/edit" not in page.text
            assert "New deadline" not in page.text
            assert (await web.get("/en/dossiers")).status_code == 200
            for tail in ("edit", "close", "deadlines/new", "deadlines/1"):
                assert (await web.get(f"/en/d/2026-001/{tail}")).status_code == 404, tail
            for tail in ("edit", "close", "reopen", "deadlines/1", "deadlines/1/confirm",
                         "deadlines/1/fast", "deadlines/1/milestones", "deadlines/new"):  # fmt: skip
                await web.get("/en/me")
                answer = await web.post(f"/en/d/2026-001/{tail}", {"reason": "x", "title": "x"})
                assert answer.status_code == 404, tail
    async with browser(now) as web:
        answer = await web.client.get("/en/d/2026-001", follow_redirects=False)
        assert answer.status_code == 303
        assert "sign-in" in answer.headers["location"]
    assert (await queries.by_number("2026-001")).title == "Herdenschutz"


async def test_a_change_is_kept_and_a_stale_one_shows_both(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await web.get("/en/d/2026-001/edit")
        base = page.text.split('name="base" value="')[1].split('"')[0]
        form = {"title": "Schutz der Herden", "priority": "1", "base": base}
        page = await web.post("/en/d/2026-001/edit", form)
        assert "The dossier is changed." in page.text
        assert "Schutz der Herden" in page.text
        await web.get("/en/d/2026-001/edit")
        page = await web.post("/en/d/2026-001/edit", form | {"title": "Mine"})
        assert page.status_code == 409
        assert "title: Mine" in page.text
        assert "title: Schutz der Herden" in page.text
        await web.get("/en/d/2026-001/edit")
        page = await web.post("/en/d/2026-001/edit", form | {"title": " ", "summary": "Kept"})
        assert page.status_code == 422
        assert "Kept</textarea>" in page.text


async def test_moving_a_deadline_by_its_form(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await web.get("/en/d/2026-001/deadlines/1")
        assert 'value="26.2.2027"' in page.text
        form = {"zone": "Europe/Brussels", "kind": "consultation", "sequence": "0"}
        page = await web.post("/en/d/2026-001/deadlines/1", form | {"deadline": "1.1.2020"})
        assert page.status_code == 422
        assert 'value="1.1.2020"' in page.text
        assert "Keep it, it is past" in page.text
        page = await web.post("/en/d/2026-001/deadlines/1", form | {"deadline": "12.3.2027 18:00"})
        assert "The deadline is moved." in page.text
        assert "Friday, 12 March 2027, 18:00" in page.text
        assert "before: 2027-02-26" in page.text
        await web.get("/en/d/2026-001/deadlines/1")
        stale = await web.post("/en/d/2026-001/deadlines/1", form | {"deadline": "1.4.2027"})
        assert stale.status_code == 409
        await web.get("/en/d/2026-001")
        page = await web.post("/en/d/2026-001/deadlines/1/confirm")
        assert "The deadline is confirmed." in page.text


async def test_internal_dates_by_their_form(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await _signed_in(web, now)
        await web.get("/en/d/2026-001/deadlines/1")
        page = await web.post("/en/d/2026-001/deadlines/1/milestones", {"draft": "1.3.2027"})
        assert page.status_code == 422
        told = "1.3.2027 18:00 is after the deadline that it serves: 26.2.2027 24:00"
        assert told in page.text
        page = await web.post("/en/d/2026-001/deadlines/1/milestones", {"draft": "x"})
        assert page.status_code == 422
        page = await web.post("/en/d/2026-001/deadlines/1/milestones", {"draft": "8.2.2027"})
        assert "set by hand" in page.text
        assert "Monday, 8 February 2027, 18:00" in page.text


async def test_a_short_window_says_so_and_offers_the_fast_lane(db: str, now: datetime):
    await _dossier(now, closes=now + timedelta(days=12))
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await web.get("/en/d/2026-001")
        assert "The window is too short." in page.text
        page = await web.post("/en/d/2026-001/deadlines/1/fast")
        assert "The fast lane is planned" in page.text
        assert "Core position" in page.text
        assert "The window is too short." not in page.text


async def test_a_further_deadline_and_closing_with_a_reason(db: str, now: datetime):
    await _dossier(now, closes=None)
    async with browser(now) as web:
        await _signed_in(web, now)
        page = await web.get("/en/d/2026-001")
        assert "No deadline is known yet." in page.text
        await web.get("/en/d/2026-001/deadlines/new")
        page = await web.post("/en/d/2026-001/deadlines/new", {"deadline": ""})
        assert page.status_code == 422
        form = {"deadline": "26.2.2027", "zone": "Europe/Vienna", "kind": "hearing"}
        page = await web.post("/en/d/2026-001/deadlines/new", form)
        assert "Vienna time" in page.text
        await web.get("/en/d/2026-001/close")
        assert (await web.post("/en/d/2026-001/close", {"reason": " "})).status_code == 422
        page = await web.post("/en/d/2026-001/close", {"reason": "Somebody else leads"})
        assert "Somebody else leads" in page.text
        page = await web.post("/en/d/2026-001/reopen")
        assert "The dossier is open again." in page.text


async def test_a_source_that_names_another_deadline_is_shown(db: str, now: datetime):
    dossier = await _dossier(now)
    number = await entry("Extended", now=now, closes=LATE + timedelta(days=14))
    await actions.attach([number], dossier.id, by=await ana(now), now=now)
    async with browser(now) as web:
        page = await (await _signed_in(web, now)).get("/en/d/2026-001")
    assert "names another deadline:" in page.text
    assert "Friday, 12 March 2027, 24:00" in page.text


async def test_the_list_says_why_it_is_empty_and_jumps_to_a_number(db: str, now: datetime):
    async with browser(now) as web:
        await _signed_in(web, now)
        assert "There is no dossier yet." in (await web.get("/en/dossiers")).text
        await _dossier(now)
        assert "No dossier fits." in (await web.get("/en/dossiers?q=xyz")).text
        assert str((await web.get("/en/dossiers?q=2026-001")).url).endswith("/en/d/2026-001")
        page = await web.get("/en/dossiers?station=x&country=%00&topic=y&before=z&q=")
        assert "Herdenschutz" in page.text


async def test_pages_cost_the_same_with_one_and_with_three(db: str, now: datetime):
    dossier = await _dossier(now)
    by = await ana(now)
    await actions.attach([await entry("Entry 0", now=now)], dossier.id, by=by, now=now)
    async with browser(now) as web:
        await _signed_in(web, now)
        for path in ("/en/dossiers", "/en/d/2026-001"):
            await web.get(path)
            with counted() as one:
                await web.get(path)
            for n in (1, 2):
                await _dossier(now)
                number = await entry(f"Entry {n} for {path}", now=now)
                await actions.attach([number], dossier.id, by=by, now=now)
            with counted() as three:
                await web.get(path)
            assert len(one) == len(three), path
    assert await Entry.count() == 5
