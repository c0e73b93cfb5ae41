"""A dossier of another day: taken back act by act, and what was not kept is not guessed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.dossiers import actions, editing, queries
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.looking_back import chronicle, past, rebuilding
from advocacy.dossiers.looking_back.past import Act, Gap, State, as_of, end_of, rewound
from advocacy.dossiers.looking_back.rebuilding import acts_of, then
from advocacy.dossiers.rules import Station
from advocacy.dossiers.tables import Dossier
from advocacy.history.tables import Event
from advocacy.undoing.actions import undo
from feeds.tables import EntryVersion
from tests.advocacy.triage.sample import entry
from tests.browsing import browser
from tests.characters import ana, luca

CLOSES = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)
BEGINNING = datetime(2026, 11, 1, 9, tzinfo=UTC)


# A matter that is worked on by chance, each act keeping what it replaces.


@dataclass
class Worked:
    """The state after each act is remembered, to be compared with what is rebuilt."""

    acts: list[Act] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    now: State = field(
        default_factory=lambda: State({"title": "A", "station": "opened", "closed_reason": ""})
    )

    def act(  # noqa: PLR0917  as the history has them
        self,
        action: str,
        kind: str,
        number: int,
        details: Mapping[str, Any],
        new: State,
        undone: Act | None = None,
    ) -> None:
        at = BEGINNING + len(self.acts) * timedelta(hours=7)
        self.acts.append(
            Act(len(self.acts) + 1, at, "Ana Muster", action, kind, number, 1, details, undone)
        )
        self.now = new
        self.states.append(new)


def _row(closes: datetime) -> dict[str, Any]:
    return {"closes": closes, "zone": "Europe/Brussels", "state": "confirmed", "here": True}


def _with(state: State, **new: Any) -> State:
    values = {name: getattr(state, name) for name in ("facts", "windows", "plans", "sources")}
    return State(**values | new)


def _change(it: Worked, draw: st.DrawFn) -> None:
    before = {"title": it.now.facts["title"]}
    after = {"title": draw(st.sampled_from("ABCDE"))}
    details = {"before": before, "to": after}
    it.act("dossier changed", "dossier", 1, details, _with(it.now, facts={**it.now.facts, **after}))


def _step(it: Worked, draw: st.DrawFn) -> None:
    after = draw(st.sampled_from(["call", "draft", "closed"]))
    details = {
        "from": it.now.facts["station"], "to": after, "reason": "r" if after == "closed" else "",
        "reason before": it.now.facts["closed_reason"],
    }  # fmt: skip
    facts = {**it.now.facts, "station": after, "closed_reason": details["reason"]}
    it.act("dossier advanced", "dossier", 1, details, _with(it.now, facts=facts))


def _attach(it: Worked, draw: st.DrawFn) -> None:
    number = 100 + len(it.acts)
    at = BEGINNING + len(it.acts) * timedelta(hours=7)
    sources = {**it.now.sources, number: {"how": "source", "at": at, "here": True}}
    details = {"entries": [number], "how": "source"}
    it.act("entry attached", "entry", number, details, _with(it.now, sources=sources))


def _set(it: Worked, draw: st.DrawFn) -> None:
    number = 10 + len(it.acts)
    windows = {**it.now.windows, number: _row(CLOSES)}
    plans = {**it.now.plans, number: {"submit": _due(CLOSES)}}
    it.act("deadline set", "window", number, {}, _with(it.now, windows=windows, plans=plans))


def _due(closes: datetime) -> dict[str, Any]:
    return {"due": closes - DAY, "reason": "", "met": None}


def _written(row: Mapping[str, Any]) -> dict[str, Any]:
    """As the database gives back what a room has put down."""
    kept = {name: value for name, value in row.items() if name != "here"}
    return json.loads(json.dumps(kept, default=lambda value: value.isoformat()))


def _move(it: Worked, draw: st.DrawFn) -> None:
    if not it.now.windows:
        return
    number = draw(st.sampled_from(sorted(it.now.windows)))
    row = it.now.windows[number]
    closes = row["closes"] + draw(st.integers(-5, 5)) * DAY
    plan = {kind: _written(each) for kind, each in it.now.plans[number].items()}
    details = {"before": _written(row) | {"milestones": plan}}
    new = _with(
        it.now,
        windows={**it.now.windows, number: {**row, "closes": closes, "state": "moved"}},
        plans={**it.now.plans, number: {"submit": _due(closes)}},
    )
    it.act("deadline moved", "window", number, details, new)


def _undo(it: Worked, draw: st.DrawFn) -> None:
    """The last act on the dossier itself, as long as it is the last."""
    if not it.acts or it.acts[-1].action not in {
        "dossier changed", "dossier advanced", "entry attached",
    }:  # fmt: skip
        return
    undone = it.acts[-1]
    before = it.states[-2] if len(it.states) > 1 else FIRST
    it.act("undone", undone.kind, undone.object, {"action": undone.action}, before, undone)


FIRST = Worked().now


@st.composite
def worked(draw: st.DrawFn) -> Worked:
    it = Worked()
    for _ in range(draw(st.integers(0, 14))):
        draw(st.sampled_from([_change, _step, _attach, _set, _move, _undo]))(it, draw)
    return it


def _compared(state: State) -> tuple[Any, ...]:
    here = {number: state.plans.get(number) for number in state.windows}
    return state.facts, state.windows, here, state.sources, state.gaps


@given(worked())
def test_each_moment_is_rebuilt_as_it_was(it: Worked):
    for place, state in enumerate(it.states):
        rebuilt = rewound(it.now, it.acts[place + 1 :])
        assert _compared(rebuilt) == _compared(state)
    assert _compared(rewound(it.now, it.acts)) == _compared(FIRST)


@given(worked(), st.data())
def test_going_back_in_two_steps_is_going_back_in_one(it: Worked, data: st.DataObject):
    later = data.draw(st.integers(0, len(it.acts)))
    earlier = data.draw(st.integers(0, later))
    twice = rewound(rewound(it.now, it.acts[later:]), it.acts[earlier:later])
    assert _compared(twice) == _compared(rewound(it.now, it.acts[earlier:]))


@given(worked(), st.data())
def test_what_happens_later_changes_no_day_before(it: Worked, data: st.DataObject):
    end = BEGINNING + data.draw(st.integers(0, 100)) * timedelta(hours=1)
    known = [act for act in it.acts if act.at < end]
    then_present = it.states[len(known) - 1] if known else FIRST
    assert _compared(as_of(it.now, it.acts, end)) == _compared(as_of(then_present, known, end))


@given(worked())
def test_the_present_is_what_all_acts_lead_to(it: Worked):
    end = BEGINNING + timedelta(days=365)
    assert _compared(as_of(it.now, it.acts, end)) == _compared(it.now)


def _act(number: int, action: str, details: Mapping[str, Any], undone: Act | None = None) -> Act:
    kind = "window" if "deadline" in action else "dossier"
    object_ = 7 if kind == "window" or (undone and undone.kind == "window") else 1
    kind = undone.kind if undone else kind
    return Act(number, BEGINNING, "Ana Muster", action, kind, object_, 1, details, undone)


def test_a_move_that_kept_no_plan_leaves_a_gap_and_no_guess():
    state = State({}, {7: _row(CLOSES)}, {7: {"submit": _due(CLOSES)}})
    moved = _act(1, "deadline moved", {"before": {"closes": "2027-01-15T22:59:59+00:00"}})
    before = rewound(state, [moved])
    assert before.windows[7]["closes"] == datetime(2027, 1, 15, 22, 59, 59, tzinfo=UTC)
    assert before.gaps == {(Gap.MILESTONES, 7)}
    first = _act(0, "deadline moved", {"before": {"milestones": {}}})
    assert rewound(before, [first]).gaps == frozenset()


def test_what_a_change_said_before_it_was_undone_is_a_gap_when_it_was_not_kept():
    changed = _act(1, "dossier changed", {"before": {"title": "A"}})
    undone = _act(2, "undone", {}, changed)
    between = rewound(State({"title": "A"}), [undone])
    assert between.gaps == {(Gap.FACTS, 0)}
    assert rewound(between, [changed]) == State({"title": "A"})


def test_a_day_ends_at_midnight_in_brussels_whatever_the_clocks_do():
    assert end_of(date(2026, 11, 12)) == datetime(2026, 11, 12, 23, tzinfo=UTC)
    assert end_of(date(2026, 7, 1)) == datetime(2026, 7, 1, 22, tzinfo=UTC)
    assert end_of(date(2026, 10, 25)) - end_of(date(2026, 10, 24)) == timedelta(hours=25)
    assert past.day_of(datetime(2026, 11, 12, 23, tzinfo=UTC)) == date(2026, 11, 13)


def test_calls_and_their_answers_are_read_from_the_acts():
    def act(number: int, action: str, **details: object) -> Act:
        return Act(number, BEGINNING, "Ana Muster", action, "call", 3, 1, details)

    drafted = act(1, "call drafted", call="2026-014-1")
    sent = act(2, "call sent")
    answers = [
        act(3, "answered", call="2026-014-1", code="SI-07"),
        act(4, "answered", call="2026-014-1", code="AT-01"),
        act(5, "answered", call="2026-014-1", code="SI-07"),
    ]
    withdrawn = act(6, "answer withdrawn", call="2026-014-1", code="AT-01")
    assert [each.state for each in chronicle.calls([drafted])] == ["draft"]
    [then_] = chronicle.calls([drafted, sent, *answers])
    assert (then_.state, then_.answers) == ("open", 2)
    assert chronicle.calls([drafted, sent, *answers, withdrawn])[0].answers == 1


# With the database and the page.


def _new(title: str = "Herdenschutz", **values: object) -> NewDossier:
    window = NewWindow(CLOSES, "Europe/Brussels", evidence="Until 29 January.")
    return NewDossier(title=title, window=window, **values)  # type: ignore[arg-type]


async def _changed(dossier: Dossier, now: datetime, **values: object) -> int:
    there = editing.as_change(await queries.by_id(dossier.id))
    new = type(there)(
        **{name: getattr(there, name) for name in there.__dataclass_fields__} | values
    )
    event = await actions.change(
        dossier.id, new, base=there.fingerprint(), by=await ana(now), now=now
    )
    assert event is not None
    return event


@pytest.mark.anyio
async def test_every_day_of_a_dossier_is_shown_as_it_was(db: str, now: datetime):
    by = await ana(now)
    source = await entry("Protection of herds", now=now)
    dossier = await actions.open_dossier(_new(), entry_id=source, by=by, now=now)
    [window] = await queries.windows_of(dossier.id)
    planned = {each.kind: each.due for each in await queries.milestones_of([window.id])}
    second = await entry("Second source", now=now)
    await actions.attach([second], dossier.id, by=by, now=now + DAY)
    await EntryVersion(entry=second, number=2, seen_at=now + 3 * DAY, title="Anew").save()
    moved = NewWindow(CLOSES + 14 * DAY, "Europe/Brussels")
    move = await actions.move_deadline(window.id, moved, by=by, now=now + 2 * DAY)
    change = await _changed(dossier, now + 3 * DAY, title="Schutz der Herden", countries=("SI",))
    await undo(move, by=by, now=now + 4 * DAY)
    await undo(change, by=by, now=now + 5 * DAY)
    await actions.advance(dossier.id, Station.CALL, by=by, now=now + 6 * DAY)
    acts = await acts_of(dossier)
    dossier = await queries.by_id(dossier.id)
    shown = [await then(dossier, acts, past.day_of(now + n * DAY)) for n in range(7)]
    assert [each.facts["title"] for each in shown] == [
        *["Herdenschutz"] * 3, *["Schutz der Herden"] * 2, *["Herdenschutz"] * 2,
    ]  # fmt: skip
    assert [each.facts["countries"] for each in shown] == ["", "", "", "SI", "SI", "", ""]
    assert [each.windows[0]["closes"] for each in shown] == [
        *[CLOSES] * 2, *[CLOSES + 14 * DAY] * 2, *[CLOSES] * 3,
    ]  # fmt: skip
    assert [each.windows[0]["state"] for each in shown][1:4] == ["confirmed", "moved", "moved"]
    assert {kind: each["due"] for kind, each in shown[0].windows[0]["plan"]} == planned
    assert {kind: each["due"] for kind, each in shown[2].windows[0]["plan"]} != planned
    assert [len(each.sources) for each in shown] == [1, 2, 2, 2, 2, 2, 2]
    assert [each.sources[-1]["version"]["number"] for each in shown][1:4] == [1, 1, 2]
    assert [each.facts["station"] for each in shown] == ["opened"] * 6 + ["call"]
    met = [kind for kind, each in shown[6].windows[0]["plan"] if each["met"]]
    assert met == ["call_out"]
    assert not any(each["met"] for _, each in shown[5].windows[0]["plan"])
    assert [len(each.acts) for each in shown] == [1, 2, 3, 4, 5, 6, 7]
    assert all(not each.gaps for each in shown[:3])


@pytest.mark.anyio
async def test_the_page_shows_the_day_and_leads_to_the_days_around(db: str, now: datetime):
    dossier = await actions.open_dossier(_new(), by=await luca(now), now=now - 5 * DAY)
    await _changed(dossier, now - 2 * DAY, title="Schutz der Herden")
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        page = await web.get("/en/d/2026-001?as-of=2026-11-19")
        assert page.status_code == 200
        assert "Herdenschutz" in page.text
        assert "Schutz der Herden" not in page.text
        for day in ("2026-11-18", "2026-11-20", "2026-11-21"):
            assert f"as-of={day}" in page.text
        assert 'type="date"' in page.text
        page = await web.get("/en/d/2026-001?as-of=2026-11-21")
        assert "Schutz der Herden" in page.text


@pytest.mark.anyio
async def test_days_that_cannot_be_shown_are_answered_with_a_sentence(db: str, now: datetime):
    await actions.open_dossier(_new(), by=await luca(now), now=now)
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        for wrong in ("2026-13-40", "yesterday", "0000-00-00", "99999-01-01", "２０２６-11-23"):
            page = await web.get(f"/en/d/2026-001?as-of={wrong}")
            assert page.status_code == 422
            assert "Enter a day such as 2026-11-12" in page.text
        page = await web.get("/en/d/2026-001?as-of=2026-11-12")
        assert page.status_code == 404
        assert "It did not exist yet" in page.text
        assert "23 Nov 2026" in page.text
        page = await web.get("/en/d/2026-001?as-of=2026-12-24")
        assert page.status_code == 404
        assert "This day has not come yet" in page.text


def _as_long_ago(details: Mapping[str, Any]) -> dict[str, Any]:
    """Without the plan, which the first releases did not keep."""
    before = {name: value for name, value in details["before"].items() if name != "milestones"}
    return {"before": before}


@pytest.mark.anyio
async def test_what_was_not_kept_is_said_on_the_page(db: str, now: datetime):
    by = await luca(now)
    dossier = await actions.open_dossier(_new(), by=by, now=now - 9 * DAY)
    [window] = await queries.windows_of(dossier.id)
    moved = NewWindow(CLOSES + 14 * DAY, "Europe/Brussels")
    await actions.move_deadline(window.id, moved, by=by, now=now - 3 * DAY)
    acts = await acts_of(dossier)
    older = [replace(act, details=_as_long_ago(act.details)) for act in acts]
    shown = await then(await queries.by_id(dossier.id), older, past.day_of(now - 5 * DAY))
    assert shown.gaps == {(Gap.MILESTONES, window.id)}
    assert shown.windows[0]["closes"] == CLOSES
    assert await Event.count().where(Event.action == "deadline moved") == 1
    assert rebuilding.opened(dossier) == past.day_of(now - 9 * DAY)
