"""A real IMAP server (pymap) over a maildir, in the test's own event loop."""

import asyncio
import mailbox
from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from proxyprotocol.noop import ProxyProtocolNoop
from proxyprotocol.reader import ProxyProtocolReader
from pymap.backend.maildir import Config, Identity, Login
from pymap.imap import IMAPServer
from pymap.user import Passwords, UserMetadata

USER, PASSWORD = "antwort", "pass:wört/@"


@dataclass(frozen=True)
class Inbox:
    """`url` as an operator writes it; the folder below is the maildir."""

    url: str
    folder: Path

    def put(self, content: bytes) -> None:
        mailbox.Maildir(self.folder, create=True).add(content)

    def names(self) -> list[str]:
        """Of all mails that are there, with their flags."""
        return sorted(
            each.name for part in ("new", "cur") for each in (self.folder / part).iterdir()
        )


@asynccontextmanager
async def imap_server(base: Path, *, keywords: bool = True) -> AsyncIterator[Inbox]:
    arguments = Namespace(
        base_dir=str(base), concurrency=2, layout="++", colon=None, host=None, port="0",
        debug=False, cert=None, key=None, tls=False, proxy_protocol="noop", passlib_cfg=None,
    )  # fmt: skip
    config = Config.from_args(arguments, secure_auth=False, reject_dnsbl=False)
    config.apply_context()
    login = Login(config)
    made = Identity(config, login.tokens, USER, None, {"admin"})
    password = await Passwords(config).hash_password(PASSWORD)
    await made.set(UserMetadata(config, USER, password=password))
    folder = base / USER
    box = mailbox.Maildir(folder, create=True)
    box.close()
    if keywords:
        (folder / "dovecot-keywords").write_text("0 $Alphorn\n")
    reader = ProxyProtocolReader(ProxyProtocolNoop())
    server = await asyncio.start_server(
        reader.get_callback(IMAPServer(login, config)), "127.0.0.1", 0
    )
    port = server.sockets[0].getsockname()[1]
    try:
        yield Inbox(f"imap://{USER}:pass%3Aw%C3%B6rt%2F%40@127.0.0.1:{port}/INBOX", folder)
    finally:
        server.close()
