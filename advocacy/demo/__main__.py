"""The demo itself: migrate, serve the sources, load the network, print the way in, serve."""

import asyncio
import sys
import threading
import time
from dataclasses import dataclass
from datetime import timedelta

import uvicorn

from advocacy import clock, database, logs
from advocacy.demo import story
from advocacy.demo.sources import create_app as demo_web
from advocacy.demo.start import free_port
from advocacy.migrating import migrate
from advocacy.people.actions import make_link
from advocacy.people.queries import person_by_email
from advocacy.people.rules import Role
from advocacy.settings import settings

LINKS_LAST = timedelta(hours=12)
WHO = (
    ("Secretariat", "ana.muster@alpennetz.example", Role.SECRETARIAT),
    ("Coordinator", "maja.vzorec@alpennetz.example", Role.COORDINATOR),
    ("Presidency", "marie.exemple@alpennetz.example", Role.PRESIDENCY),
)


@dataclass(frozen=True, slots=True)
class WayIn:
    who: str
    name: str
    address: str


def serve_sources(port: int) -> None:
    """The demo's web, in a thread of its own: it is polled like any other."""
    config = uvicorn.Config(
        demo_web(clock.now().date()),
        host="127.0.0.1",
        port=port,
        log_level="critical",
        lifespan="off",
    )
    server = uvicorn.Server(config)
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.02)


async def prepare(sources: str) -> list[WayIn]:
    """`sources` is the address of the demo's web. Loads the story into an empty database only."""
    async with database.started():
        await migrate()
        if await story.is_empty():
            print("Loading the demo network …", flush=True)
            await story.tell(sources, now=clock.now())
        else:
            await story.move_sources(sources, now=clock.now())
        return await ways_in()


async def ways_in() -> list[WayIn]:
    found = []
    for who, email, _ in WHO:
        person = await person_by_email(email)
        if person:
            token, _, _ = await make_link(person, now=clock.now(), lasting=LINKS_LAST)
            found.append(WayIn(who, person.name, f"{settings().base_url}/in/{token}"))
    letter = await story.open_letter()
    if letter:
        found.append(WayIn("Municipality", letter.municipality, letter.address))
    return found


def show(found: list[WayIn]) -> None:
    print(f"\nAlphorn, demo of {settings().network}: {settings().base_url}\n")
    for way in found:
        print(f"  {way.who:<13} {way.name:<16} {way.address}")
    print(f"\n  Letters that left: {settings().base_url}/en/letters")
    print(
        "  Each link signs in once. Another: .venv/bin/python -m advocacy people login-link EMAIL"
    )
    print("  Stop with Ctrl-C. Start again with an empty network: rm alphorn.db*\n", flush=True)


def main() -> int:
    port = free_port(range(8900, 8950))
    serve_sources(port)
    found = asyncio.run(prepare(f"http://127.0.0.1:{port}"))
    host, _, at = settings().bind.rpartition(":")
    logs.set_up()
    show(found)
    uvicorn.run(
        "app:create_app",
        factory=True,
        host=host,
        port=int(at),
        log_config=None,
        server_header=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
