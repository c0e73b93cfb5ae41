"""Asking a JSON document of another's making for what it should hold. Pure.

What stands there may be of any type, so every question names the type it wants.
"""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from feeds.parsing.entry import RECEIVED_LIMIT

Item = Mapping[str, Any]


def loaded(text: str) -> Any:
    """The document, or None when it is no JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def text_at(item: Any, *path: str) -> str:
    """The text at a path, numbers as text (18805.0 as 18805), else empty."""
    for name in path:
        item = item.get(name) if isinstance(item, Mapping) else None
    if isinstance(item, float) and item.is_integer():
        item = int(item)
    if isinstance(item, int) and not isinstance(item, bool):
        return str(item)
    return item if isinstance(item, str) else ""


def number_at(item: Any, *path: str) -> int | None:
    text = text_at(item, *path)
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def items_at(item: Any, *path: str) -> list[Item]:
    """The objects in the list at a path; other things in it are left out."""
    for name in path:
        item = item.get(name) if isinstance(item, Mapping) else None
    return list(_objects(item)) if isinstance(item, list) else []


def received(item: Item) -> tuple[str, str]:
    """The item as text, capped, and the SHA-256 of all of it."""
    raw = json.dumps(item, ensure_ascii=True, sort_keys=True)
    return raw[:RECEIVED_LIMIT], sha256(raw.encode()).hexdigest()


def _objects(items: list[Any]) -> Iterator[Item]:
    return (item for item in items if isinstance(item, Mapping))
