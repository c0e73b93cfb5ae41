"""Many sources at once: whose turn it is, and whose fault."""

import socket
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from feeds.fetching import Limits
from feeds.polling import claiming, poll_due
from feeds.polling.claiming import LEASE
from feeds.polling.noting import PollResult
from feeds.polling.outage import SENTENCE
from feeds.tables import Host, Poll, Source
from tests.feeds.origin import LOOPBACK, Answer, Origin

pytestmark = pytest.mark.anyio
NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
FEED = b'<rss version="2.0"><channel><title>Musterdorf</title><item><title>1</title></item></channel></rss>'


async def sources_at(*addresses: str, due: datetime = NOW) -> list[int]:
    rows = [
        Source(address=each, host=claiming.host_of(each), created=NOW, next_due=due)
        for each in addresses
    ]
    return [row["id"] for row in await Source.insert(*rows)]


async def visit_all(*, now: datetime = NOW, pause: float = 0.0) -> list[PollResult]:
    return await poll_due(
        now=now,
        owner="office",
        limit=1000,
        limits=Limits(connect=1, total=3),
        private_networks=LOOPBACK,
        pause=pause,
    )


def outcomes(results: list[PollResult]) -> list[str]:
    return sorted(each.outcome for each in results)


def silent_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return int(some.getsockname()[1])


async def test_a_server_is_claimed_once_however_many_of_its_sources_are_due(db: str) -> None:
    await sources_at(*(f"https://amt.example.org/{n}" for n in range(60)), due=NOW - LEASE)
    others = await sources_at(*(f"https://gemeinde{n}.example.org/" for n in range(5)))
    claimed = await claiming.claim_due(now=NOW, owner="one", limit=10)
    assert (len(claimed), set(others) <= set(claimed)) == (6, True)
    assert await claiming.claim_due(now=NOW, owner="other", limit=10) == []


async def test_a_server_that_a_dead_process_visited_is_free_with_the_lease(db: str) -> None:
    await sources_at("https://amt.example.org/1", "https://amt.example.org/2")
    [one] = await claiming.claim_due(now=NOW, owner="dead", limit=10)
    after = NOW + LEASE + timedelta(seconds=1)
    assert await claiming.claim_due(now=after, owner="other", limit=10) == [one]


async def test_all_sources_of_a_server_are_visited_with_a_pause_between_them(
    db: str, origin: Origin
) -> None:
    await sources_at(*(origin.at(f"/{n}", FEED) for n in range(5)))
    results = await visit_all(pause=0.1)
    assert outcomes(results) == ["fetched"] * 5
    polls = await Poll.select(Poll.started, Poll.ended).order_by(Poll.started)
    pauses = [later["started"] - earlier["ended"] for earlier, later in pairwise(polls)]
    assert all(pause >= timedelta(seconds=0.1) for pause in pauses)


async def test_a_host_is_free_again_after_the_visit_and_its_pause(db: str, origin: Origin) -> None:
    await sources_at(origin.at("/1", FEED))
    await visit_all(pause=2)
    ended = (await Poll.select(Poll.ended))[0]["ended"]
    hosts = await Host.select(Host.name, Host.free_at)
    assert hosts == [{"name": "127.0.0.1", "free_at": ended + timedelta(seconds=2)}]


async def test_when_nothing_can_be_reached_it_is_our_outage(db: str) -> None:
    port = silent_port()
    await sources_at(*(f"http://127.0.0.{n}:{port}/" for n in range(1, 7)))
    assert outcomes(await visit_all()) == ["outage"] * 6
    sources = await Source.select()
    told = {(each["failures"], each["first_failure"], each["last_error"]) for each in sources}
    assert told == {(0, None, "")}
    waits = [each["next_due"] - NOW for each in sources]
    assert all(timedelta(minutes=4) <= wait <= timedelta(minutes=6) for wait in waits)
    polls = await Poll.select(Poll.error, Poll.problem, Poll.reason)
    reason = "nothing could be reached from here"
    assert polls == [{"error": SENTENCE, "problem": "unreachable", "reason": reason}] * 6


async def test_during_an_outage_one_source_is_asked_until_it_answers(
    db: str, origin: Origin
) -> None:
    port = silent_port()
    await sources_at(*(f"http://127.0.0.{n}:{port}/" for n in range(2, 8)))
    await visit_all()
    [reachable] = await sources_at(origin.at("/", FEED), due=NOW - timedelta(days=1))
    later = NOW + timedelta(minutes=2)
    assert [each.source for each in await visit_all(now=later)] == [reachable]
    # The line is back: everything that is due is visited again.
    much_later = NOW + timedelta(minutes=10)
    assert len(await visit_all(now=much_later)) == 6


async def test_what_failed_just_before_an_outage_was_known_is_forgiven(db: str) -> None:
    port = silent_port()
    early = await sources_at(*(f"http://127.0.0.{n}:{port}/" for n in range(2, 5)))
    assert outcomes(await visit_all()) == ["failed"] * 3
    await sources_at(*(f"http://127.0.0.{n}:{port}/" for n in range(5, 8)))
    assert outcomes(await visit_all(now=NOW + timedelta(minutes=1))) == ["outage"] * 3
    failures = await Source.select(Source.failures).where(Source.id.is_in(early))
    assert [each["failures"] for each in failures] == [0] * 3


async def test_servers_that_cannot_be_reached_while_most_can_are_at_fault(db: str) -> None:
    others = await sources_at(*(f"https://gemeinde{n}.example.org/" for n in range(6)), due=LATER)
    await Poll.insert(*(Poll(source=n, started=NOW, ended=NOW, outcome="fetched") for n in others))
    port = silent_port()
    await sources_at(*(f"http://127.0.0.{n}:{port}/" for n in range(1, 6)))
    assert outcomes(await visit_all()) == ["failed"] * 5


async def test_a_server_that_limits_two_of_its_sources_is_left_alone_as_a_whole(
    db: str, origin: Origin
) -> None:
    limited = Answer(status=429, headers={"Retry-After": "3600"})
    addresses = [origin.at(f"/{n}", limited) for n in range(2)] + [origin.at("/3", FEED)]
    await sources_at(addresses[0])
    await visit_all()
    # One may be limited by its path; the others of the server are visited as usual.
    await sources_at(addresses[2])
    assert outcomes(await visit_all(now=NOW + timedelta(minutes=1))) == ["fetched"]
    await sources_at(addresses[1])
    assert outcomes(await visit_all(now=NOW + timedelta(minutes=2))) == ["failed"]
    await Source.update({Source.next_due: NOW}).where(Source.address == addresses[2])
    assert await visit_all(now=NOW + timedelta(minutes=30)) == []
    after = await visit_all(now=NOW + timedelta(minutes=63))
    assert outcomes(after) == ["failed", "failed", "unchanged"]
