import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.dossiers.contradictions.statements import (
    Claimed,
    End,
    Held,
    Statement,
    Verdict,
    fits,
    is_official,
    judged,
    said,
)
from advocacy.dossiers.rules import CLAIM_ALLOWED, CLAIM_ENDS, ClaimState

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"


def end(day: int, precision: str = "day", *, hour: int = 22, month: int = 12) -> End:
    minute = 59 if hour == 22 else 0
    return End(datetime(2026, month, day, hour, minute, minute, tzinfo=UTC), BRUSSELS, precision)


def statement(day: int, *, entry: int = 1, version: int = 1, precision: str = "day") -> Statement:
    return Statement(entry, version, end(day, precision))


def held(day: int, *, number: int = 1, entry: int | None = 1, state: str = "confirmed") -> Held:
    return Held(number, end(day), state, entry)


def written(
    verdict: Verdict, claims: Sequence[Claimed], ids: "itertools.count[int]"
) -> list[Claimed]:
    """What the tables hold after the verdict."""
    settled = {claim for claim, _ in verdict.settled}
    known = [
        replace(each, state=ClaimState.SETTLED)
        if each.id in settled
        else replace(each, state=ClaimState.LAPSED)
        if each.id in verdict.lapsed
        else each
        for each in claims
    ]
    return known + [
        Claimed(next(ids), each.entry, each.version, each.end, ClaimState.OPEN)
        for each, _ in verdict.raised
    ]


STATEMENTS = st.lists(
    st.builds(
        statement,
        st.integers(1, 28),
        entry=st.integers(1, 3),
        precision=st.sampled_from(["day", "exact", "month"]),
    ),
    max_size=6,
)
WINDOWS = st.lists(
    st.builds(
        held,
        st.integers(1, 28),
        number=st.integers(1, 4),
        entry=st.sampled_from([None, 1, 2]),
        state=st.sampled_from(["proposed", "confirmed", "moved", "met", "missed", "withdrawn"]),
    ),
    max_size=3,
    unique_by=lambda each: each.id,
)
CLAIMS = st.lists(
    st.builds(
        lambda number, entry, day, state: Claimed(number, entry, 1, end(day), state),
        st.integers(100, 110),
        st.integers(1, 3),
        st.integers(1, 28),
        st.sampled_from([each.value for each in ClaimState]),
    ),
    max_size=4,
    unique_by=lambda each: each.id,
)


@given(STATEMENTS, WINDOWS, CLAIMS)
def test_what_was_written_is_not_written_again(
    statements: list[Statement], windows: list[Held], claims: list[Claimed]
):
    verdict = judged(statements, windows, claims, now=NOW)
    after = written(verdict, claims, itertools.count(1000))
    again = judged(statements, windows, after, now=NOW)
    assert not again


@given(STATEMENTS, WINDOWS, CLAIMS, st.randoms())
def test_the_order_of_what_is_known_does_not_matter(
    statements: list[Statement], windows: list[Held], claims: list[Claimed], random: object
):
    first = judged(statements, windows, claims, now=NOW)
    for each in (statements, windows, claims):
        random.shuffle(each)  # type: ignore[attr-defined]
    second = judged(statements, windows, claims, now=NOW)
    assert {each.end.closes for each, _ in first.raised} == {
        each.end.closes for each, _ in second.raised
    }
    assert set(first.settled) == set(second.settled)
    assert set(first.lapsed) == set(second.lapsed)


@given(STATEMENTS, WINDOWS, CLAIMS, st.sampled_from(["taken", "refused", "settled"]))
def test_what_was_decided_never_returns_while_the_source_goes_on_saying_it(
    statements: list[Statement], windows: list[Held], claims: list[Claimed], decision: str
):
    raised = judged(statements, windows, claims, now=NOW)
    decided = [
        replace(each, state=decision) if each.state == "open" else each
        for each in written(raised, claims, itertools.count(1000))
    ]
    later = [replace(each, version=each.version + 1) for each in statements]
    again = judged(later, windows, decided, now=NOW)
    before = {(each.entry, each.end.closes) for each, _ in raised.raised}
    assert not before & {(each.entry, each.end.closes) for each, _ in again.raised}


@given(STATEMENTS, WINDOWS)
def test_nothing_that_a_deadline_says_already_and_nothing_past_is_raised(
    statements: list[Statement], windows: list[Held]
):
    now = NOW + timedelta(days=20)
    standing = [each for each in windows if each.state != "withdrawn"]
    for each, _ in judged(statements, windows, [], now=now).raised:
        assert each.end.closes > now
        assert not any(fits(each.end, window.end) for window in standing)


def test_a_refused_date_comes_again_when_the_source_has_said_another_in_between():
    windows, ids = [held(14)], itertools.count(1)
    claims: list[Claimed] = []
    told = []
    for version, day in enumerate([14, 20, 14, 20], start=1):
        verdict = judged([statement(day, version=version)], windows, claims, now=NOW)
        told.append([(each.version, each.end.closes.day) for each, _ in verdict.raised])
        claims = [
            replace(each, state="refused") if each.state == "open" else each
            for each in written(verdict, claims, ids)
        ]
    assert told == [[], [(2, 20)], [], [(4, 20)]]
    assert [each.state for each in claims] == ["lapsed", "refused"]


def test_a_claim_settles_when_a_deadline_has_its_date():
    claims = [Claimed(7, 1, 2, end(20), "open")]
    verdict = judged([statement(20, version=2)], [held(20, number=3)], claims, now=NOW)
    assert verdict == Verdict(settled=((7, 3),))


def test_a_claim_lapses_when_the_source_says_it_no_more():
    claims = [Claimed(7, 1, 2, end(20), "open")]
    assert judged([statement(14, version=3)], [held(14)], claims, now=NOW).lapsed == (7,)


def test_which_deadline_is_meant():
    two = [held(10, entry=1), held(14, number=2, entry=None)]
    [(_, meant)] = judged([statement(20)], two, [], now=NOW).raised
    assert meant == 1  # the one that came from this entry
    former = replace(statement(20), former=end(14).day())
    [(_, meant)] = judged([former], two, [], now=NOW).raised
    assert meant == 2  # the date that it says held before
    [(_, meant)] = judged([statement(10), statement(20)], [two[0]], [], now=NOW).raised
    assert meant is None  # it names the known one still: this is a further one
    [(_, meant)] = judged([statement(20, entry=9)], [two[1]], [], now=NOW).raised
    assert meant == 2  # the only one


def test_less_exact_is_no_contradiction_and_more_exact_is():
    day, month = end(14), End(end(31).closes, BRUSSELS, "month")
    noon, midnight = end(14, "exact", hour=11), end(14, "exact")
    assert fits(day, noon)
    assert not fits(noon, day)
    assert fits(midnight, day)
    assert fits(month, day)
    assert not fits(day, month)
    assert not fits(end(31), month)
    assert fits(month, month)
    assert not fits(day, replace(day, precision="unknown"))


def test_only_ends_for_input_are_deadlines_of_ours():
    kinds = ["input", "registration", "meeting", "force", "transposition", "other"]
    found = [
        {"at": end(10 + n).closes.isoformat(), "zone": BRUSSELS, "precision": "day", "kind": kind,
         "quote": "Until then."}
        for n, kind in enumerate(kinds)
    ]  # fmt: skip
    unsettled = {"at": None, "zone": BRUSSELS, "precision": "unknown", "kind": "input"}
    told = said(5, 2, json.dumps([*found, unsettled]), official=True)
    assert [(each.end.closes.day, each.version, each.official) for each in told] == [(10, 2, True)]


def test_a_body_speaks_on_its_own_host():
    assert is_official("fedlex", "https://mirror.example/")
    assert is_official("feed", "https://ec.europa.eu/feed")
    assert is_official("feed", "https://www.parlament.gv.at/x")
    assert not is_official("feed", "https://europa.eu.example/")
    assert not is_official("feed", "https://noteuropa.eu/")


def test_every_state_of_a_claim_is_reached():
    after = {state for states in CLAIM_ALLOWED.values() for state in states}
    assert after == set(ClaimState) == set(CLAIM_ALLOWED)
    assert {state for state in ClaimState if not CLAIM_ALLOWED[state]} == CLAIM_ENDS
