"""The only clock. Asked once at the edge (handlers, jobs, command line), passed on as `now`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_fixed: datetime | None = None


def now() -> datetime:
    """Aware, UTC."""
    return _fixed or datetime.now(UTC)


@contextmanager
def fixed(instant: datetime) -> Iterator[None]:
    """Let it be `instant` for the whole process: tests of edges stand on a day of their own."""
    global _fixed
    before, _fixed = _fixed, instant
    try:
        yield
    finally:
        _fixed = before
