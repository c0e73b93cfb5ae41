"""What the database keeps of open entries is what entries and decisions say, after anything."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any  # rows

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from advocacy import database
from advocacy.commands.opening import known_migrations
from advocacy.errors import Outdated
from advocacy.exports import backup
from advocacy.people.tables import Person
from advocacy.triage import actions, heading, queries
from advocacy.triage.forms import Filters
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from advocacy.undoing.actions import undo
from feeds.tables import Entry, EntryVersion, Source
from tests.advocacy.triage.sample import entry, source
from tests.characters import ana
from tests.conftest import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LANGUAGES = ("de", "sl")
migration = import_module("migrations.alphorn.alphorn_2026_11_22_open_entries")

picks = st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True)
hours = st.integers(-30, 60)
steps = st.one_of(
    st.tuples(st.just("new"), st.sampled_from(LANGUAGES), st.none() | hours),
    st.tuples(st.just("decide"), picks, st.sampled_from([Decision.DISMISSED, Decision.DUPLICATE])),
    st.tuples(st.just("put off"), picks, st.integers(1, 50)),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("change"), st.integers(0, 5), st.sampled_from(LANGUAGES), hours),
    st.tuples(st.just("wait"), st.integers(1, 40)),
)


class Office:
    """Ana at work: acts that the rules refuse are refused, the rest happens."""

    def __init__(self, by: Person) -> None:
        self.by, self.now = by, NOW
        self.entries: list[int] = []
        self.events: list[int] = []

    async def does(self, step: tuple[Any, ...]) -> None:
        match step:
            case ("new", language, due):
                closes = None if due is None else self.now + due * HOUR
                title = f"Entry {len(self.entries)}"
                self.entries.append(
                    await entry(title, now=self.now, language=language, closes=closes)
                )
            case ("decide", which, decision):
                await self._decides(which, decision)
            case ("put off", which, ahead):
                await self._decides(which, Decision.LATER, until=self.now + ahead * HOUR)
            case ("undo", which) if self.events:
                event = self.events[which % len(self.events)]
                with contextlib.suppress(Outdated):
                    await undo(event, by=self.by, now=self.now)
            case ("change", which, language, due) if self.entries:
                other = await source("gov.si", now=self.now)
                changed: dict[Any, Any] = {
                    Entry.language: language,
                    Entry.next_deadline: self.now + due * HOUR,
                    Entry.source: other.id,
                }
                await Entry.update(changed).where(Entry.id == self._picked([which])[0])
            case ("wait", ahead):
                self.now += ahead * HOUR

    async def _decides(self, which: list[int], decision: Decision, **more: Any) -> None:
        if self.entries:
            with contextlib.suppress(Outdated):
                event = await actions.decide(
                    self._picked(which), decision, by=self.by, now=self.now, **more
                )
                self.events.append(event)

    def _picked(self, which: Sequence[int]) -> list[int]:
        return list(dict.fromkeys(self.entries[each % len(self.entries)] for each in which))


async def _said(now: datetime, language: str = "") -> list[int]:
    """The inbox as entries and decisions say it, in its order."""
    decided = {row["entry"]: row for row in await Triage.select()}
    rows = [
        row
        for row in await Entry.select().order_by(Entry.id, ascending=False)
        if (not language or row["language"] == language)
        and (
            row["id"] not in decided
            or (decided[row["id"]]["decision"] == "later" and decided[row["id"]]["until"] <= now)
        )
    ]
    due = [row for row in rows if row["next_deadline"] and row["next_deadline"] > now]
    soonest = sorted(due, key=lambda row: (row["next_deadline"], row["id"]))
    return [row["id"] for row in soonest] + [row["id"] for row in rows if row not in due]


async def _shown(now: datetime, language: str = "") -> list[int]:
    """The inbox, page by page."""
    seen: list[int] = []
    after = ""
    while True:
        page = await queries.inbox(Filters(language=language), after=after, now=now, limit=2)
        seen += [row.id for row in page.rows]
        after = page.after
        if not after:
            return seen


async def _kept() -> list[dict[str, Any]]:
    columns = "entry, source, language, next_deadline, until"
    rows: list[dict[str, Any]] = await Entry.raw(f"SELECT {columns} FROM open_entry ORDER BY entry")
    return rows


async def _worked_out() -> list[dict[str, Any]]:
    """What is kept, made anew from entries and decisions."""
    await Entry.raw("DELETE FROM open_entry")
    await Entry.raw(migration.OPEN)
    return await _kept()


async def _emptied() -> None:
    for table in (Triage, EntryVersion, Entry):
        await table.delete(force=True)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=st.lists(steps, min_size=1, max_size=12))
@example(
    story=[
        ("put off", [0], 2),
        ("put off", [0], 30),
        ("decide", [0], Decision.DISMISSED),
        ("undo", 2),
    ]
)
@example(story=[("put off", [0, 1], 2), ("wait", 3), ("change", 0, "sl", 9), ("undo", 0)])
def test_whatever_is_decided_undone_put_off_or_comes_in_the_inbox_has_what_is_open(
    story: list[tuple[Any, ...]], database_url: str
):
    async def told() -> None:
        async with database.started(database_url):
            known = await Person.objects().where(Person.name == "Ana Muster").first()
            office = Office(known or await ana(NOW))
            await _emptied()
            assert await _kept() == []
            for step in [("new", "de", None), ("new", "sl", 20), *story]:
                await office.does(step)
                for now in (office.now, office.now + DAY):
                    assert await _shown(now) == await _said(now)
            for language in LANGUAGES:
                assert await _shown(office.now, language) == await _said(office.now, language)
            assert (await heading.progress(now=office.now)).open == len(await _said(office.now))
            assert await _kept() == await _worked_out()

    asyncio.run(told())


@pytest.mark.anyio
async def test_a_restored_backup_has_the_same_inbox(db: str, now: datetime, tmp_path: Path):
    by = await ana(now)
    ids = [await entry(f"Entry {n}", now=now, closes=now + n * DAY) for n in range(4)]
    for number, decision in ((ids[0], "dismissed"), (ids[1], "later"), (ids[2], "later")):
        until = now + (DAY if number == ids[1] else -DAY)
        await Triage(
            entry=number, decision=decision, person=by.id, at=now,
            until=until if decision == "later" else None,
        ).save()  # fmt: skip
    before = await _kept()
    assert [row["entry"] for row in before] == ids[1:]
    assert await _shown(now) == [ids[2], ids[3]]
    path = tmp_path / "all.zip"
    await backup.write(path, migrations=known_migrations(), now=now)
    for table in reversed(backup.kept_tables()):
        await table.delete(force=True)
    assert await _kept() == []
    await backup.restore(path, migrations=known_migrations())
    assert await _kept() == before


async def _at_once(first: Callable[[], Awaitable[object]], second: Callable[[], Any]) -> None:
    """The second begins while the first has done its work and not yet committed."""
    done = asyncio.Event()

    async def slow() -> None:
        async with database.transaction():
            await first()
            done.set()
            await asyncio.sleep(0.3)

    async def next_one() -> None:
        await done.wait()
        await second()

    await asyncio.gather(slow(), next_one())


@pytest.mark.anyio
@pytest.mark.parametrize("undone_first", [True, False])
async def test_an_entry_that_a_poll_changes_while_its_decision_is_undone_is_kept_as_it_is(
    db: str, now: datetime, undone_first: bool
):
    by = await ana(now)
    number = await entry("Entry", now=now, language="en")
    event = await actions.decide([number], Decision.DISMISSED, by=by, now=now)

    async def undone() -> None:
        await actions.take_back([number], event, {})

    async def changed() -> None:
        await Entry.update({Entry.language: "sl"}).where(Entry.id == number)

    await (_at_once(undone, changed) if undone_first else _at_once(changed, undone))
    assert [(row["entry"], row["language"]) for row in await _kept()] == [(number, "sl")]


@pytest.mark.anyio
async def test_sources_of_one_name_are_filtered_together(db: str, now: datetime):
    first = await source("gov.si", now=now)
    second = Source(name="gov.si", address="https://gov.example/2", created=now, next_due=now)
    await second.save()
    other = await entry("Other", now=now)
    ids = [await entry(f"Entry {n}", now=now, of=of) for n, of in enumerate((first, second))]
    german = await entry("Deutsch", now=now, of=second, language="de")
    for filters, wanted in {
        Filters(source="gov.si"): [german, *ids[::-1]],
        Filters(source="gov.si", language="de"): [german],
        Filters(source="nobody"): [],
        Filters(): [german, *ids[::-1], other],
    }.items():
        shown = await queries.inbox(filters, now=now)
        assert [row.id for row in shown.rows] == wanted, filters


@pytest.mark.anyio
async def test_a_page_key_whose_deadline_has_passed_goes_on_with_what_is_still_ahead(
    db: str, now: datetime
):
    due = [await entry(f"Due {n}", now=now, closes=now + n * HOUR) for n in (1, 2, 3)]
    first = await queries.inbox(Filters(), now=now, limit=1)
    later = now + HOUR + timedelta(minutes=1)
    shown = await queries.inbox(Filters(), after=first.after, now=later)
    assert [row.id for row in shown.rows] == [due[1], due[2], due[0]]


@pytest.mark.anyio
async def test_progress_counts_the_decisions_of_today_and_so_many_open_ones_at_most(
    db: str, now: datetime, monkeypatch: pytest.MonkeyPatch
):
    by = await ana(now)
    ids = [await entry(f"Entry {n}", now=now) for n in range(7)]
    await actions.decide(ids[:1], Decision.DISMISSED, by=by, now=now - DAY)
    await actions.decide(ids[1:3], Decision.DISMISSED, by=by, now=now)
    await actions.decide(ids[3:4], Decision.LATER, until=now + DAY, by=by, now=now)
    progress = await heading.progress(now=now)
    assert (progress.by_decision, progress.open) == ({"dismissed": 2, "later": 1}, 3)
    monkeypatch.setattr(heading, "COUNTED", 2)
    assert (await heading.progress(now=now)).open == 2
