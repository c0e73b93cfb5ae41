import asyncio
import copy
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feeds.parsing import KINDS, Ask, Document, ParsedEntry, isolation, kind_of, parse_document
from feeds.parsing.isolation import (
    CrashedError,
    OutOfTimeError,
    RaisedError,
    call,
    detail_safely,
    parse_safely,
)

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[3]
ADDRESS = "https://www.musterdorf.example/feed"
GOOD = b"<rss version='2.0'><channel><item><title>Sitzung</title></item></channel></rss>"


@pytest.fixture(autouse=True)
def _workers() -> Iterator[None]:
    isolation.end_all()
    yield
    isolation.end_all()


async def title_of_a_good_one() -> str:
    return (await parse_safely("feed", Document(GOOD, ADDRESS))).entries[0].title


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ended_within(pid: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


async def test_a_sample_gives_what_it_gives_in_this_process(samples: Path) -> None:
    bodies = [path.read_bytes() for path in sorted(samples.glob("*"))]  # noqa: ASYNC240 - few
    for body in bodies:
        document = Document(body, ADDRESS, settings={"selector": "body"})
        kind = kind_of(document)
        assert await parse_safely(kind, document) == parse_document(kind, document)


async def test_broken_xml_gives_what_was_good_in_it() -> None:
    body = b"<rss version='2.0'><channel><item><title>Good</title></item><item><title>Half"
    parsed = await parse_safely("feed", Document(body, ADDRESS))
    assert parsed.entries[0].title == "Good"


async def test_documents_are_read_by_one_kept_process() -> None:
    first = await call(os.getpid)
    await title_of_a_good_one()
    assert await call(os.getpid) == first != os.getpid()


async def test_what_takes_too_long_is_ended_and_costs_one_document() -> None:
    attributes = b" ".join(b"a%d='1'" % n for n in range(100_000))
    body = b"<rss version='2.0'><channel " + attributes + b"><item>"
    worker = await call(os.getpid)
    with pytest.raises(OutOfTimeError):
        await call(time.sleep, 60, seconds=0.2)
    assert ended_within(worker, 5)
    started = time.monotonic()
    parsed = await parse_safely("feed", Document(body, ADDRESS), seconds=2)
    assert (parsed.entries, parsed.problem is None) == ((), False)
    assert time.monotonic() - started < 6
    assert await title_of_a_good_one() == "Sitzung"


async def test_a_hang_has_a_sentence() -> None:
    body = b"<!DOCTYPE html><title>x</title>" + b"<div>" * 200_000
    parsed = await parse_safely("page", Document(body, ADDRESS), seconds=0.001)
    assert parsed.problem == "Reading the document took more than 0.001 seconds."


async def test_a_crash_costs_one_document() -> None:
    for crash in (signal.SIGSEGV, signal.SIGABRT, signal.SIGALRM):
        with pytest.raises(CrashedError):
            await call(signal.raise_signal, crash)
        assert await title_of_a_good_one() == "Sitzung"


async def test_memory_is_bounded_and_what_asks_for_more_costs_one_document() -> None:
    with pytest.raises(RaisedError) as raised:
        await call(exec, "len(bytearray(2 * 1024**3))")
    assert str(raised.value) == "it takes too much memory"
    assert await title_of_a_good_one() == "Sitzung"
    with pytest.raises(RaisedError):
        await call(bytearray, 200 * 1024**2)  # a result that is more than we take
    assert await title_of_a_good_one() == "Sitzung"


async def test_a_process_that_has_grown_is_left() -> None:
    first = await call(os.getpid)
    # As the names of elements stay in the tables of an XML library.
    await call(exec, "import builtins; builtins.kept = bytearray(b'x') * (300 * 1024**2)")
    assert await call(os.getpid) != first
    assert ended_within(first, 5)


async def test_what_a_function_raises_is_an_error_of_ours() -> None:
    with pytest.raises(RaisedError) as raised:
        await call(json.loads, "{")
    assert raised.value.name == "JSONDecodeError"
    assert "json.loads" not in str(raised.value)
    assert "Traceback" in raised.value.traceback


async def test_an_unknown_kind_is_a_problem_and_no_exception() -> None:
    parsed = await parse_safely("smoke-signal", Document(GOOD, ADDRESS))
    assert parsed.problem == "The document cannot be read (KeyError)."


async def test_a_process_that_dies_between_two_documents_is_replaced() -> None:
    worker = await call(os.getpid)
    os.kill(worker, signal.SIGKILL)
    assert await title_of_a_good_one() == "Sitzung"
    assert await call(os.getpid) != worker


async def test_a_process_that_dies_over_a_document_for_another_reason_costs_nothing() -> None:
    worker = await call(os.getpid)
    asked = asyncio.create_task(call(subprocess.getoutput, "sleep 0.3; echo read"))
    await asyncio.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    assert await asked == "read"


async def test_many_documents_at_once_each_get_their_own_answer() -> None:
    bodies = [GOOD.replace(b"Sitzung", b"Sitzung %d" % n) for n in range(60)]
    parsed = await asyncio.gather(
        *(parse_safely("feed", Document(body, ADDRESS)) for body in bodies)
    )
    assert [each.entries[0].title for each in parsed] == [f"Sitzung {n}" for n in range(60)]
    assert len(isolation._idle) <= 2


async def test_neither_a_large_document_nor_one_that_hangs_stops_the_small_ones() -> None:
    await asyncio.gather(call(len, "x"), call(len, b"x" * 2 * 1024**2))
    assert len(isolation._idle) == 2
    slow = asyncio.create_task(call(time.sleep, 10, seconds=8))
    await asyncio.sleep(0)
    started = time.monotonic()
    titles = await asyncio.gather(*(title_of_a_good_one() for _ in range(10)))
    assert (set(titles), slow.done()) == ({"Sitzung"}, False)
    assert time.monotonic() - started < 5
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow


async def test_who_is_no_longer_waited_for_is_ended() -> None:
    worker = await call(os.getpid)
    asked = asyncio.create_task(call(time.sleep, 30))
    await asyncio.sleep(0.05)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    assert ended_within(worker, 5)
    assert await title_of_a_good_one() == "Sitzung"


def test_another_event_loop_finds_a_process_that_is_well() -> None:
    first = asyncio.run(call(os.getpid))
    assert asyncio.run(call(os.getpid)) == first
    loop = asyncio.new_event_loop()
    pending = loop.create_task(call(time.sleep, 30))
    loop.run_until_complete(asyncio.sleep(0.05))
    pending.cancel()
    loop.run_until_complete(asyncio.gather(pending, return_exceptions=True))
    loop.close()
    assert ended_within(first, 5)
    assert asyncio.run(title_of_a_good_one()) == "Sitzung"


async def test_interrupts_are_for_the_parent() -> None:
    worker = await call(os.getpid)
    os.kill(worker, signal.SIGINT)
    assert await call(os.getpid) == worker
    assert os.getpgid(worker) != os.getpgid(0)


PARENT = """
import asyncio, os, time
from feeds.parsing.isolation import call
async def main():
    print(await call(os.getpid), flush=True)
    await call(time.{what})
asyncio.run(main())
"""


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_process_ends_with_its_parent_idle_or_busy(end: signal.Signals) -> None:
    for what in ("sleep, 0", "sleep, 60, seconds=0.5"):
        code = PARENT.format(what=what) + "time.sleep(60)"
        with subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as parent:
            assert parent.stdout is not None
            worker = int(parent.stdout.readline())
            time.sleep(0.2)
            parent.send_signal(end)
        assert ended_within(worker, 8)


def test_nothing_is_left_of_it_when_the_program_ends() -> None:
    code = PARENT.format(what="sleep, 0")
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-c", code], cwd=ROOT, capture_output=True, check=True
    )
    assert done.stderr == b""
    assert not is_running(int(done.stdout))


def test_a_process_loads_only_what_most_documents_need() -> None:
    code = "import sys, feeds.parsing.child; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True).split()
    assert {"feedparser", "icalendar", "ssl", "email"}.isdisjoint(loaded)


async def test_a_detail_is_read_in_the_process_too(samples: Path) -> None:
    entry = ParsedEntry(id="1", detail=Ask(ADDRESS))
    document = Document((samples / "detail.hys.json").read_bytes(), ADDRESS)
    detailed = KINDS["have-your-say"].detailed
    assert detailed is not None
    assert await detail_safely("have-your-say", entry, document) == detailed(entry, document)


async def test_a_detail_that_cannot_be_read_is_none(samples: Path) -> None:
    entry = ParsedEntry(id="1", detail=Ask(ADDRESS))
    wall = Document(b"<html><title>Access denied</title></html>", ADDRESS)
    assert await detail_safely("have-your-say", entry, wall) is None
    assert await detail_safely("feed", entry, Document(GOOD, ADDRESS)) is None
    assert await detail_safely("smoke-signal", entry, Document(GOOD, ADDRESS)) is None


async def test_all_there_is_to_an_entry_comes_through() -> None:
    parsed = parse_document("feed", Document(GOOD, ADDRESS))
    assert await call(copy.copy, parsed) == parsed
    assert await call(copy.copy, Document(GOOD, ADDRESS, known=frozenset("ab"))) == Document(
        GOOD, ADDRESS, known=frozenset("ab")
    )
