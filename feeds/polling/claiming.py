"""Who polls which source: leases in the database, one request at a time per host.

A claim takes at most one due source of a host that nobody visits and whose pause is over. The
host is then taken until the visit is recorded, plus a pause: however many processes claim, on
however many machines, a server sees one of them at a time, and a server with a thousand due
sources keeps nobody else waiting.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from feeds.engine import Step, engine
from feeds.tables import Host, Source

# A visit ends well before: its fetch and its parse have limits of their own.
LEASE = timedelta(seconds=120)

_FREE = "(lease_until IS NULL OR lease_until < {})"
# A source whose host is not known yet is claimed as if it had one of its own.
_DUE = (
    "SELECT id FROM (SELECT s.id, s.failures, s.next_due, ROW_NUMBER() OVER (PARTITION BY"
    " CASE WHEN s.host = '' THEN s.address ELSE s.host END ORDER BY s.next_due, s.id) AS turn"
    " FROM source s LEFT JOIN host h ON h.name = s.host"
    " WHERE s.state = 'active' AND s.next_due <= {}"
    " AND (s.lease_until IS NULL OR s.lease_until < {})"
    " AND (h.free_at IS NULL OR h.free_at <= {})) AS due"
    # Who failed last time may hang again: whoever is well goes first.
    " WHERE turn = 1 ORDER BY CASE WHEN failures = 0 THEN 0 ELSE 1 END, next_due, id LIMIT {}"
)
_TAKE = (
    "INSERT INTO host (name, free_at) VALUES ({}, {})"
    " ON CONFLICT (name) DO UPDATE SET free_at = excluded.free_at"
)

_GIVE_BACK = (
    "UPDATE source SET lease_until = NULL, lease_owner = NULL WHERE id = {} AND lease_owner = {}"
)


async def claim_due(*, now: datetime, owner: str, limit: int) -> list[int]:
    """Lease up to `limit` due sources to `owner`, one per host, longest due first; ids."""
    async with engine().transaction():
        await engine().alone("feeds.polling.claiming")
        rows = await Source.raw(
            f"UPDATE source SET lease_until = {{}}, lease_owner = {{}} WHERE id IN ({_DUE})"
            f" AND {_FREE} RETURNING id, host",
            *(now + LEASE, owner, now, now, now, limit, now),
        )
        await engine().run_all([hosts_taken((row["host"], now + LEASE) for row in rows)])
    return [row["id"] for row in rows]


def hosts_taken(until: Iterable[tuple[str, datetime]]) -> Step:
    """Nobody claims a source on these servers until then."""
    return _TAKE, sorted({(name, then) for name, then in until if name})


async def next_turn(*, now: datetime) -> datetime | None:
    """When the first host that a due source waits for is free; None when none waits."""
    due = Source.select(Source.host).where(Source.state == "active", Source.next_due <= now)
    waiting = await (
        Host.select(Host.free_at)
        .where(Host.free_at > now, Host.name.is_in(due))
        .order_by(Host.free_at)
        .first()
    )
    return waiting["free_at"] if waiting else None


async def take(source_id: int, *, now: datetime, owner: str) -> bool:
    """Lease one source, due or not; False when another has it."""
    rows = await Source.raw(
        "UPDATE source SET lease_until = {}, lease_owner = {}"
        f" WHERE id = {{}} AND state <> 'gone' AND {_FREE} RETURNING id",
        *(now + LEASE, owner, source_id, now),
    )
    return bool(rows)


async def prolong(source_id: int, *, now: datetime, owner: str) -> bool:
    """Begin the lease anew; False when it has ended and another took it."""
    rows = await Source.raw(
        "UPDATE source SET lease_until = {} WHERE id = {} AND lease_owner = {} RETURNING id",
        *(now + LEASE, source_id, owner),
    )
    return bool(rows)


async def give_back(source_ids: Sequence[int], *, owner: str) -> None:
    """End leases whose sources were not visited after all."""
    async with engine().transaction():
        await engine().run_all([(_GIVE_BACK, [(each, owner) for each in source_ids])])


def host_of(address: str) -> str:
    """The server's name in an address, lower case; empty when it names none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
