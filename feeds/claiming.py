"""Who polls which source: a lease in the database, so that two processes never take the same."""

from datetime import datetime, timedelta

from feeds.tables import Source

# A visit ends well before: its fetch and its parse have limits of their own.
LEASE = timedelta(seconds=120)

_FREE = "(lease_until IS NULL OR lease_until < {})"


async def claim_due(*, now: datetime, owner: str, limit: int) -> list[int]:
    """Lease up to `limit` due sources to `owner`, the longest due first; their ids."""
    # The condition stands in the outer WHERE again: between the two, another may have been faster.
    rows = await Source.raw(
        "UPDATE source SET lease_until = {}, lease_owner = {} WHERE id IN ("
        "SELECT id FROM source WHERE state = 'active' AND next_due <= {}"
        f" AND {_FREE} ORDER BY next_due, id LIMIT {{}}) AND {_FREE} RETURNING id",
        *(now + LEASE, owner, now, now, limit, now),
    )
    return [row["id"] for row in rows]


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
