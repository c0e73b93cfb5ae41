"""Two ways to do the same work, in turns; medians; wall and CPU seconds."""

import gc
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median

from tests.benchmarks.processes import cpu_of_children, own_cpu

Work = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds. CPU is of this process with its threads and with every process that it started,
    the ended ones too; servers stand aside.
    """

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured. `each`: how many pieces of work one cost is for."""

    name: str
    ours: Cost
    peer: Cost
    against: str
    each: int = 1


async def cost(work: Work) -> Cost:
    gc.collect()
    children, own, wall = cpu_of_children(), own_cpu(), time.perf_counter()
    await work()
    wall, own = time.perf_counter() - wall, own_cpu() - own
    return Cost(wall, own + cpu_of_children() - children)


def middle(costs: list[Cost]) -> Cost:
    return Cost(median(each.wall for each in costs), median(each.cpu for each in costs))


async def side_by_side(
    name: str, ours: Work, peer: Work, *, against: str, rounds: int, each: int = 1
) -> Row:
    """In turns, so that what else the machine does falls on both. Once before, unmeasured."""
    mine: list[Cost] = []
    theirs: list[Cost] = []
    await ours()
    await peer()
    for _ in range(rounds):
        mine.append(await cost(ours))
        theirs.append(await cost(peer))
    return Row(name, middle(mine), middle(theirs), against, each)


def said(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


def line(row: Row) -> str:
    def both(cost: Cost) -> str:
        return f"{said(cost.wall / row.each):>8} {said(cost.cpu / row.each):>8}"

    def ratio(ours: float, peer: float) -> str:
        return f"{ours / peer:.2f}" if peer else "–"

    wall, cpu = ratio(row.ours.wall, row.peer.wall), ratio(row.ours.cpu, row.peer.cpu)
    return f"{row.name:<42} {both(row.ours)} {both(row.peer)} {wall:>6} {cpu:>6}  {row.against}"


HEADING = (
    f"{'ours : peer, below 1 we are faster':<42} {'wall':>8} {'CPU':>8} {'wall':>8} {'CPU':>8}"
    f" {'× wall':>6} {'× CPU':>6}  against"
)
