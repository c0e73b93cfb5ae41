"""A mailbox reads replies."""

from collections.abc import Iterator

import pytest

from advocacy.settings import settings
from tests.advocacy.letterbox.mailing import REPLIES


@pytest.fixture(autouse=True)
def replies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ALPHORN_REPLIES", REPLIES)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
