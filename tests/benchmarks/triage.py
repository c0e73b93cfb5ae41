"""Entries decided by keyboard in Chromium, with 100,000 undecided ones: from a key until the
next entry has been painted, and what a key costs until the next frame (INP). The server runs as an
operator starts it, beside the browser on the same machine. The goals: 150 ms and 200 ms (p75).
"""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from advocacy import database
from advocacy.people.actions import make_link
from tests.benchmarks.ground import Ground
from tests.benchmarks.grown import grown, undecide
from tests.benchmarks.hold import served
from tests.browser.__main__ import chromium
from tests.browser.conftest import QUIET
from tests.browser.showing import Showing, share
from tests.characters import ana

SIZES = (10_000, 100_000)
DECIDED = 50
KEYS = ("4", "4", "3", "4", "j")
READING = {"at once": 0, "after reading": 1_000}  # milliseconds; a trained person takes six seconds


async def run(ground: Ground) -> list[str]:
    if chromium() is None:
        return ["triage in a browser: no Chromium"]
    said = [
        f"{DECIDED} keys in Chromium             next entry: p50   p75   max     INP: p75   p98"
    ]
    for size in SIZES:
        path = Path(shutil.copy(await grown(ground, size), ground.folder / "triage.db"))
        undecide(path)
        with served(path) as address:
            await _answers(address)
            for name, reading in READING.items():
                async with database.started(f"sqlite:///{path}"):
                    now = datetime.now(UTC)
                    link, _, _ = await make_link(await ana(now), now=now)
                times, costs = await asyncio.to_thread(_decided, address, link, reading)
                figures = [share(times, of) for of in (0.5, 0.75, 1)]
                figures += [share(costs, of) for of in (0.75, 0.98)]
                entries = f"{size:,} undecided, {name}"
                said.append(f"{entries:<41}" + "".join(f"{each:6.0f} ms" for each in figures))
    return said


async def _answers(address: str) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            try:
                await client.get(f"{address}/health")
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return


def _decided(address: str, link: str, reading: float) -> tuple[list[float], list[float]]:
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(f"{address}/in/{link}")
        page.locator("main form button").click()
        page.goto(f"{address}/en/inbox")
        showing = Showing(page)
        for number in range(DECIDED):
            showing.press(KEYS[number % len(KEYS)])
            showing.read(reading)
        page.wait_for_timeout(200)
        times, costs = showing.milliseconds(), showing.interactions()
        browser.close()
    return times, costs
