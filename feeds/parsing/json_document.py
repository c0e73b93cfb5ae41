"""Asking a JSON document of another's making for what it should hold. Pure.

What stands there may be of any type, so every question names the type it wants.
"""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from feeds.parsing.entry import RECEIVED_LIMIT
from feeds.parsing.text import without_illegal

Item = Mapping[str, Any]


def loaded(text: str) -> Any:
    """The document, or None when it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def text_at(item: Any, *path: str) -> str:
    """The text at a path, numbers as text (18805.0 as 18805), else empty."""
    return as_text(_at(item, path))


def as_text(value: Any) -> str:
    """A text without what no database takes, a whole number as text, else empty."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return without_illegal(value) if isinstance(value, str) else ""


def number_at(item: Any, *path: str) -> int | None:
    text = text_at(item, *path)
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def items_at(item: Any, *path: str) -> list[Item]:
    """The objects in the list at a path; other things in it are left out."""
    found = _at(item, path)
    return list(_objects(found)) if isinstance(found, list) else []


def one_or_more_at(item: Any, *path: str) -> list[Item]:
    """As items_at, for JSON that was made from XML: an object that is alone stands there bare."""
    found = _at(item, path)
    return [found] if isinstance(found, Mapping) else items_at(item, *path)


def received(item: Item) -> tuple[str, str]:
    """The item as text, capped, and the SHA-256 of all of it."""
    try:
        raw = json.dumps(item, ensure_ascii=True, sort_keys=True)
    except RecursionError:
        raw = json.dumps({name: text_at(item, name) for name in item}, sort_keys=True)
    return raw[:RECEIVED_LIMIT], sha256(raw.encode()).hexdigest()


def _at(item: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        item = item.get(name) if isinstance(item, Mapping) else None
    return item


def _objects(items: list[Any]) -> Iterator[Item]:
    return (item for item in items if isinstance(item, Mapping))
