"""Rows as the history keeps them, so that an act can be taken back exactly."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any  # values of columns

from piccolo.columns import Date, Timestamptz
from piccolo.table import Table

from advocacy.history.tables import Event


def facts(row: Table, names: Iterable[str] = ()) -> dict[str, Any]:
    """Values that JSON can hold, by column; `names` empty: all of them."""
    wanted = tuple(names) or tuple(column._meta.name for column in row._meta.columns)
    return {name: plain(getattr(row, name)) for name in wanted}


def plain(value: Any) -> Any:
    """As JSON can hold it."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return getattr(value, "id", value)  # a joined row stands for its number


def values_of(table: type[Table], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What `facts` has kept, as the table takes it."""
    return {name: _typed(table._meta.get_column_by_name(name), kept[name]) for name in kept}


def _typed(column: Any, value: Any) -> Any:
    if isinstance(value, str) and isinstance(column, Timestamptz):
        return datetime.fromisoformat(value)
    if isinstance(value, str) and isinstance(column, Date):
        return date.fromisoformat(value)
    return value


def columns_of(table: type[Table], values: Mapping[str, Any]) -> dict[Any, Any]:
    """For an UPDATE."""
    return {table._meta.get_column_by_name(name): value for name, value in values.items()}


def fingerprint(kept: Mapping[str, Any]) -> str:
    """Short and the same for the same values: what a form gives back to say what it has shown."""
    text = json.dumps(dict(kept), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def told_by(event: Event) -> dict[str, Any]:
    """The details of an act."""
    kept: dict[str, Any] = json.loads(event.details)
    return kept
