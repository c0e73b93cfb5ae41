"""A mail server that takes its time and remembers who brought what."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """`received`: letters in the order of arrival; `bringers`: connections."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.address = ""
        self.received: list[EmailMessage] = []
        self.bringers: set[object] = set()
        self._arrived = asyncio.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        await asyncio.sleep(self.seconds)
        letter = email.message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        async with self._arrived:
            self.received.append(letter)
            self.bringers.add(session.peer)
            self._arrived.notify_all()
        return "250 OK"

    @property
    def names(self) -> list[str]:
        return [str(letter["Message-ID"]) for letter in self.received]

    async def until(self, number: int) -> None:
        """Wait until so many letters have come."""
        async with asyncio.timeout(20), self._arrived:
            await self._arrived.wait_for(lambda: len(self.received) >= number)


@asynccontextmanager
async def postbox(*, seconds: float = 0.0) -> AsyncIterator[Postbox]:
    """Each letter takes `seconds`."""
    box = Postbox(seconds)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(box, enable_SMTPUTF8=True), "127.0.0.1", 0)
    box.address = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield box
    finally:
        server.close()
        await server.wait_closed()
