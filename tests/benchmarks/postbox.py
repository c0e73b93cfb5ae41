"""A mail server in a process of its own that throws away what it gets."""

import asyncio
from contextlib import AbstractContextManager

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.benchmarks.processes import aside


def listening() -> AbstractContextManager[int]:
    """The port."""
    return aside(__name__)


class _Bin:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return "250 OK"


async def _listen() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(_Bin(), enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_listen())
