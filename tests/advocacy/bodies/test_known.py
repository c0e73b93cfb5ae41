"""What is shipped, walked from end to end; and how it comes into the database."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations

import pytest

from advocacy.bodies import actions, forms, keeping, known, queries, rules
from advocacy.bodies.rules import LANGUAGES, STATES, ZONES, Level
from advocacy.bodies.tables import Body, Meeting, Presidency, Procedure
from advocacy.texts import speaking
from advocacy.undoing.actions import undo
from tests.characters import ana
from tests.queries_counted import counted

pytestmark = pytest.mark.anyio
LATER = timedelta(days=1)
BODIES = {each.key: each for each in known.BODIES}


def all_names() -> Iterator[tuple[str, tuple[str, ...]]]:
    for body in known.BODIES:
        yield body.key, body.names
    for procedure in known.PROCEDURES:
        yield procedure.key, procedure.names
        for stage in procedure.stages:
            place = f"{procedure.key}/{stage.key}"
            yield place, tuple(stage.names.get(code, "") for code in LANGUAGES)
            if stage.notes:
                yield f"{place}/note", tuple(stage.notes.get(code, "") for code in LANGUAGES)


def test_every_name_stands_in_five_languages():
    incomplete = [
        place
        for place, names in all_names()
        if len(names) != 5 or any(name != name.strip() or not name for name in names)
    ]
    assert incomplete == []


def test_what_fits_its_column():
    assert [each.key for each in (*known.BODIES, *known.PROCEDURES) if len(each.key) > 40] == []
    assert [each.law for each in known.PROCEDURES if len(each.law) > 120] == []
    assert "new" not in BODIES


def test_keys_are_unique_and_references_hold():
    procedures = [each.key for each in known.PROCEDURES]
    assert len(BODIES) == len(known.BODIES)
    assert len(set(procedures)) == len(procedures)
    assert {each.parent for each in known.BODIES} - {""} <= set(BODIES)
    others = (*known.PRESIDENCIES, *known.MEETINGS, *known.PROCEDURES)
    assert {each.body for each in others} <= set(BODIES)
    assert all(each.zone in ZONES for each in known.BODIES)
    assert all(each.level in set(Level) for each in known.BODIES)
    for procedure in known.PROCEDURES:
        keys = [stage.key for stage in procedure.stages]
        assert len(set(keys)) == len(keys)


def test_the_bodies_that_decide_on_the_alps_are_there():
    assert {
        "alpine-conference", "permanent-committee", "compliance-committee",
        "permanent-secretariat", "alpine-biodiversity-board", "alpine-climate-board",
        "eusalp-general-assembly", "eusalp-executive-board", "eusalp-action-group-leaders",
        "eusalp-youth-council", "commission", "parliament", "committee-of-the-regions",
        *(f"eusalp-action-group-{number}" for number in range(1, 10)),
    } <= set(BODIES)  # fmt: skip
    states = {each.country for each in known.BODIES if each.level == Level.NATIONAL}
    assert states == set(STATES)


def test_each_state_has_its_procedure_but_monaco_of_which_none_is_known():
    of_states = {
        BODIES[each.body].country
        for each in known.PROCEDURES
        if BODIES[each.body].level == Level.NATIONAL
    }
    assert of_states == set(STATES) - {"MC"}


def test_no_validity_is_made_up_and_each_ends_after_it_begins():
    for each in (*known.BODIES, *known.PROCEDURES):
        rules.check_period(each.valid_from, each.valid_to)
    for each in (*known.PRESIDENCIES, *known.MEETINGS):
        rules.check_period(each.begins, each.ends)
    open_ended = [each.key for each in known.BODIES if each.valid_from is None]
    assert "alpine-conference" in open_ended
    assert BODIES["transport-group"].valid_to == date(2022, 12, 31)


def test_no_two_presidencies_of_a_body_share_a_day():
    for one, other in combinations(known.PRESIDENCIES, 2):
        if one.body == other.body:
            assert not rules.overlaps(one, other), (one, other)


def test_windows_of_have_your_say_have_their_weeks():
    procedure = next(each for each in known.PROCEDURES if each.key == "have-your-say")
    weeks = {stage.key: stage.days / 7 for stage in procedure.stages}
    assert weeks == {"call_for_evidence": 4, "consultation": 12, "draft_act": 4, "feedback": 8}


async def test_a_day_decides_who_presides(db: str, now: datetime):
    await known.seed(now)

    async def head(key: str, day: date) -> str:
        found = await queries.presiding((await queries.by_key(key)).id, day)
        return found.holders if found else ""

    assert await head("alpine-conference", date(2022, 10, 26)) == "CH"
    assert await head("alpine-conference", date(2022, 10, 27)) == "SI"
    assert await head("alpine-conference", date(2026, 11, 23)) == "IT"
    assert await head("eusalp-general-assembly", date(2025, 7, 1)) == "AT,LI"
    assert await head("eusalp-general-assembly", date(2026, 11, 23)) == "Bayern"
    assert await head("eusalp-general-assembly", date(2027, 1, 1)) == ""
    assert await head("commission", date(2026, 11, 23)) == ""


async def test_seeding_twice_writes_nothing_the_second_time(db: str, now: datetime):
    await known.seed(now)
    before = [await table.select() for table in (Body, Presidency, Meeting, Procedure)]
    with counted() as asked:
        await known.seed(now + LATER)
    assert [each for each in asked if each.startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert [await table.select() for table in (Body, Presidency, Meeting, Procedure)] == before
    counts = [len(rows) for rows in before]
    shipped = (known.BODIES, known.PRESIDENCIES, known.MEETINGS, known.PROCEDURES)
    assert counts == [len(each) for each in shipped]
    limited = await Procedure.select(Procedure.key).where(Procedure.text_limit == 4000)
    assert limited == [{"key": "have-your-say"}]
    committee = await queries.by_key("permanent-committee")
    assert committee.parent == (await queries.by_key("alpine-conference")).id


async def test_what_an_office_has_changed_stays(db: str, now: datetime):
    await known.seed(now)
    by = await ana(now)
    body = await queries.by_key("commission")
    there = keeping.shown(keeping.BODY, body)
    assert isinstance(there, forms.BodyForm)
    new = replace(there, names='{"en": "Renamed"}')
    event = await actions.change_body(body.id, new, base=there.fingerprint(), by=by, now=now)
    await known.seed(now + LATER)
    assert queries.body_name(await queries.by_key("commission"), "sl") == "Renamed"
    assert event is not None
    await undo(event, by=by, now=now)
    assert (await queries.by_key("commission")).changed is None
    assert queries.body_name(await queries.by_key("commission"), "sl") == "Evropska komisija"


async def test_what_nobody_has_changed_follows_what_is_shipped(db: str, now: datetime):
    await known.seed(now)
    await Body.update({Body.names: '{"en": "Old"}', Body.valid_from: now.date()}).where(
        Body.key == "commission"
    )
    await Procedure.update({Procedure.law: "old"}).where(Procedure.key == "ch-consultation")
    await Presidency.update({Presidency.motto: "old"}).where(Presidency.holders == "AT,LI")
    await Meeting.update({Meeting.begins: date(2025, 3, 25)}).where(Meeting.number == "81")
    await known.seed(now + LATER)
    body = await queries.by_key("commission")
    assert (queries.body_name(body, "de"), body.valid_from) == ("Europäische Kommission", None)
    assert await Procedure.exists().where(Procedure.law == "VlG Art. 7")
    assert not await Presidency.exists().where(Presidency.motto == "old")
    [meeting] = await Meeting.objects().where(Meeting.number == "81")
    assert (meeting.begins, meeting.sequence) == (date(2025, 3, 26), 1)
    assert await Meeting.count() == len(known.MEETINGS)


async def test_presidencies_and_meetings_that_an_office_has_moved_stay(db: str, now: datetime):
    await known.seed(now)
    by = await ana(now)
    conference = (await queries.by_key("alpine-conference")).id
    italy = await queries.presiding(conference, date(2026, 11, 23))
    assert italy is not None
    there = keeping.shown(keeping.PRESIDENCY, italy)
    new = forms.PresidencyForm("IT", date(2025, 1, 22), date(2027, 2, 1))
    await actions.change_presidency(italy.id, new, base=there.fingerprint(), by=by, now=now)
    [rome] = await Meeting.objects().where(Meeting.number == "81")
    base = keeping.shown(keeping.MEETING, rome).fingerprint()
    moved = forms.MeetingForm(date(2025, 3, 27), date(2025, 3, 27), "81", place="Roma")
    await actions.change_meeting(rome.id, moved, base=base, by=by, now=now)
    ours = forms.PresidencyForm("FR", date(2027, 2, 2))
    await actions.add_presidency(conference, ours, by=by, now=now)
    await known.seed(now + LATER)
    assert await Presidency.count() == len(known.PRESIDENCIES) + 1
    assert await Meeting.count() == len(known.MEETINGS)
    [rome] = await Meeting.objects().where(Meeting.number == "81")
    assert rome.begins == date(2025, 3, 27)
    kept = await queries.presiding(conference, date(2025, 1, 21))
    assert kept is None


async def test_only_what_is_valid_today_is_offered(db: str, now: datetime):
    await known.seed(now)
    offered = [each.key for each in await queries.bodies(now=now)]
    assert "transport-group" not in offered
    assert "alpine-biodiversity-board" in offered
    assert offered.index("permanent-committee") > offered.index("alpine-conference")
    assert offered.index("commission") < offered.index("ch-federal") < offered.index("at-tirol")
    conference = await queries.by_key("alpine-conference")
    await Procedure.update({Procedure.valid_to: date(2026, 11, 22)}).where(
        Procedure.key == "alpine-decision"
    )
    keys = [each.key for each in await queries.procedures(now=now) if each.body.id == conference.id]
    assert keys == ["alpine-amendment"]
    with speaking("sl"):
        choice = await queries.offered(now=now, first="ch-federal")
    assert [level for level, _, _ in choice.bodies] == ["alpine", "eu", "national", "regional"]
    assert choice.procedures[0] == (
        "ch-federal", "Zvezna uprava (Švica)", [("ch-consultation", "Posvetovalni postopek")],
    )  # fmt: skip


async def test_a_usual_length_is_known_where_a_law_sets_it(db: str, now: datetime):
    await known.seed(now)
    found = {
        each.key: queries.usual_days(each, "consultation")
        for each in await queries.procedures(now=now)
    }
    assert found["have-your-say"] == 84
    assert found["ch-consultation"] == 92
    assert found["fr-consultation"] == 21
    assert found["si-consultation"] == 30
    assert found["it-consultation"] is None
    assert found["de-consultation"] is None
    assert json.loads((await queries.by_key("commission")).names)["sl"] == "Evropska komisija"
