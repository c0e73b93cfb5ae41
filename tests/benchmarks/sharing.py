"""One process and two, on one PostgreSQL: the same sources, taken by turns from the database.

Wall seconds from the word to the last answer; the CPU is that of the processes together, without
the database. On two cores, which the origin and the database need as well.
"""

import asyncio
import itertools
import os
import time
from collections.abc import Sequence
from contextlib import ExitStack

import asyncpg

from advocacy import database
from advocacy.migrating import migrate
from tests import postgres
from tests.benchmarks.contender import OURS, Contender, contending
from tests.benchmarks.ground import Ground
from tests.benchmarks.ingestion import ITEMS
from tests.benchmarks.measuring import Cost, Row, middle
from tests.benchmarks.origin import Origin, serving

TEMPLATE = "bench_template"
_numbers = itertools.count()


async def run(ground: Ground) -> list[Row | str]:
    sources = 20 if ground.quick else 100
    one: list[Cost] = []
    two: list[Cost] = []
    with serving(sources) as origin, ExitStack() as stack:
        # It runs an event loop of its own until the server answers.
        address = await asyncio.to_thread(stack.enter_context, postgres.server())
        await _statement(f"{address}/postgres", f"CREATE DATABASE {TEMPLATE}")
        async with database.started(f"{address}/{TEMPLATE}"):
            await migrate()
        processes = [stack.enter_context(contending(OURS)) for _ in range(2)]
        await origin.turn(ITEMS, "a")
        await _ingested(address, origin, processes)  # they load what they need
        for _ in range(ground.rounds):
            one.append(await _ingested(address, origin, processes[:1]))
            two.append(await _ingested(address, origin, processes))
    name = f"PostgreSQL, {sources} sources, two processes"
    return [
        Row(name, middle(two), middle(one), "one process (goal: × wall below 0.59)"),
        f"cores: {os.cpu_count()}",
    ]


async def _ingested(address: str, origin: Origin, processes: Sequence[Contender]) -> Cost:
    """What it costs them to fill an empty database."""
    store = f"{address}/bench_{next(_numbers)}"
    await _statement(
        f"{address}/postgres",
        f"CREATE DATABASE {store.rpartition('/')[2]} TEMPLATE {TEMPLATE}",
    )
    first, *others = processes
    first.ask("begin", store=store, addresses=origin.addresses)
    for each in others:
        each.ask("begin", store=store, addresses=[])
    began = time.perf_counter()
    for each in processes:
        each.tell("share")
    costs = [Cost(*each.answer()) for each in processes]
    wall = time.perf_counter() - began
    assert first.ask("count") == origin.sources * ITEMS
    return Cost(wall, sum(each.cpu for each in costs))


async def _statement(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
