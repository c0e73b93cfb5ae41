"""Carry letters: over SMTP, or into a folder of .eml files when no server is set."""

import asyncio
import json
import ssl
from base64 import b64decode
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib

from advocacy.mail.naming import message_id
from advocacy.mail.tables import Letter
from advocacy.settings import Settings

SendLetter = Callable[[Letter], Awaitable[None]]
TIMEOUT = 20  # seconds
PERMANENT = 500  # SMTP replies from here on are final (RFC 5321, 4.2.1)


class Refused(Exception):  # noqa: N818  the field's word
    """The server will not take this letter, now or later."""


class Unreachable(Exception):  # noqa: N818
    """The server cannot be reached or is busy: the letter waits."""


class Carrier(Protocol):
    def connection(self) -> AbstractAsyncContextManager[SendLetter]: ...


class AddressesWhole(EmailPolicy):
    """Folds List- headers between their addresses (RFC 2369, 2), and a subject as one text.

    Python would encode a long list as words, and no client would find the address in it. Of a
    long subject it would encode word by word, and the space between two of them would be lost
    (RFC 2047, 6.2).
    """

    def fold(self, name: str, value: str) -> str:
        if name.lower() == "subject":
            charset = "us-ascii" if value.isascii() else "utf-8"
            folded = Header(str(value), charset, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {folded}{self.linesep}"
        if name.lower().startswith("list-"):
            return f"{name}: " + f",{self.linesep} ".join(value.split(", ")) + self.linesep
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() == "subject" or name.lower().startswith("list-"):
            return self.fold(name, value).encode("ascii")
        return bytes(super().fold_binary(name, value))


def carrier_for(settings: Settings) -> Carrier:
    folder = settings.mail_folder
    return Folder(folder, settings) if folder else Server(settings)


def message(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as it travels: plain text first and complete, then HTML (RFC 2046)."""
    domain = settings.sender.rpartition("@")[2]
    mail = EmailMessage(policy=AddressesWhole(linesep="\r\n"))
    mail["From"] = Address(settings.network, addr_spec=settings.sender)
    mail["To"] = Address(_one_line(letter.recipient_name), addr_spec=letter.recipient)
    mail["Subject"] = _one_line(letter.subject)
    mail["Date"] = format_datetime(letter.created)
    mail["Message-ID"] = message_id(letter.key)
    mail["Auto-Submitted"] = "auto-generated"
    if letter.dossier:
        mail["References"] = f"<dossier.{letter.dossier}@{domain}>"
    for name, value in json.loads(letter.headers).items():
        mail[name] = _one_line(value)
    mail.set_content(letter.text)
    mail.add_alternative(letter.html, subtype="html")
    for attachment in json.loads(letter.attachments):
        kind, _, subkind = attachment["media_type"].partition("/")
        mail.add_attachment(
            b64decode(attachment["content"]),
            maintype=kind,
            subtype=subkind,
            filename=attachment["name"],
            params={"charset": "utf-8"} if kind == "text" else None,
        )
    # last: whatever makes a multipart takes the Content- headers with it into its first part
    mail["Content-Language"] = letter.language
    return mail


def _bytes(letter: Letter, settings: Settings) -> bytes:
    """Refused: no mail can be made of it, for example because its address is none."""
    try:
        return message(letter, settings).as_bytes()
    except Exception as error:  # the library raises nearly anything
        raise Refused(f"{type(error).__name__}: {error}") from error


def _one_line(text: str) -> str:
    """No header may smuggle a second one (CVE-2024-6923)."""
    return " ".join(text.split())


class Folder:
    """One .eml file per letter, named by its key: writing it again replaces it."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder, self.settings = folder, settings

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[SendLetter]:
        async def send(letter: Letter) -> None:
            name = f"{letter.key.replace('/', '-')}.eml"
            content = _bytes(letter, self.settings)
            try:
                await asyncio.to_thread(self._keep, name, content)
            except OSError as error:
                raise Unreachable(f"{self.folder}: {error.strerror}") from error

        yield send

    def _keep(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(content)


class Server:
    """smtp://user:password@host:port, or smtps:// for TLS from the first byte."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        parts = urlsplit(settings.smtp_url)
        tls = parts.scheme == "smtps"
        self.client = aiosmtplib.SMTP(
            hostname=parts.hostname or "localhost",
            port=parts.port or (465 if tls else 25),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            use_tls=tls,
            tls_context=ssl.create_default_context() if tls or parts.username else None,
            timeout=TIMEOUT,
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[SendLetter]:
        try:
            yield self._send
        finally:
            if self.client.is_connected:
                self.client.close()

    async def _send(self, letter: Letter) -> None:
        try:
            if not self.client.is_connected:
                await self.client.connect()
            # as it was written: the library's own way of flattening folds with a policy of its own
            content = _bytes(letter, self.settings)
            # reports of what could not be delivered go to the mailbox that is read, if there is one
            back_to = self.settings.replies or self.settings.sender
            await self.client.sendmail(back_to, [letter.recipient], content)
        except aiosmtplib.SMTPRecipientsRefused as error:
            self._judge(error.recipients[0].code, str(error.recipients[0].message), error)
        except aiosmtplib.SMTPResponseException as error:
            self._judge(error.code, error.message, error)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unreachable(str(error)) from error
        except ValueError as error:
            raise Refused(str(error)) from error

    @staticmethod
    def _judge(code: int, said: str, error: Exception) -> None:
        kind = Refused if code >= PERMANENT else Unreachable
        raise kind(f"{code} {said}") from error
