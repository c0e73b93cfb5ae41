"""The round trip against real servers: out by SMTP, answered, back by IMAP, taken in, told."""

import logging
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError

from advocacy.calls.queries import invitation
from advocacy.calls.tables import Contribution, ContributionVersion
from advocacy.leases import Lease
from advocacy.letterbox import fetching, withheld
from advocacy.letterbox.actions import take_in
from advocacy.letterbox.rules import State
from advocacy.letterbox.tables import Received
from advocacy.mail.actions import deliver
from advocacy.mail.smtp import carrier_for
from advocacy.settings import settings
from tests.advocacy.calls import story
from tests.advocacy.letterbox.imap import PASSWORD, Inbox, imap_server
from tests.advocacy.letterbox.mailing import mail, reply
from tests.advocacy.mail.test_delivery import Mailbox, mail_server

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]
MINUTE = timedelta(minutes=1)


def reads(monkeypatch: pytest.MonkeyPatch, inbox: Inbox) -> None:
    monkeypatch.setenv("ALPHORN_IMAP_URL", inbox.url)
    settings.cache_clear()


def as_a_client_replies(letter: EmailMessage, text: str) -> EmailMessage:
    """What a mail program makes of "reply": to the Reply-To, with the letter below."""
    body = letter.get_body(("plain",))
    assert body is not None
    quoted = "\n".join(f"> {line}".rstrip() for line in body.get_content().splitlines())
    made = EmailMessage(policy=SMTP)
    made["From"] = "Janez Primer <office@si-07.example>"
    made["To"] = letter["Reply-To"]
    made["Subject"] = f"Odg: {letter['Subject']}"
    made["Message-ID"] = "<odgovor.1@si-07.example>"
    made["In-Reply-To"] = letter["Message-ID"]
    made["References"] = f"{letter['References']} {letter['Message-ID']}"
    made.set_content(
        f"{text}\n\nPoslano iz iPhona\n\nV pon., 23. nov. 2026 ob 09:40 je oseba Alpennetz "
        f"<office@alpennetz.example>\nnapisala:\n\n{quoted}\n"
    )
    return made


async def sent_by(mailbox: Mailbox, server: object, now: datetime) -> list[EmailMessage]:
    before = len(mailbox.letters)
    await deliver(carrier_for(server), now=now)  # type: ignore[arg-type]
    return mailbox.letters[before:]


async def test_the_round_trip(now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with mail_server() as (outside, server), imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        await story.opened(now)
        letters = await sent_by(outside, server, now)
        call = next(each for each in letters if "si-07" in each["To"])
        inbox.put(as_a_client_replies(call, "Deloma. Imamo 14 planin.").as_bytes())
        assert await fetching.poll(now) == 1
        version = (await invitation((await story.invitation("SI-07")).id)).version
        assert version is not None
        assert (version.stance, version.text, version.channel) == (
            "partly", "Deloma. Imamo 14 planin.", "mail",
        )  # fmt: skip
        [told] = await sent_by(outside, server, now)
        body = told.get_body(("plain",))
        assert body is not None
        assert told["To"] == "Janez Primer <office@si-07.example>"
        assert told["In-Reply-To"] == "<odgovor.1@si-07.example>"
        assert told["Auto-Submitted"] == "auto-generated"
        assert "„Deloma. Imamo 14 planin.“" in body.get_content()
        # the letter is answered once more, and the answer is the next version
        inbox.put(as_a_client_replies(told, "Ne, vendarle ne.").as_bytes())
        assert await fetching.poll(now) == 1
    [contribution] = await Contribution.objects()
    assert contribution.version == 2


@pytest.mark.parametrize("keywords", [True, False])
async def test_a_mail_is_fetched_once_marked_and_never_deleted(
    keywords: bool, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with imap_server(tmp_path, keywords=keywords) as inbox:
        reads(monkeypatch, inbox)
        await story.opened(now)
        inbox.put((await reply("Da.")).as_bytes())
        assert [await fetching.poll(now) for _ in range(3)] == [1, 0, 0]
        [name] = inbox.names()
        assert name.endswith(":2,a" if keywords else ":2,S")


async def test_a_crash_before_the_mark_takes_the_mail_once(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def died(*_: object) -> None:
        raise ConnectionResetError

    async with imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        await story.opened(now)
        inbox.put((await reply("Da.")).as_bytes())
        with monkeypatch.context() as patched:
            patched.setattr(fetching.Mailbox, "mark", died)
            assert await fetching.poll(now) == 0
        assert await Received.count() == 1
        assert await fetching.poll(now) == 1
        assert await fetching.poll(now) == 0
    assert await ContributionVersion.count() == 1


async def test_a_broken_mail_does_not_stop_the_others(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        await story.opened(now)
        for content in (
            b"\xff\xfe\x00 no mail at all",
            mail("Da.", sender="x@y.example").as_bytes(),
        ):
            inbox.put(content)
        inbox.put((await reply("Da.")).as_bytes())
        assert await fetching.poll(now) == 3
        assert await fetching.poll(now) == 0
    states = [each.state for each in await Received.objects().order_by(Received.id)]
    assert sorted(states) == [State.NOTED, State.TAKEN, State.WAITING]


async def test_what_cannot_even_be_kept_stays_in_the_mailbox(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def sometimes(content: bytes, **more: object) -> Received:
        if b"broken" in content:
            raise RuntimeError("broken")
        return await take_in(content, **more)  # type: ignore[arg-type]

    async with imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        await story.opened(now)
        inbox.put(mail("broken").as_bytes())
        inbox.put((await reply("Da.")).as_bytes())
        with monkeypatch.context() as patched:
            patched.setattr(fetching, "take_in", sometimes)
            assert await fetching.poll(now) == 1
        assert await fetching.poll(now) == 0
        assert await fetching.poll(now + MINUTE) == 1
        assert not await Lease.exists().where(Lease.name.like("withheld/%"))


async def test_of_a_very_large_mail_only_the_beginning_is_fetched(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async with imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        monkeypatch.setattr(fetching, "LARGEST", 20_000)
        monkeypatch.setattr(fetching, "KEPT_OF_LARGER", 10_000)
        await story.opened(now)
        made = await reply("Deloma.")
        made.add_attachment(b"x" * 30_000, maintype="application", subtype="pdf", filename="a.pdf")
        inbox.put(made.as_bytes())
        assert await fetching.poll(now) == 1
    [row] = await Received.objects()
    assert (row.state, len(row.content)) == (State.TAKEN, 10_000)


async def test_a_mailbox_that_is_away_waits_and_no_password_is_logged(
    now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    async with imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        assert await fetching.poll(now) == 0
        assert await Lease.exists().where(Lease.name == fetching.REACHED, Lease.until > now)
        monkeypatch.setenv("ALPHORN_IMAP_URL", inbox.url.replace("antwort:", "antwort:wrong"))
        settings.cache_clear()
        assert await fetching.poll(now) == 0
    monkeypatch.setenv("ALPHORN_IMAP_URL", inbox.url)
    settings.cache_clear()
    assert await fetching.poll(now) == 0
    said = caplog.text
    assert "cannot be read" in said
    for secret in (PASSWORD, "wört", "w%C3%B6rt", "wrong"):
        assert secret not in said


async def test_without_a_mailbox_nothing_is_fetched(now: datetime):
    assert await fetching.poll(now) == 0


@pytest.mark.parametrize(
    "trouble", [IMAPClientError("NO [UNAVAILABLE]"), IMAPClientAbortError("BYE"), TimeoutError()]
)
async def test_a_mail_that_the_server_does_not_give_out_stops_no_other(
    trouble: Exception, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    content = fetching.Mailbox.content

    def sometimes(self: fetching.Mailbox, number: int) -> tuple[bytes, bool]:
        if number == self.waiting()[0]:
            raise trouble
        return content(self, number)

    async with imap_server(tmp_path) as inbox:
        reads(monkeypatch, inbox)
        monkeypatch.setattr(fetching, "AT_ONCE", 1)
        await story.opened(now)
        for text in ("Da.", "Ne."):
            inbox.put(mail(text).as_bytes())
        monkeypatch.setattr(fetching.Mailbox, "content", sometimes)
        assert [await fetching.poll(now) for _ in range(3)] == [0, 1, 0]
        assert await Received.count() == 1
        later = now + MINUTE
        assert await fetching.poll(later) == 0
        monkeypatch.setattr(fetching.Mailbox, "content", content)
        assert await fetching.poll(later + MINUTE) == 0
        assert await fetching.poll(later + 2 * MINUTE) == 1
    assert await Received.count() == 2


def test_a_mail_that_never_comes_is_tried_four_times_a_day():
    assert [withheld.rests(tries) for tries in (1, 2, 3)] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert withheld.rests(10_000) == timedelta(hours=6)
