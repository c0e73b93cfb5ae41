"""Letters over a real SMTP server, and into a folder."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from advocacy.mail.actions import anything_due, deliver, post, stop
from advocacy.mail.letters import Attachment, Written, unsubscribing
from advocacy.mail.naming import key_in, message_id
from advocacy.mail.rules import CLAIM_LASTS, TRIES
from advocacy.mail.smtp import SendLetter, carrier_for
from advocacy.mail.tables import Letter
from advocacy.settings import Settings

pytestmark = pytest.mark.anyio


class Mailbox:
    """What a mail server would keep; `refuses` answers an address with a reply of its own."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.received: list[bytes] = []
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(content)
        self.letters.append(email.message_from_bytes(content, policy=default))
        return "250 OK"


@asynccontextmanager
async def mail_server() -> AsyncIterator[tuple[Mailbox, Settings]]:
    mailbox = Mailbox()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(mailbox, enable_SMTPUTF8=True), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox, Settings(smtp_url=f"smtp://127.0.0.1:{port}")
    finally:
        server.close()
        await server.wait_closed()


def letter(number: int = 1, **changes: object) -> Written:
    written = Written(
        key=f"call/1/{number}",
        kind="call",
        recipient=f"office{number}@si-07.example",
        recipient_name="Janez Primer",
        language="sl",
        subject="Rok: ponedeljek – 1 vprašanje o velikih zvereh",
        text="Dober dan.\n",
        html="<p>Dober dan.</p>",
    )
    return replace(written, **changes)


async def test_a_letter_arrives_whole(db: str, now: datetime):
    calendar = Attachment("rok.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")
    async with mail_server() as (mailbox, settings):
        await post(letter(attachments=(calendar,), headers={"List-Id": "<calls>"}), now=now)
        assert await deliver(carrier_for(settings), now=now) == 1
    (got,) = mailbox.letters
    assert got["Subject"] == "Rok: ponedeljek – 1 vprašanje o velikih zvereh"
    assert got["To"] == "Janez Primer <office1@si-07.example>"
    assert key_in(got["Message-ID"]) == "call/1/1"
    assert (got["Content-Language"], got["List-Id"]) == ("sl", "<calls>")
    body = got.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Dober dan."]
    (attached,) = got.iter_attachments()
    assert (attached.get_filename(), attached.get_param("charset")) == ("rok.ics", "utf-8")


async def test_the_same_letter_is_posted_once(db: str, now: datetime):
    for _ in range(3):
        await post(letter(), now=now)
    assert await Letter.count() == 1


async def test_two_deliverers_send_each_letter_once(db: str, now: datetime):
    for number in range(60):
        await post(letter(number), now=now)
    async with mail_server() as (mailbox, settings):
        sent = await asyncio.gather(*(deliver(carrier_for(settings), now=now) for _ in range(3)))
    assert sum(sent) == 60
    assert sorted(got["To"].addresses[0].addr_spec for got in mailbox.letters) == sorted(
        f"office{number}@si-07.example" for number in range(60)
    )


async def test_a_letter_waits_until_it_is_due_and_can_be_stopped_before(db: str, now: datetime):
    later = now + timedelta(minutes=10)
    await post(letter(1), now=now, due=later)
    await post(letter(2, key="call/2/1"), now=now, due=later)
    assert await anything_due(now=now) is False
    assert await stop("call/1/") == 1
    async with mail_server() as (mailbox, settings):
        assert await deliver(carrier_for(settings), now=now) == 0
        assert await deliver(carrier_for(settings), now=later) == 1
    assert [key_in(got["Message-ID"]) for got in mailbox.letters] == ["call/2/1"]


async def test_an_address_that_is_refused_for_good_fails_alone(db: str, now: datetime):
    await post(letter(1), now=now)
    await post(letter(2), now=now)
    async with mail_server() as (mailbox, settings):
        mailbox.refuses["office1@si-07.example"] = "550 no such mailbox"
        assert await deliver(carrier_for(settings), now=now) == 1
    rows = await Letter.select(Letter.state, Letter.error).order_by(Letter.id)
    assert rows == [
        {"state": "failed", "error": "550 no such mailbox"},
        {"state": "sent", "error": ""},
    ]


async def test_a_busy_server_gets_the_letter_later(db: str, now: datetime):
    await post(letter(1), now=now)
    async with mail_server() as (mailbox, settings):
        mailbox.refuses["office1@si-07.example"] = "451 try again later"
        assert await deliver(carrier_for(settings), now=now) == 0
        del mailbox.refuses["office1@si-07.example"]
        assert await deliver(carrier_for(settings), now=now) == 0
        assert await deliver(carrier_for(settings), now=now + timedelta(seconds=70)) == 1


async def test_a_server_that_is_away_loses_no_letter(db: str, now: datetime):
    await post(letter(1), now=now)
    nobody = Settings(smtp_url="smtp://127.0.0.1:9")
    at = now
    for _ in range(TRIES - 1):
        assert await deliver(carrier_for(nobody), now=at) == 0
        at += timedelta(hours=6)
    assert (await Letter.select(Letter.state, Letter.tries)) == [
        {"state": "waiting", "tries": TRIES - 1}
    ]
    async with mail_server() as (_, settings):
        assert await deliver(carrier_for(settings), now=at) == 1


async def test_a_process_that_died_while_sending_leaves_a_claim_that_ends(db: str, now: datetime):
    await post(letter(1), now=now)
    await Letter.update({Letter.claimed_until: now + CLAIM_LASTS}).where(Letter.key == "call/1/1")
    async with mail_server() as (_, settings):
        assert await deliver(carrier_for(settings), now=now) == 0
        late = now + CLAIM_LASTS + timedelta(seconds=1)
        assert await deliver(carrier_for(settings), now=late) == 1


async def test_no_subject_smuggles_a_header(db: str, now: datetime):
    await post(letter(1, subject="Hello\r\nBcc: all@evil.example"), now=now)
    async with mail_server() as (mailbox, settings):
        await deliver(carrier_for(settings), now=now)
    assert mailbox.letters[0]["Bcc"] is None
    assert mailbox.letters[0]["Subject"] == "Hello Bcc: all@evil.example"


async def test_a_long_subject_keeps_its_spaces(db: str, now: datetime):
    subject = (
        "Ali lahko odgovorimo po 1. decembru, če občinski svet zaseda šele 3. decembra? Šele če"
    )
    await post(letter(1, subject=subject), now=now)
    async with mail_server() as (mailbox, settings):
        await deliver(carrier_for(settings), now=now)
    assert mailbox.letters[0]["Subject"] == subject


async def test_the_address_to_unsubscribe_arrives_as_it_is(db: str, now: datetime):
    address = f"https://alpennetz.example/u/52-{'x' * 60}/calls"
    headers = unsubscribing(address, "office@alpennetz.example")
    await post(letter(1, headers=headers), now=now)
    async with mail_server() as (mailbox, settings):
        await deliver(carrier_for(settings), now=now)
    raw = mailbox.received[0]
    assert f"List-Unsubscribe: <{address}>,\r\n <mailto:".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998


async def test_without_a_server_letters_lie_in_a_folder(db: str, now: datetime, tmp_path: Path):
    await post(letter(1), now=now)
    settings = Settings(smtp_url=f"file:///{tmp_path}/mail")
    assert await deliver(carrier_for(settings), now=now) == 1
    (file,) = (tmp_path / "mail").iterdir()
    kept = email.message_from_bytes(file.read_bytes(), policy=default)
    assert (file.name, kept["To"]) == ("call-1-1.eml", "Janez Primer <office1@si-07.example>")


@pytest.mark.parametrize("nowhere", ["mayor@si-07..example", "[x]@si-07.example", "x@[si-07"])
@pytest.mark.parametrize("folder", [True, False])
async def test_an_address_that_is_none_stops_no_other_letter(
    nowhere: str, folder: bool, db: str, now: datetime, tmp_path: Path
):
    await post(letter(1, recipient=nowhere), now=now)
    await post(letter(2), now=now)
    async with mail_server() as (_, settings):
        where = Settings(smtp_url=f"file://{tmp_path}/mail") if folder else settings
        assert await deliver(carrier_for(where), now=now) == 1
    rows = await Letter.select(Letter.state).order_by(Letter.id)
    assert [row["state"] for row in rows] == ["failed", "sent"]


async def test_what_nobody_foresaw_stops_no_other_letter(db: str, now: datetime):
    await post(letter(1), now=now)
    await post(letter(2), now=now)

    class Odd:
        @asynccontextmanager
        async def connection(self) -> AsyncIterator[SendLetter]:
            async def send(each: Letter) -> None:
                if each.key == "call/1/1":
                    raise LookupError(each.key)

            yield send

    assert await deliver(Odd(), now=now) == 1
    rows = await Letter.select(Letter.state, Letter.tries).order_by(Letter.id)
    assert rows == [{"state": "waiting", "tries": 1}, {"state": "sent", "tries": 0}]


def test_nobody_outside_can_name_a_letter():
    named = message_id("call/12/345")
    assert key_in(named) == key_in(named.upper().replace("CALL", "call")) == "call/12/345"
    for other in (
        "<call.12.345@alpennetz.example>",
        named.replace("345", "346"),
        named.replace("alpennetz", "elsewhere"),
        "<@alpennetz.example>",
        "",
    ):
        assert key_in(other) == ""
