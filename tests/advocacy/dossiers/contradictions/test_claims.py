import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from advocacy import database
from advocacy.dossiers import actions, queries
from advocacy.dossiers.contradictions import claims
from advocacy.dossiers.contradictions.claims import open_claims, raise_claims
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.tables import DeadlineClaim, Dossier, Milestone, Window
from advocacy.errors import NotFound, Outdated
from advocacy.history.tables import Event
from advocacy.mail.tables import Letter
from advocacy.undoing.actions import undo
from feeds.tables import Entry
from tests.advocacy.dossiers.saying import saying, says
from tests.advocacy.triage.sample import source
from tests.characters import ana, luca
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio

FIRST = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)
LATER = FIRST + timedelta(days=14)
LAST = FIRST + timedelta(days=28)
MINUTE = timedelta(minutes=1)


async def _dossier(now: datetime, entry: int | None = None, **more: object) -> Dossier:
    window = NewWindow(FIRST, "Europe/Brussels", evidence="Until 29 January.")
    new = NewDossier(title="Herdenschutz", **{"window": window} | more)  # type: ignore[arg-type]
    return await actions.open_dossier(new, entry_id=entry, by=await ana(now), now=now)


async def _moved_by_its_source(now: datetime) -> tuple[Dossier, int]:
    """A dossier whose source names another day since its second version; with the claim."""
    entry = await saying(FIRST, now=now)
    dossier = await _dossier(now, entry)
    await says(entry, LATER, now=now + MINUTE, version=2, change="extended")
    assert await raise_claims(now + MINUTE) == 1
    [claim] = await open_claims(dossier.id)
    return dossier, claim.id


async def test_a_dossier_without_a_deadline_gets_the_one_that_its_entry_names(
    db: str, now: datetime
):
    by = await ana(now)
    dossier = await _dossier(now, window=None)
    entry = await saying(FIRST, now=now, quote="Open until 29 January 2027.")
    event = await actions.attach([entry], dossier.id, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert (window.state, window.closes, window.entry) == ("proposed", FIRST, entry)
    assert window.evidence == "Open until 29 January 2027."
    assert len(await queries.milestones_of([window.id])) == 7
    assert await open_claims(dossier.id) == []
    await undo(event, by=by, now=now)
    assert [each.state for each in await queries.windows_of(dossier.id)] == ["withdrawn"]


async def test_a_proposed_deadline_is_confirmed_or_refused_and_does_not_come_again(
    db: str, now: datetime
):
    by = await ana(now)
    dossier = await _dossier(now, window=None)
    entry = await saying(FIRST, now=now)
    await actions.attach([entry], dossier.id, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    event = await actions.withdraw_deadline(window.id, by=by, now=now)
    await says(entry, FIRST, now=now, version=2)
    assert await raise_claims(now) == 0
    await undo(event, by=by, now=now)
    await actions.confirm_deadline(window.id, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    assert window.state == "confirmed"


async def test_opening_with_the_date_of_the_entry_claims_nothing(db: str, now: datetime):
    entry = await saying(FIRST, now=now)
    dossier = await _dossier(now, entry)
    assert await open_claims(dossier.id) == []
    assert [each.state for each in await queries.windows_of(dossier.id)] == ["confirmed"]


async def test_a_later_version_raises_its_date_once(db: str, now: datetime):
    dossier, _ = await _moved_by_its_source(now)
    assert await raise_claims(now + 2 * MINUTE) == 0
    assert await claims.raise_for(dossier.id, now=now + 2 * MINUTE) == 0
    [claim] = await open_claims()
    assert (claim.closes, claim.known, claim.place, claim.version) == (LATER, FIRST, 1, 2)
    assert claim.quote == "Version 2: until 12.02.2027."
    assert claim.source == "Have Your Say"
    assert claim.official
    [window] = await queries.windows_of(dossier.id)
    assert (window.closes, window.state) == (FIRST, "confirmed")
    told = json.loads(
        (await Event.select().where(Event.action == "deadline claimed"))[0]["details"]
    )
    assert told["before"]["closes"] == FIRST.isoformat()


async def test_taking_a_claim_moves_the_deadline_with_its_evidence_and_back(db: str, now: datetime):
    by = await ana(now)
    dossier, claim = await _moved_by_its_source(now)
    before = {each.kind: each.due for each in await _plan(dossier)}
    event = await actions.take(claim, dossier.id, by=by, now=now + 2 * MINUTE)
    [window] = await queries.windows_of(dossier.id)
    assert (window.closes, window.state, window.sequence) == (LATER, "moved", 1)
    assert window.evidence == "Version 2: until 12.02.2027."
    after = {each.kind: each.due for each in await _plan(dossier)}
    assert all(after[kind] > before[kind] for kind in before)
    assert await open_claims() == []
    assert await raise_claims(now + 3 * MINUTE) == 0
    await undo(event, by=by, now=now + 3 * MINUTE)
    [window] = await queries.windows_of(dossier.id)
    assert (window.closes, window.evidence, window.sequence) == (FIRST, "Until 29 January.", 2)
    assert [each.id for each in await open_claims()] == [claim]
    assert {each.kind: each.due for each in await _plan(dossier)} == before


async def _plan(dossier: Dossier) -> list[Milestone]:
    windows = await queries.windows_of(dossier.id)
    return await queries.milestones_of([each.id for each in windows])


async def test_a_claim_may_be_a_further_deadline(db: str, now: datetime):
    by = await ana(now)
    dossier, claim = await _moved_by_its_source(now)
    event = await actions.take(claim, dossier.id, further=True, by=by, now=now + 2 * MINUTE)
    windows = await queries.windows_of(dossier.id)
    assert [(each.closes, each.state) for each in windows] == [
        (FIRST, "confirmed"), (LATER, "confirmed"),
    ]  # fmt: skip
    await undo(event, by=by, now=now + 3 * MINUTE)
    states = [each.state for each in await queries.windows_of(dossier.id)]
    assert states == ["confirmed", "withdrawn"]
    assert [each.id for each in await open_claims()] == [claim]


async def test_a_refused_claim_never_comes_again_and_another_date_does(db: str, now: datetime):
    by = await ana(now)
    dossier, claim = await _moved_by_its_source(now)
    entry = (await DeadlineClaim.objects().get(DeadlineClaim.id == claim)).entry
    event = await actions.refuse(claim, dossier.id, "A typing error.", by=by, now=now + MINUTE)
    assert await open_claims() == []
    await says(entry, LATER, now=now + 2 * MINUTE, version=3)
    assert await raise_claims(now + 2 * MINUTE) == 0
    await undo(event, by=by, now=now + 3 * MINUTE)
    assert [each.id for each in await open_claims()] == [claim]
    await actions.refuse(claim, dossier.id, by=by, now=now + 4 * MINUTE)
    await says(entry, LAST, now=now + 5 * MINUTE, version=4)
    assert await raise_claims(now + 5 * MINUTE) == 1
    assert [(each.closes, each.version) for each in await open_claims()] == [(LAST, 4)]


async def test_a_claim_settles_itself_when_a_person_has_moved_the_deadline_there(
    db: str, now: datetime
):
    by = await ana(now)
    dossier, claim = await _moved_by_its_source(now)
    [window] = await queries.windows_of(dossier.id)
    by_hand = NewWindow(LATER, "Europe/Brussels")
    event = await actions.move_deadline(window.id, by_hand, by=by, now=now + 2 * MINUTE)
    assert await open_claims() == []
    assert await raise_claims(now + 3 * MINUTE) == 0
    await undo(event, by=by, now=now + 3 * MINUTE)
    assert [each.id for each in await open_claims()] == [claim]


async def test_who_moves_a_deadline_away_from_its_source_is_not_told_what_it_says(
    db: str, now: datetime
):
    by = await ana(now)
    entry = await saying(FIRST, now=now)
    dossier = await _dossier(now, entry)
    [window] = await queries.windows_of(dossier.id)
    by_hand = NewWindow(LATER, "Europe/Brussels", evidence="They said so on the phone.")
    await actions.move_deadline(window.id, by_hand, by=by, now=now)
    await says(entry, FIRST, now=now, version=2)
    assert await raise_claims(now) == 0
    await says(entry, LAST, now=now, version=3)
    assert await raise_claims(now) == 1


async def test_a_claim_whose_source_takes_it_back_lapses(db: str, now: datetime):
    dossier, claim = await _moved_by_its_source(now)
    entry = (await DeadlineClaim.objects().get(DeadlineClaim.id == claim)).entry
    await says(entry, FIRST, now=now + 2 * MINUTE, version=3)
    assert await raise_claims(now + 2 * MINUTE) == 0
    assert await open_claims(dossier.id) == []
    with pytest.raises(Outdated):
        await actions.take(claim, dossier.id, by=await ana(now), now=now)


async def test_the_official_source_comes_first_and_the_conflict_is_shown(db: str, now: datetime):
    by = await ana(now)
    official = await saying(FIRST, now=now)
    dossier = await _dossier(now, official)
    paper = await source("Bergzeitung", now=now)
    paper.address = "https://bergzeitung.example/feed"
    await paper.save()
    press = await saying(LATER, now=now, title="Noch bis Februar", of=paper)
    await actions.attach([press], dossier.id, by=by, now=now)
    await says(official, LAST, now=now, version=2)
    await raise_claims(now)
    told = [(each.source, each.official, each.evident) for each in await open_claims()]
    assert told == [("Have Your Say", True, True), ("Bergzeitung", False, True)]


async def test_other_kinds_of_dates_and_dates_that_are_over_never_become_deadlines(
    db: str, now: datetime
):
    by = await ana(now)
    dossier = await _dossier(now, window=None)
    for kind in ("registration", "meeting", "force", "transposition", "other"):
        entry = await saying(FIRST, now=now, title=kind, kind=kind)
        await actions.attach([entry], dossier.id, by=by, now=now)
    old = await saying(now - timedelta(days=3), now=now, title="old")
    await actions.attach([old], dossier.id, by=by, now=now)
    assert await queries.windows_of(dossier.id) == []
    assert await open_claims() == []


async def test_a_closed_dossier_hears_what_its_sources_said_when_it_is_opened_again(
    db: str, now: datetime
):
    by = await ana(now)
    entry = await saying(FIRST, now=now)
    dossier = await _dossier(now, entry)
    await actions.close(dossier.id, "Nothing for us.", by=by, now=now)
    await says(entry, LATER, now=now, version=2)
    assert await raise_claims(now) == 0
    await actions.reopen(dossier.id, by=by, now=now + timedelta(days=30))
    assert [each.closes for each in await open_claims()] == [LATER]


async def test_two_who_decide_at_once_decide_once(db: str, now: datetime):
    dossier, claim = await _moved_by_its_source(now)
    first, second = await ana(now), await luca(now)
    done = await asyncio.gather(
        actions.take(claim, dossier.id, by=first, now=now),
        actions.refuse(claim, dossier.id, by=second, now=now),
        actions.take(claim, dossier.id, by=second, now=now),
        return_exceptions=True,
    )
    assert sum(isinstance(each, Outdated) for each in done) == 2
    [row] = await DeadlineClaim.select(DeadlineClaim.state)
    [window] = await Window.select(Window.closes)
    assert (row["state"], window["closes"]) in {("taken", LATER), ("refused", FIRST)}


async def test_the_job_and_a_person_at_once_leave_no_claim_that_fits(db: str, now: datetime):
    by = await ana(now)
    entry = await saying(FIRST, now=now)
    dossier = await _dossier(now, entry)
    [window] = await queries.windows_of(dossier.id)
    await says(entry, LATER, now=now, version=2)
    by_hand = NewWindow(LATER, "Europe/Brussels")
    await asyncio.gather(
        raise_claims(now),
        actions.move_deadline(window.id, by_hand, by=by, now=now),
        raise_claims(now),
        claims.raise_for(dossier.id, now=now),
    )
    assert await open_claims() == []
    assert [each.closes for each in await queries.windows_of(dossier.id)] == [LATER]


async def test_what_breaks_off_leaves_nothing_behind(db: str, now: datetime):
    dossier, claim = await _moved_by_its_source(now)
    events, letters = await Event.count(), await Letter.count()
    with pytest.raises(RuntimeError):
        async with database.transaction():
            await actions.take(claim, dossier.id, by=await ana(now), now=now)
            raise RuntimeError("the power is gone")
    [window] = await queries.windows_of(dossier.id)
    assert (window.closes, window.sequence) == (FIRST, 0)
    assert [each.id for each in await open_claims()] == [claim]
    assert (await Event.count(), await Letter.count()) == (events, letters)


async def test_a_claim_belongs_to_its_dossier(db: str, now: datetime):
    _, claim = await _moved_by_its_source(now)
    other = await _dossier(now)
    for number in (claim, 0, 99999999999999999999):
        with pytest.raises(NotFound):
            await actions.refuse(number, other.id, by=await ana(now), now=now)


async def test_the_job_asks_no_more_for_three_dossiers_than_for_one(db: str, now: datetime):
    await _moved_by_its_source(now)
    with counted() as one:
        await raise_claims(now + MINUTE)
    for n in (1, 2):
        entry = await saying(FIRST, now=now, title=f"Matter {n}")
        await _dossier(now, entry)
        await says(entry, FIRST, now=now, version=2)
    with counted() as three:
        await raise_claims(now + MINUTE)
    assert len(one) == len(three)
    with counted() as one:
        await open_claims()
    assert len(one) == 2


async def test_a_dossier_that_cannot_be_judged_keeps_no_other_from_its_claims(
    db: str, now: datetime
):
    broken, whole = await saying(FIRST, now=now), await saying(FIRST, now=now, title="Water")
    await _dossier(now, broken)
    dossier = await _dossier(now, whole)
    for entry in (broken, whole):
        await says(entry, LATER, now=now + MINUTE, version=2)
    await Entry.update({Entry.deadlines: "[{}]"}).where(Entry.id == broken)
    assert await raise_claims(now + MINUTE) == 1
    assert [each.dossier for each in await open_claims()] == [dossier.id]
