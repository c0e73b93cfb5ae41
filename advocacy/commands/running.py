"""migrate, serve, demo, health."""

from argparse import Namespace

import uvicorn

from advocacy import clock, logs
from advocacy.commands.opening import opened
from advocacy.commands.output import Refused, line, tell
from advocacy.migrating import migrate as bring_up_to_date
from advocacy.settings import ROOT, secret, settings
from advocacy.web.health import health as report_of


async def migrate(_: Namespace) -> None:
    async with opened(checked=False):
        ran = await bring_up_to_date()
    tell(f"{len(ran)} migrations ran" if ran else "nothing to do")


async def health(_: Namespace) -> int:
    async with opened():
        report = await report_of(now=clock.now())
    line(report)
    return 0 if report["state"] == "up" else 1


async def check(_: Namespace) -> None:
    """Before the server starts: one line for people instead of its traceback.

    What this version knows of bodies comes into the database here and not with the migrations: a
    backup is restored into a database that is migrated and empty.
    """
    from advocacy.bodies import known  # other commands start faster without

    secret()
    async with opened():
        await known.seed(clock.now())


def address(bind: str) -> tuple[str, int]:
    """Host and port of "127.0.0.1:8000" or "[::1]:8000". Raises Refused."""
    host, colon, port = bind.rpartition(":")
    if not colon or not port.isdecimal() or int(port) >= 2**16:
        raise Refused(f"ALPHORN_BIND is an address and a port, like 127.0.0.1:8000, not {bind}")
    return host.strip("[]") or "127.0.0.1", int(port)


def serve(_: Namespace) -> None:
    host, port = address(settings().bind)
    logs.set_up()
    uvicorn.run(
        "app:create_app",
        factory=True,
        app_dir=str(ROOT),
        host=host,
        port=port,
        proxy_headers=bool(settings().proxies),
        forwarded_allow_ips=settings().proxies,
        server_header=False,
        log_config=None,
    )


async def demo(_: Namespace) -> None:
    from advocacy.demo import start  # it reads every room; other commands start faster without

    await start.run()
