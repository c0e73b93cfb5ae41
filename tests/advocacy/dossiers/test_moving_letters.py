import base64
import json
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers import actions, mails, queries
from advocacy.dossiers.contradictions.claims import raise_claims
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier, Follow, Window
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from tests.advocacy.dossiers.saying import saying, says
from tests.characters import ana, claire, eva, giulia, luca, maja, presidency

pytestmark = pytest.mark.anyio

FAR = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)
NEAR = datetime(2026, 11, 25, 17, 0, tzinfo=UTC)
TITLE = "Herdenschutz in den Alpen und darüber hinaus: eine Verordnung"


async def _window(now: datetime, closes: datetime, **more: object) -> tuple[Dossier, Window]:
    window = NewWindow(closes, "Europe/Brussels", "exact", evidence="Until <then>.")
    new = NewDossier(title=TITLE, window=window, **more)  # type: ignore[arg-type]
    dossier = await actions.open_dossier(new, by=await ana(now), now=now)
    [made] = await queries.windows_of(dossier.id)
    return dossier, made


async def _recipients() -> list[str]:
    rows = await Letter.select(Letter.recipient).order_by(Letter.recipient)
    return [row["recipient"].split("@")[0] for row in rows]


async def test_everybody_concerned_hears_once_of_a_date_that_moves_within_three_days(
    db: str, now: datetime
):
    by, follower = await ana(now), await claire(now)
    for each in (luca, maja, giulia, eva):
        await each(now)
    await presidency(now)
    lead = await giulia(now)
    dossier, window = await _window(now, FAR, countries=("SI",), lead=lead.id)
    await Follow(dossier=dossier.id, person=follower.id, at=now).save()
    await Follow(dossier=dossier.id, person=by.id, at=now).save()
    near = NewWindow(NEAR, "Europe/Brussels", "exact", evidence="Shortened <b>now</b>.")
    event = await actions.move_deadline(window.id, near, by=by, now=now)
    assert await _recipients() == [
        "ana.muster", "claire.exemple", "giulia.esempio", "luca.beispiel", "maja.vzorec",
    ]  # fmt: skip
    await undo(event, by=by, now=now)
    assert len(await _recipients()) == 10


async def test_the_presidency_hears_when_its_round_or_its_date_moves(db: str, now: datetime):
    by, chairs = await ana(now), await presidency(now)
    dossier, window = await _window(now, FAR)
    soon = now + timedelta(hours=60)
    await actions.set_milestones(window.id, {Kind.DRAFT: soon}, by=by, now=now)
    assert await _recipients() == ["ana.muster"]
    await actions.set_milestones(window.id, {Kind.PRESIDENCY: soon}, by=by, now=now)
    assert set(await _recipients()) == {
        "ana.muster",
        *(each.email.split("@")[0] for each in chairs),
    }
    await Letter.delete(force=True)
    await Dossier.update({Dossier.station: Station.APPROVAL}).where(Dossier.id == dossier.id)
    later = {Kind.DRAFT: soon + timedelta(hours=2)}
    await actions.set_milestones(window.id, later, by=by, now=now)
    assert len(await _recipients()) == 1 + len(chairs)


async def test_an_internal_date_far_off_is_no_letter_and_can_be_taken_back(db: str, now: datetime):
    by = await ana(now)
    _, window = await _window(now, FAR)
    before = {each.kind: each.due for each in await queries.milestones_of([window.id])}
    moved = {Kind.DRAFT: FAR - timedelta(days=20)}
    event = await actions.set_milestones(window.id, moved, by=by, now=now)
    assert await Letter.count() == 0
    assert event is not None
    await undo(event, by=by, now=now)
    rows = await queries.milestones_of([window.id])
    assert {each.kind: each.due for each in rows} == before
    assert all(each.planned for each in rows)


async def test_the_letter_says_the_deadline_first_in_the_language_of_its_reader(
    db: str, now: datetime
):
    by = await ana(now)
    await luca(now)
    dossier, window = await _window(now, FAR)
    near = NewWindow(NEAR, "Europe/Brussels", "exact", evidence="Shortened <b>now</b>.")
    await actions.move_deadline(window.id, near, by=by, now=now)
    letters = {each["language"]: each for each in await Letter.select()}
    assert letters["de"]["subject"].startswith("25.11.2026, 18:00:")
    assert letters["it"]["subject"].startswith("25 nov 2026, 18:00:")
    for letter in letters.values():
        assert f"[{dossier.number}]" in letter["subject"]
        assert len(letter["subject"]) <= mails.SUBJECT
        assert "Shortened <b>now</b>." in letter["text"]
        assert "<b>now" not in letter["html"]
        assert f"/{letter['language']}/d/{dossier.number}" in letter["text"]


async def test_the_calendar_in_the_letter_carries_the_same_event_as_the_feed(
    db: str, now: datetime
):
    by = await ana(now)
    _, window = await _window(now, FAR)
    near = NewWindow(NEAR, "Europe/Brussels", "exact")
    await actions.move_deadline(window.id, near, by=by, now=now)
    [letter] = await Letter.select()
    [attached] = json.loads(letter["attachments"])
    assert attached["media_type"] == "text/calendar"
    events = icalendar.Calendar.from_ical(base64.b64decode(attached["content"])).walk("VEVENT")
    [deadline] = [each for each in events if each["uid"].startswith(f"window-{window.id}@")]
    assert (deadline["dtstart"].dt, deadline["sequence"]) == (NEAR, 1)
    assert {each["uid"].split("-")[0] for each in events} == {"window", "milestone"}


async def test_a_deadline_that_is_withdrawn_or_holds_again_within_three_days_is_told(
    db: str, now: datetime
):
    by = await ana(now)
    _, window = await _window(now, NEAR)
    assert await Letter.count() == 0
    event = await actions.withdraw_deadline(window.id, by=by, now=now)
    [letter] = await Letter.select()
    assert "25.11.2026, 18:00" in letter["subject"]
    [attached] = json.loads(letter["attachments"])
    assert b"STATUS:CANCELLED" in base64.b64decode(attached["content"])
    await undo(event, by=by, now=now)
    assert await Letter.count() == 2
    await actions.withdraw_deadline(window.id, by=by, now=now)
    await actions.reopen_deadline(window.id, by=by, now=now)
    assert await Letter.count() == 4
    [window] = await queries.windows_of(window.dossier)
    assert (window.state, window.sequence) == ("confirmed", 4)


async def test_a_source_that_moves_a_date_within_three_days_is_told_to_who_can_decide(
    db: str, now: datetime
):
    by, lead = await ana(now), await maja(now)
    await giulia(now)
    entry = await saying(FAR, now=now)
    window = NewWindow(FAR, "Europe/Brussels")
    new = NewDossier(title=TITLE, window=window, lead=lead.id, countries=("IT",))
    await actions.open_dossier(new, entry_id=entry, by=by, now=now)
    await says(entry, NEAR, now=now, version=2, quote="Schon bis Mittwoch!")
    await raise_claims(now)
    await raise_claims(now)
    assert await _recipients() == ["ana.muster", "maja.vzorec"]
    letter = (await Letter.select())[0]
    assert "Schon bis Mittwoch!" in letter["text"]


def test_a_subject_has_as_much_of_the_title_as_fits():
    head = "14 Dec 2026, 24:00: deadline moved [2026-014]"
    assert mails.titled(head, TITLE) == f"{head} Herdenschutz"[:60]
    assert mails.titled("x" * 80, TITLE) == "x" * 80
