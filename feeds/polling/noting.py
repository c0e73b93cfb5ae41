"""How the end of a visit is written: source, poll, host. Many visits in one transaction.

A visit that brought no entries is only noted, and written with others a moment later. Until then
its lease lasts; a process killed in between visits once more, and nothing is wrong.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any  # a column holds whatever its table says

from feeds.engine import Step, columns, engine, settings, values
from feeds.polling.claiming import host_of, hosts_taken
from feeds.tables import Source


class LeaseLostError(Exception):
    """Another process polls this source by now; nothing was written."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """What came of a visit. `outcome` as in Poll, or `busy` when nothing was done."""

    source: int
    outcome: str
    status: int | None = None
    fetched: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    error: str = ""
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """The end of a visit. `values` are columns of the source by name, `poll` those of the poll.

    `rare` are columns that people change as well: they are written only where a visit has a reason
    to. `free_at`: when the host may be asked again.
    """

    source: Source
    owner: str
    free_at: datetime
    poll: Mapping[str, Any]
    values: Mapping[str, Any]
    rare: Mapping[str, Any] = field(default_factory=dict)

    @property
    def result(self) -> PollResult:
        shown = ("outcome", "status", "fetched", "new", "changed", "same", "error")
        return PollResult(
            self.source.id,
            **{name: self.poll[name] for name in shown},
            next_due=self.values["next_due"],
        )

    def but(self, *, poll: Mapping[str, Any], values: Mapping[str, Any]) -> "Note":
        return replace(self, poll={**self.poll, **poll}, values={**self.values, **values}, rare={})


SOURCE = (
    *("last_polled", "last_success", "last_new", "gap", "next_due", "rhythm_reason", "failures"),
    *("first_failure", "last_error", "etag", "last_modified", "body_hash", "key_policy"),
    *("expected", "moved_to", "moved_since", "host", "wishes"),
)
POLL = (
    *("started", "ended", "outcome", "status", "bytes", "fetched", "new", "changed", "same"),
    *("error", "problem", "reason"),
)
_OURS = "WHERE id = {} AND lease_owner = {}"
_RELEASE = f"UPDATE source SET {settings(SOURCE)}, lease_until = NULL, lease_owner = NULL {_OURS}"
_POLL = f"INSERT INTO poll (source, {columns(POLL)}) SELECT id, {values(POLL)} FROM source {_OURS}"


async def write(notes: Sequence[Note]) -> None:
    """Write visits that brought no entries. One whose lease was lost leaves nothing."""
    async with engine().transaction():
        await engine().run_all(ending(notes))


async def begin(note: Note) -> None:
    """The lease is ours until this transaction ends. Raises LeaseLostError."""
    kept = await Source.raw(
        "UPDATE source SET lease_owner = {} WHERE id = {} AND lease_owner = {} RETURNING id",
        *(note.owner, note.source.id, note.owner),
    )
    if not kept:
        raise LeaseLostError


def ending(notes: Sequence[Note]) -> list[Step]:
    """Polls recorded, what they say of their sources written, leases and hosts given back."""
    ours = [(note, (note.source.id, note.owner)) for note in notes]
    return [
        (_POLL, [(*(note.poll[name] for name in POLL), *mine) for note, mine in ours]),
        *(_rarely(note, mine) for note, mine in ours if note.rare),
        (_RELEASE, [(*(note.values[name] for name in SOURCE), *mine) for note, mine in ours]),
        hosts_taken((host_of(note.source.address), note.free_at) for note in notes),
    ]


def _rarely(note: Note, mine: tuple[int, str]) -> Step:
    return f"UPDATE source SET {settings([*note.rare])} {_OURS}", [(*note.rare.values(), *mine)]
