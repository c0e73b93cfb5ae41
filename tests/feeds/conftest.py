from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeds.origin import Origin, serving

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def origin() -> Iterator[Origin]:
    with serving() as served:
        yield served


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES
