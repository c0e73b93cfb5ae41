"""One JSON object a line on stderr: at, level, logger, message. No link's secret stands in it."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from advocacy.database import LOST

SECRET = re.compile(
    r"/(a|in|r|u|o|g(?:/place)?|s|q|consent|m(?=/\d)|cal(?:/m|/d/[^/?#\s\"']+)?)/[^/?#\s\"']+"
)
"""Personal links: to answer, ask, sign in, approve, object, come, sign, consent, of letters, of
calendars, of a municipality's own page, which begins with a number: /de/m/SI-07 is no secret.
"""

TALKATIVE = ("alphorn", "uvicorn")
"""Whose ordinary messages are kept; of all others only warnings."""


log = logging.getLogger("alphorn.jobs")


@contextmanager
def going_on(what: str) -> Iterator[None]:
    """One of many: its failure is told, and the others go on. A lost database ends them all."""
    try:
        yield
    except LOST:
        raise
    except Exception:
        log.exception("%s failed; the others go on", what)


def without_secrets(text: str) -> str:
    return SECRET.sub(r"/\1/…", text)


class Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
        }
        if record.exc_info:
            entry["traceback"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def set_up(level: int = logging.INFO) -> None:
    """For the whole process; doing it again changes nothing."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(level)
