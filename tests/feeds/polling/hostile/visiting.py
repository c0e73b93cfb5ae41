"""A row played through `poll`, and what is seen of it afterwards."""

import asyncio
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any  # rows are of as many types as their columns

from feeds.fetching import Limits
from feeds.polling import poll
from feeds.polling.noting import PollResult
from feeds.tables import Entry, Poll, Source
from tests.feeds.origin import Answer, Origin

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
HOUR = timedelta(hours=1)
# All else on loopback is as private as the rest.
LET_IN = ("127.77.0.0/16",)
LIMITS = Limits(bytes=1_000_000)
ETAG = '"v1"'
GOOD = "<rss version='2.0'><channel><item><title>Good again</title></item></channel></rss>"
UNKNOWN_RHYTHM = "its rhythm is not known yet"
ONCE = "failed once"
NO_OTHERS: Mapping[str, Answer] = {}

_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Seen:
    """`ended`: outcome, status, what failed. `then`: outcome and new entries of the second visit.

    `minutes` until the next visit, and why then.
    """

    ended: str
    error: str
    kept: tuple[Any, ...]
    etag: str | None
    minutes: float
    reason: str
    then: str


@dataclass(frozen=True, slots=True)
class Case:
    """Answers by their paths, "" is the source's own; `address` when the source has another one.

    `shows`: columns of the entries, or of the source as `source.etag`.
    """

    answers: Mapping[str, Answer]
    expected: Seen
    shows: str = "title"
    address: str = ""
    limits: Limits = LIMITS


def reads(
    answer: Answer | bytes | str,
    *kept: Any,
    shows: str = "title",
    minutes: float = 60,
    reason: str = UNKNOWN_RHYTHM,
    limits: Limits = LIMITS,
    error: str = "",
    etag: str | None = ETAG,
    others: Mapping[str, Answer] = NO_OTHERS,
) -> Case:
    """It is read, and nothing is told but what is strange about it."""
    seen = Seen("fetched 200", error, kept, etag, minutes, reason, "unchanged 0")
    return Case({"": answered(answer), **others}, seen, shows, limits=limits)


def fails(
    answer: Answer,
    problem: str,
    error: str,
    *,
    status: int | None = None,
    minutes: float = 5,
    reason: str = ONCE,
    limits: Limits = LIMITS,
    others: Mapping[str, Answer] = NO_OTHERS,
) -> Case:
    """Nothing comes of it but a sentence; the next visit is soon."""
    ended = " ".join(str(each) for each in ("failed", status, problem) if each)
    seen = Seen(ended, error, (), None, minutes, reason, "fetched 1")
    return Case({"": answered(answer), **others}, seen, limits=limits)


def is_none(
    answer: Answer | bytes | str,
    outcome: str,
    error: str,
    *,
    minutes: float = 5,
    reason: str = ONCE,
) -> Case:
    """A document, and not one that can be read."""
    seen = Seen(f"{outcome} 200", error, (), None, minutes, reason, "fetched 1")
    return Case({"": answered(answer)}, seen)


def refuses(address: str, problem: str, error: str) -> Case:
    """An address that is never visited. `{port}` in it is the origin's."""
    seen = Seen(f"failed {problem}", error, (), None, 5, ONCE, "failed 0")
    return Case({}, seen, address=address)


def answered(answer: Answer | bytes | str) -> Answer:
    """With an ETag, wherever there are headers to put it into."""
    if isinstance(answer, str):
        answer = answer.encode()
    if isinstance(answer, bytes):
        answer = Answer(answer)
    return replace(answer, headers={"ETag": ETAG, **answer.headers})


async def seen_of_all(cases: Mapping[str, Case], origin: Origin) -> dict[str, Seen]:
    """Sixteen at once, each on a host of its own."""
    room = asyncio.Semaphore(16)

    async def one(case: Case) -> Seen:
        async with room:
            return await _seen(case, origin)

    return dict(zip(cases, await asyncio.gather(*map(one, cases.values())), strict=True))


def base(origin: Origin) -> str:
    """An address for one case alone."""
    number = next(_numbers)
    port = origin.address.rpartition(":")[2]
    return f"http://127.77.{number // 250}.{number % 250 + 1}:{port}"


async def source_at(address: str) -> int:
    rows = await Source.insert(Source(address=address, created=NOW, next_due=NOW))
    return int(rows[0]["id"])


async def visit(source: int, *, now: datetime = NOW, limits: Limits = LIMITS) -> PollResult:
    return await poll(
        source, now=now, owner="office", limits=limits, private_networks=LET_IN, pause=0
    )


async def _seen(case: Case, origin: Origin) -> Seen:
    host, port = base(origin), origin.address.rpartition(":")[2]
    number = next(_numbers)
    for path, answer in case.answers.items():
        to = {name: value.format(port=port) for name, value in answer.headers.items()}
        origin.at(f"/{number}/{path}", replace(answer, headers=to))
    # Some are no addresses at all; a column takes each only once.
    address = case.address.format(port=port) or f"{host}/{number}/"
    source = await source_at(address)
    result = await visit(source, limits=case.limits)
    stored = await _stored(source)
    kept = await _kept(source, case.shows, f"{host}/{number}")
    last = await Poll.select().where(Poll.source == source).order_by(Poll.id).first()
    assert last is not None
    assert (last["outcome"], last["error"]) == (result.outcome, result.error)
    assert last["reason"] == stored["rhythm_reason"]
    if result.outcome != "fetched":
        origin.at(f"/{number}/", answered(GOOD))
    then = await visit(source, now=NOW + HOUR, limits=case.limits)
    parts = (result.outcome, last["status"], last["problem"])
    return Seen(
        ended=" ".join(str(each) for each in parts if each),
        error=result.error,
        kept=kept,
        etag=stored["etag"],
        minutes=(stored["next_due"] - NOW) / timedelta(minutes=1),
        reason=stored["rhythm_reason"],
        then=f"{then.outcome} {then.new}",
    )


async def _stored(source: int) -> dict[str, Any]:
    row = await Source.select().where(Source.id == source).first()
    assert row is not None
    return row


async def _kept(source: int, shows: str, place: str) -> tuple[Any, ...]:
    if shows.startswith("source."):
        value = (await _stored(source))[shows.removeprefix("source.")]
        return (value.replace(place, "") if value else value,)
    rows = await Entry.select().where(Entry.source == source).order_by(Entry.id)
    return tuple(_shown(row, shows.split()) for row in rows)


def _shown(row: Mapping[str, Any], names: list[str]) -> Any:
    values = [_plain(row[name]) for name in names]
    return values[0] if len(values) == 1 else tuple(values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
