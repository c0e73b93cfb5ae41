"""The journeys in Chromium, in a process of their own: `python -m tests.browser`.

(The browser's library keeps an event loop running, beside which the other tests could not.)
Without Chromium one line says how to get it, and nothing fails.
"""

import shutil
import sys

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


if __name__ == "__main__":
    if chromium() is None:
        print("Browser tests left out: no Chromium. Get it with: apt-get install chromium")
        raise SystemExit(0)
    raise SystemExit(pytest.main(["tests/browser", *sys.argv[1:]]))
