import re
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.bodies import known
from advocacy.dossiers import actions, queries
from advocacy.dossiers.contradictions.claims import raise_claims
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import DeadlineClaim, Dossier
from advocacy.history.tables import Event
from tests.advocacy.dossiers.saying import saying, says
from tests.browsing import browser
from tests.characters import ana, maja

pytestmark = pytest.mark.anyio

FIRST = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)
LATER = FIRST + timedelta(days=14)
PAGE = "/en/d/2026-001"
FORM = {"zone": "Europe/Brussels", "kind": "consultation"}


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


async def _dossier(
    now: datetime, closes: datetime | None = FIRST, entry: int | None = None, **more: object
) -> Dossier:
    zone = str(more.pop("zone", "Europe/Brussels"))
    precision = str(more.pop("precision", "day"))
    window = NewWindow(closes, zone, precision, evidence="Until 29 January.") if closes else None
    new = NewDossier(title="Herdenschutz", window=window, **more)  # type: ignore[arg-type]
    return await actions.open_dossier(new, entry_id=entry, by=await ana(now), now=now)


async def _claim(now: datetime) -> int:
    entry = await saying(FIRST, now=now)
    dossier = await _dossier(now, entry=entry)
    await says(entry, LATER, now=now, version=2, quote="Extended to <12> February.")
    await raise_claims(now)
    [claim] = await DeadlineClaim.objects().where(DeadlineClaim.dossier == dossier.id)
    return claim.id


async def test_a_claim_stands_on_the_page_with_its_sentence_and_one_click_takes_it(
    db: str, now: datetime
):
    claim = await _claim(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(PAGE)
        told = plain(page.text)
        for shown in ("Have Your Say names another deadline:", "Friday, 12 February 2027, 24:00",
                      "Extended to &lt;12&gt; February.", "official source", "Version 2",
                      "Deadline 1 is: Friday, 29 January 2027, 24:00"):  # fmt: skip
            assert shown in told, shown
        page = await web.post(f"{PAGE}/claims/{claim}/take")
        assert "The date of the source is taken over." in page.text
        assert "names another deadline:" not in page.text
        again = await web.post(f"{PAGE}/claims/{claim}/take")
        assert again.status_code == 409
        await web.get(PAGE)
        [event] = await Event.select(Event.id).where(Event.action == "deadline moved")
        page = await web.post(f"/en/undo/{event['id']}")
        assert "names another deadline:" in page.text


async def test_a_claim_is_refused_with_or_without_a_reason(db: str, now: datetime):
    claim = await _claim(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(PAGE)
        page = await web.post(f"{PAGE}/claims/{claim}/refuse", {"reason": "A typing error."})
        assert "The date stays as it is" in page.text
        assert "names another deadline:" not in page.text
        assert "A typing error." in page.text
        for number in (999, 99999999999999999999):
            await web.get(PAGE)
            assert (await web.post(f"{PAGE}/claims/{number}/take")).status_code == 404
    async with browser(now) as web:
        await web.sign_in(await maja(now), now)
        assert "/claims/" not in (await web.get(PAGE)).text
        assert (await web.post(f"{PAGE}/claims/{claim}/take")).status_code == 404


async def test_a_month_and_an_unknown_deadline_are_shown_as_such(db: str, now: datetime):
    await known.seed(now)
    await _dossier(now, None, procedure="have-your-say")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(f"{PAGE}/deadlines/new")
        page = await web.post(f"{PAGE}/deadlines/new", FORM | {"deadline": "März 2027"})
        assert "March 2027, day not known" in plain(page.text)
        await web.get(f"{PAGE}/deadlines/new")
        page = await web.post(f"{PAGE}/deadlines/new", FORM | {"unknown": "yes"})
        assert "Not known yet; planned with: Monday, 15 February 2027" in plain(page.text)
        page = await web.get(f"{PAGE}/deadlines/1")
        assert 'value="3.2027"' in page.text
        page = await web.get(f"{PAGE}/deadlines/2")
        assert 'name="unknown" value="yes" checked' in page.text
        assert 'name="assumed" type="text" value="15.2.2027"' in page.text


async def test_bad_input_keeps_every_word_and_asks_what_was_meant(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for typed, field, says_ in (
            ({"deadline": "14.11.2026"}, "deadline", "Did you mean 14.12.2026?"),
            ({"deadline": "14.11.2026"}, "past", "Say so if the deadline really is over"),
            ({"deadline": "31.2.2027"}, "deadline", "There is no such day: 31.2.2027"),
            ({"deadline": "28.3.2027 02:30"}, "deadline", "Did you mean 28.3.2027 03:30?"),
            ({"deadline": "31.10.2027 02:30"}, "deadline", "02:30 twice"),
            ({"deadline": "14.12.2026", "zone": "Mars"}, "zone", "Choose the time of one of"),
            ({"deadline": "14.12.2026", "opens": "1.1.2027"}, "opens", "It would open (1.1.2027)"),
            ({"unknown": "yes"}, "assumed", "enter a date to plan with"),
        ):
            await web.get(f"{PAGE}/deadlines/new")
            page = await web.post(f"{PAGE}/deadlines/new", FORM | {"evidence": "<kept>"} | typed)
            assert page.status_code == 422, typed
            assert f'href="#{field}"' in page.text
            assert f'id="{field}"' in page.text
            assert says_ in page.text
            assert "&lt;kept&gt;" in page.text
            if "deadline" in typed:
                assert f'value="{typed["deadline"]}"' in page.text
        assert len(await queries.windows_of(1)) == 1
        await web.get(f"{PAGE}/deadlines/new")
        kept = FORM | {"deadline": "14.11.2026", "past": "yes"}
        page = await web.post(f"{PAGE}/deadlines/new", kept)
        assert "The deadline is set." in page.text


async def test_the_arithmetic_adds_up_and_names_holidays_with_their_country(db: str, now: datetime):
    await _dossier(now, countries=("AT", "IT"))
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        told = plain((await web.get(PAGE)).text)
    sums = re.findall(
        r"(\d+) working days?(?: \+ (\d+) days? of weekends)?(?: \+ (\d+) holidays?)?"
        r" = (\d+) days? before the last day",
        told,
    )
    assert sums
    for *parts, total in sums:
        assert sum(int(part or 0) for part in parts) == int(total)
    assert re.search(r"Epifania[^()]* \(Italy\)", told)
    assert "Heilige Drei Könige (Austria)" in told


async def test_a_swiss_deadline_on_a_sunday_is_said_and_stays(db: str, now: datetime):
    sunday = datetime(2027, 1, 31, 22, 59, 59, tzinfo=UTC)
    await _dossier(now, sunday, zone="Europe/Zurich")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        told = plain((await web.get(PAGE)).text)
    assert "The deadline is on a weekend. It holds all the same" in told
    assert "Sunday, 31 January 2027, 24:00 (Swiss time)" in told
    assert "In Brussels" in told


async def test_a_body_takes_its_window_back_and_opens_it_again(db: str, now: datetime):
    await _dossier(now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get(PAGE)
        page = await web.post(f"{PAGE}/deadlines/1/withdraw")
        assert "The deadline is withdrawn; calendars cancel it." in page.text
        assert "Withdrawn by the body" in page.text
        assert "Internal dates, each" not in page.text
        page = await web.post(f"{PAGE}/deadlines/1/reopen")
        assert "The deadline holds again." in page.text
        assert "Confirmed" in page.text
        assert (await web.post(f"{PAGE}/deadlines/1/reopen")).status_code == 409


async def test_a_proposed_deadline_says_that_nobody_has_confirmed_it(db: str, now: datetime):
    dossier = await _dossier(now, None)
    entry = await saying(FIRST, now=now)
    await actions.attach([entry], dossier.id, by=await ana(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get(PAGE)
        assert "Nobody has confirmed it yet." in page.text
        assert "It is no deadline" in page.text
        page = await web.post(f"{PAGE}/deadlines/1/confirm")
        assert "Nobody has confirmed it yet." not in page.text


async def test_an_internal_date_that_is_over_does_not_stand_against_another(db: str, now: datetime):
    dossier = await _dossier(now)
    [window] = await queries.windows_of(dossier.id)
    later = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    async with browser(later) as web:
        await web.sign_in(await ana(later), later)
        page = await web.get(f"{PAGE}/deadlines/1")
        form = dict(re.findall(r'name="([a-z_]+)" type="text" value="([^"]*)"', page.text))
        assert form["call_out"] == "23.12.2026 18:00"
        form = {kind: form[kind] for kind in ("call_out", "answers_in", "draft")} | {
            "draft": "21.1.2027 12:00", "sequence": "0",
        }  # fmt: skip
        page = await web.post(f"{PAGE}/deadlines/1/milestones", form)
        assert "The internal dates are set." in page.text
        assert "Thursday, 21 January 2027, 12:00" in page.text
        await actions.move_deadline(
            window.id, NewWindow(LATER, "Europe/Brussels"), by=await ana(now), now=later
        )
        await web.get(PAGE)
        stale = await web.post(f"{PAGE}/deadlines/1/milestones", form)
        assert stale.status_code == 409
    rows = await queries.milestones_of([window.id])
    assert [each.kind for each in rows if not each.planned] == ["draft"]


async def test_a_deadline_that_is_met_is_no_signpost_any_more(db: str, now: datetime):
    dossier = await _dossier(now)
    [window] = await queries.windows_of(dossier.id)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        open_one = (await web.get(PAGE)).text.split('id="deadline-1"')[1].split("</article>")[0]
        await actions.meet_deadline(window.id, by=None, now=now)
        met = (await web.get(PAGE)).text.split('id="deadline-1"')[1].split("</article>")[0]
    assert ('class="sign' in open_one, 'class="sign' in met) == (True, False)
    assert "Friday, 29 January 2027, 24:00" in met
