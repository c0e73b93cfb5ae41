"""Many sources of 50 entries: seen first, not changed, sent again, with one entry more each.

RSS and Atom in turns, five languages, 1 to 2 kB of HTML an entry, a loopback host per source. Each
contender has a process of its own, which stays for all rounds, and an empty store in each. Ours
sanitises, keeps versions, indexes for search and reads language, deadlines, topics and numbers of
procedures meanwhile; the others only keep what came.
"""

from collections.abc import Mapping
from contextlib import ExitStack
from itertools import product

from tests.benchmarks.contender import LEMON, OURS, Contender, contending, peers
from tests.benchmarks.ground import Ground
from tests.benchmarks.measuring import Cost, Row, middle, said
from tests.benchmarks.origin import Origin, serving

ITEMS = 50
FIRST, SAME, AGAIN, MORE = STAGES = (
    "an empty store",
    "nothing changed, 304",
    "the same body with 200",
    "one new entry per source",
)
DOCUMENTS = {FIRST: (ITEMS, "a"), SAME: (ITEMS, "a"), AGAIN: (ITEMS, "b"), MORE: (ITEMS + 1, "c")}
WARMED_BY = 10  # sources: both formats in each language
MEGABYTE = 1e6

Costs = Mapping[tuple[str, str], list[Cost]]


async def run(ground: Ground) -> list[Row | str]:
    sources = 20 if ground.quick else 200
    names = [OURS, *peers()]
    costs: Costs = {each: [] for each in product(names, STAGES)}
    with serving(sources) as origin, ExitStack() as stack:
        parties = {name: stack.enter_context(contending(name)) for name in names}
        starts = {name: await _warmed(parties[name], name, origin, ground) for name in names}
        for _ in range(ground.rounds):
            await _round(parties, origin, ground, costs)
        peaks = {name: f"{party.peak / MEGABYTE:.0f} MB" for name, party in parties.items()}
    middles = {each: middle(found) for each, found in costs.items()}
    return [
        "ours also keeps versions, indexes, reads language, deadlines, topics; the others do not",
        *(
            Row(f"{sources} sources, {stage}", middles[OURS, stage], middles[name, stage], name)
            for name, stage in product(names[1:], STAGES)
        ),
        "the start and 10 sources, CPU: " + _listed({n: said(each) for n, each in starts.items()}),
        "at most in memory: " + _listed(peaks),
        *([] if LEMON in names else [f"{LEMON} is not installed"]),
    ]


async def _warmed(party: Contender, name: str, origin: Origin, ground: Ground) -> float:
    """CPU seconds of its start and of a first poll, which loads what it needs."""
    await origin.turn(ITEMS, "warm")
    started = party.ask("begin", store=await _store(name, ground), addresses=_few(origin))
    return float(started + party.cost("poll").cpu)


def _few(origin: Origin) -> list[str]:
    return origin.addresses[:WARMED_BY]


async def _round(
    parties: Mapping[str, Contender], origin: Origin, ground: Ground, costs: Costs
) -> None:
    for name, party in parties.items():
        party.ask("begin", store=await _store(name, ground), addresses=origin.addresses)
    for stage, (items, word) in DOCUMENTS.items():
        await origin.turn(items, word)
        for name, party in parties.items():
            costs[name, stage].append(party.cost("poll"))
    kept = {name: party.ask("count") for name, party in parties.items()}
    assert set(kept.values()) == {origin.sources * (ITEMS + 1)}, kept


async def _store(name: str, ground: Ground) -> str:
    path = await ground.empty()
    return f"sqlite:///{path}" if name == OURS else str(path.with_suffix(".other"))


def _listed(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
