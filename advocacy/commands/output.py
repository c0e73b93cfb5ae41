"""What a command says: results on stdout, one object a line; messages on stderr."""

import json
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any  # a line holds whatever JSON holds


class Refused(Exception):  # noqa: N818  the field's word
    """One line for the person at the keyboard; the command ends with exit code 1."""


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"not plain: {value!r}")


def line(values: Mapping[str, Any]) -> None:
    """One JSON object; instants as ISO 8601 with their offset."""
    sys.stdout.write(json.dumps(values, ensure_ascii=False, default=_plain) + "\n")


def show(values: Mapping[str, Any], *, as_json: bool) -> None:
    """A line of JSON, or the same values for people, separated by two spaces."""
    if as_json:
        line(values)
        return
    said = (
        value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
        for value in values.values()
        if value not in {None, ""}
    )
    sys.stdout.write("  ".join(said) + "\n")


def tell(text: str) -> None:
    sys.stderr.write(text + "\n")


def read_file(path: str) -> bytes:
    """Raises Refused with the reason of the operating system."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None


def write_file(path: str, content: bytes) -> None:
    try:
        Path(path).write_bytes(content)
    except OSError as error:
        raise Refused(f"{path}: {error.strerror}") from None
