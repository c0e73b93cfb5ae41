import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from advocacy import logs


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.set_up()
    yield stream
    root.handlers, level = before
    root.setLevel(level)


def test_a_line_is_one_object_with_an_instant(written: io.StringIO):
    logging.getLogger("alphorn.jobs").warning("%s waits\nfor the database", "poll")
    entry = json.loads(written.getvalue())
    assert list(entry) == ["at", "level", "logger", "message"]
    assert entry["at"].endswith("+00:00")
    assert entry["message"] == "poll waits\nfor the database"
    assert written.getvalue().count("\n") == 1


def test_no_secret_of_a_link_is_written(written: io.StringIO):
    for place in ("a", "in", "r", "u", "cal", "cal/m"):
        logging.getLogger("uvicorn.access").info(
            '%s - "%s %s HTTP/%s" %d',
            "127.0.0.1:1",
            "GET",
            f"/{place}/S3cret-_x.ics?a=yes",
            "1.1",
            200,
        )
    logging.getLogger("uvicorn.access").info("POST %s", "/m/7-S3cret/objection/1")
    broken = ValueError("/in/S3cret")
    logging.getLogger("alphorn.web").error("GET /in/S3cret", exc_info=broken)
    assert "S3cret" not in written.getvalue()
    assert "/cal/…?a=yes" in written.getvalue()


def test_other_addresses_stay_readable():
    assert logs.without_secrets("GET /de/m/SI-07 200") == "GET /de/m/SI-07 200"
    assert logs.without_secrets("GET /de/d/2026-014 200") == "GET /de/d/2026-014 200"
