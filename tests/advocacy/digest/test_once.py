"""Whatever runs when, and however rhythms change: each fact once, each notice before its event."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from advocacy.digest import rules
from advocacy.digest.rules import Kind, Wish
from advocacy.people.rules import Rhythm

ZONE = "Europe/Brussels"
# The clocks go back on 25 October: an hour comes twice.
START = datetime(2026, 10, 12, 4, tzinfo=UTC)
DAY = timedelta(days=1)
HOURS = 6 * 7 * 24
STEPS = (14, 3)

hours = st.integers(0, HOURS)
rhythms = st.sampled_from([Rhythm.NOW, Rhythm.DAILY, Rhythm.WEEKLY])


@dataclass
class Reader:
    """One kind of one person, as the rows of the database keep it."""

    rhythm: Rhythm
    told: datetime = START
    announced: datetime = START
    sent: datetime | None = None
    facts: list[datetime] = field(default_factory=list)
    notices: list[tuple[datetime, datetime]] = field(default_factory=list)

    def run(self, now: datetime, facts: list[datetime], events: list[datetime]) -> None:
        wishes = [Wish(Kind.DEADLINES, self.rhythm, self.told)]
        due = rules.due(wishes, announced=self.announced, sent=self.sent, now=now, zone=ZONE)
        if due is None or (due.at_once and not rules.by_day(now, ZONE)):
            return
        span = due.spans[Kind.DEADLINES]
        told = [fact for fact in facts if span.has(fact)]
        ahead = [(now, at) for at in events if self.is_told(at, due, now)]
        self.facts += told
        self.notices += ahead
        assert all(fact <= now for fact in told)
        self.told = span.until
        self.announced = due.notices.horizon if due.notices else self.announced
        self.sent = now if told or ahead else self.sent

    @staticmethod
    def is_told(at: datetime, due: rules.Due, now: datetime) -> bool:
        """Known from the beginning."""
        dues = [rules.hour_of_notice(at, step, zone=ZONE, office=ZONE) for step in STEPS]
        return rules.is_announced(
            at,
            hours=dues,
            known=START,
            span=due.spans[Kind.DEADLINES],
            notices=due.notices,
            now=now,
        )


def at(hour: int) -> datetime:
    return START + timedelta(hours=hour)


@given(
    st.lists(hours, max_size=30),
    st.lists(st.tuples(hours, rhythms), max_size=5),
    st.lists(hours, unique=True, max_size=8),
    rhythms,
)
def test_each_fact_is_told_once_whoever_runs_whenever(
    runs: list[int], changes: list[tuple[int, Rhythm]], facts: list[int], first: Rhythm
):
    reader = Reader(first)
    happened = [at(hour) + timedelta(minutes=1) for hour in facts]
    for hour in sorted({*runs, *(when for when, _ in changes)}):
        for when, rhythm in changes:
            reader.rhythm = rhythm if when == hour else reader.rhythm
        reader.run(at(hour), [fact for fact in happened if fact <= at(hour)], [])
    reader.rhythm = Rhythm.DAILY
    reader.run(START + timedelta(days=49, hours=4), happened, [])
    assert sorted(reader.facts) == sorted(happened)


@given(
    st.lists(st.tuples(hours, rhythms), max_size=6),
    st.lists(hours, unique=True, max_size=6),
    rhythms,
)
def test_each_event_is_announced_before_it_and_once_for_each_step(
    changes: list[tuple[int, Rhythm]], events: list[int], first: Rhythm
):
    """Somebody runs every hour."""
    reader = Reader(first)
    ahead = [at(hour) + 20 * DAY for hour in events]
    for hour in range(HOURS + 21 * 24):
        for when, rhythm in changes:
            reader.rhythm = rhythm if when == hour else reader.rhythm
        reader.run(at(hour), [], ahead)
    for each in ahead:
        told = [now for now, event in reader.notices if event == each]
        assert 1 <= len(told) <= len(STEPS)
        assert all(now < each for now in told)


@given(st.lists(hours, min_size=1, max_size=20), st.lists(hours, unique=True, max_size=6), rhythms)
def test_a_notice_is_caught_up_while_the_event_is_ahead_and_never_sent_after_it(
    runs: list[int], events: list[int], rhythm: Rhythm
):
    reader = Reader(rhythm)
    ahead = [at(hour) for hour in events]
    for hour in sorted(set(runs)):
        reader.run(at(hour), [], ahead)
    assert all(now < event for now, event in reader.notices)
    for event in ahead:
        assert len([each for _, each in reader.notices if each == event]) <= len(STEPS)
