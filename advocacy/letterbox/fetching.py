"""Poll the mailbox that reads replies (IMAP4rev1, RFC 3501). Nothing in it is ever deleted.

connect → what bears no mark of ours → each: fetched without being marked as read, taken in
with its own transaction, and only then marked
"""

import asyncio
import logging
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from advocacy import database
from advocacy.leases import hold
from advocacy.letterbox import withheld
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.rules import KEPT_OF_LARGER, LARGEST
from advocacy.letterbox.withheld import Withheld
from advocacy.settings import settings
from advocacy.web.health import MAILBOX

log = logging.getLogger("alphorn.letterbox")

MARK = b"$Alphorn"
AT_ONCE = 100  # mails of one run; the others come with the next
TIMEOUT = 20  # seconds
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
REACHED = MAILBOX
"""A lease that is prolonged whenever the mailbox answers: when it has ended, it is away."""
REACHED_LASTS = timedelta(minutes=15)
LOST = (IMAPClientError, OSError, ssl.SSLError, EOFError)
"""What is raised when the mailbox cannot be reached or says no."""


class Mailbox:
    """One folder on a server, while it is connected. Every method blocks: call it in a thread."""

    def __init__(self, client: IMAPClient, mark: bytes, validity: int) -> None:
        self._client, self._mark, self.validity = client, mark, validity

    def waiting(self, but: Collection[int] = ()) -> list[int]:
        criteria = "UNSEEN" if self._mark == SEEN else f"UNKEYWORD {MARK.decode()}"
        found = self._client.search(f"{criteria} UNDELETED")
        return sorted({int(each) for each in found} - set(but))[:AT_ONCE]

    def content(self, number: int) -> tuple[bytes, bool]:
        """And whether it is the whole mail: of a very large one only the beginning is fetched."""
        sizes = self._client.fetch([number], ["RFC822.SIZE"]).get(number, {})
        if int(sizes.get(b"RFC822.SIZE", 0)) <= LARGEST:
            return self._body(number, "BODY.PEEK[]"), True
        return self._body(number, f"BODY.PEEK[]<0.{KEPT_OF_LARGER}>"), False

    def _body(self, number: int, part: str) -> bytes:
        said = self._client.fetch([number], [part]).get(number, {})
        found = next((value for key, value in said.items() if key.startswith(b"BODY[")), b"")
        return bytes(found or b"")

    def mark(self, number: int) -> None:
        self._client.add_flags([number], [self._mark], silent=True)


@contextmanager
def connected(url: str) -> Iterator[Mailbox]:
    """imaps://user:password@host:port/Folder, or imap:// for STARTTLS."""
    parts = urlsplit(url)
    secure = parts.scheme == "imaps"
    context = ssl.create_default_context()
    client = IMAPClient(
        parts.hostname or "localhost",
        port=parts.port or (993 if secure else 143),
        ssl=secure,
        ssl_context=context if secure else None,
        timeout=TIMEOUT,
    )
    try:
        if not secure:
            _encrypt(client, context, here=parts.hostname in LOOPBACK)
        _sign_in(client, unquote(parts.username or ""), unquote(parts.password or ""))
        folder = client.select_folder(unquote(parts.path.strip("/")) or "INBOX")
        allowed = folder.get(b"PERMANENTFLAGS", ())
        mark = MARK if MARK in allowed or rb"\*" in allowed else SEEN
        yield Mailbox(client, mark, int(folder.get(b"UIDVALIDITY", 0)))
    finally:
        with suppress(*LOST):
            client.logout()


def _encrypt(client: IMAPClient, context: ssl.SSLContext, *, here: bool) -> None:
    """The password leaves this machine only encrypted (RFC 8314)."""
    if client.has_capability("STARTTLS"):
        client.starttls(context)
    elif not here:
        raise IMAPClientError("the server offers no encryption")


def _sign_in(client: IMAPClient, user: str, password: str) -> None:
    """LOGIN takes ASCII only (RFC 3501, 6.2.3); PLAIN takes any letter (RFC 4616)."""
    if client.has_capability("AUTH=PLAIN"):
        client.plain_login(user, password)
    else:
        client.login(user, password)


async def poll(now: datetime) -> int:
    """Job. Returns how many mails were taken in. A mailbox that is away waits for the next run."""
    url = settings().imap_url
    if not url:
        return 0
    host = urlsplit(url).hostname  # the address holds the password: it is never logged
    session = connected(url)
    try:
        mailbox = await asyncio.to_thread(session.__enter__)
    except LOST as error:
        log.warning("the mailbox at %s cannot be read: %s", host, type(error).__name__)
        return 0
    try:
        await hold(REACHED, lasting=REACHED_LASTS, now=now, owner=REACHED)
        return await _take_all(mailbox, now=now)
    except LOST as error:
        log.warning("the connection to %s was lost: %s", host, type(error).__name__)
        return 0
    finally:
        await asyncio.to_thread(session.__exit__, None, None, None)


async def _take_all(mailbox: Mailbox, *, now: datetime) -> int:
    taken = 0
    held = await withheld.in_folder(mailbox.validity, now=now)
    for number in await asyncio.to_thread(mailbox.waiting, held.resting):
        try:
            await _take(mailbox, number, held, now=now)
        except (IMAPClientAbortError, *database.LOST):
            raise
        except IMAPClientError as error:  # the server says no to this one
            log.warning("mail %s stays in the mailbox: %s", number, type(error).__name__)
            await held.note(number, now=now)
            continue
        except Exception:
            log.exception("mail %s stays in the mailbox", number)
            await held.note(number, now=now)
            continue
        await held.came(number)
        taken += 1
    return taken


async def _take(mailbox: Mailbox, number: int, held: Withheld, *, now: datetime) -> None:
    try:
        content, whole = await asyncio.to_thread(mailbox.content, number)
    except (IMAPClientAbortError, OSError):
        # it may be this mail that ends the connection each time: the others come first then
        await held.note(number, now=now)
        raise
    await take_in(content, via="imap", whole=whole, now=now)
    await asyncio.to_thread(mailbox.mark, number)
