from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.dossiers.next_step import Known, next_step
from advocacy.dossiers.rules import DeadlineState, Station
from tests.conftest import NOW

LATER, BEFORE = NOW + timedelta(days=9), NOW - timedelta(days=1)
OPEN = [(DeadlineState.CONFIRMED, LATER)]


def known(station: Station, **values: object) -> Known:
    rest = {"claims": 0, "deadlines": OPEN, "calls": (), "has_position": False} | values
    return Known(station=station, number="2026-001", **rest)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "says", "path"),
    [
        (known(Station.OPENED), "Ask the municipalities, or begin to write.", "/d/2026-001/call"),
        (known(Station.OPENED, deadlines=()), "Find out until when", "/d/2026-001/deadlines/new"),
        (known(Station.OPENED, deadlines=[(DeadlineState.CONFIRMED, BEFORE)]), "Find out", "/d/2026-001/deadlines/new"),
        (known(Station.OPENED, deadlines=[(DeadlineState.PROPOSED, LATER)]), "confirm it", "#deadlines"),
        (known(Station.OPENED, claims=1), "Decide what a source says", "#deadlines"),
        (known(Station.OPENED, calls=[("2026-001-1", "draft", LATER)]), "Check the call", "/c/2026-001-1"),
        (known(Station.CALL, calls=[("2026-001-1", "open", LATER)]), "are answering", "/c/2026-001-1/results"),
        (known(Station.CALL, calls=[("2026-001-1", "open", BEFORE)]), "Split the answers", "/d/2026-001/passages"),
        (known(Station.CALL, calls=[("2026-001-1", "closed", BEFORE)]), "Split the answers", "/d/2026-001/passages"),
        (known(Station.DRAFT), "Begin to write.", "#position"),
        (known(Station.DRAFT, has_position=True), "Finish the position", "/p/2026-001/edit"),
        (known(Station.APPROVAL), "The presidency decides", "/p/2026-001/rounds"),
        (known(Station.SUBMITTED, deadlines=()), "what the body has decided", "/p/2026-001/outcome"),
        (known(Station.RESULT, deadlines=()), "what became of it", "/p/2026-001/outcome"),
        (known(Station.CLOSED, claims=3), "Nothing", "#history"),
    ],
)  # fmt: skip
def test_each_state_has_one_sentence_and_a_place_to_do_it(state: Known, says: str, path: str):
    step = next_step(state, now=NOW)
    assert says in step.says.text
    assert step.path == path


states = some.builds(
    known,
    some.sampled_from(list(Station)),
    claims=some.integers(0, 2),
    deadlines=some.lists(
        some.tuples(some.sampled_from(list(DeadlineState)), some.sampled_from([LATER, BEFORE]))
    ),
    calls=some.lists(
        some.tuples(
            some.just("2026-001-1"),
            some.sampled_from(["draft", "held", "open", "closed"]),
            some.just(LATER),
        )
    ),
    has_position=some.booleans(),
)


@given(states)
def test_there_is_always_a_next_step(state: Known):
    assert next_step(state, now=NOW).path
