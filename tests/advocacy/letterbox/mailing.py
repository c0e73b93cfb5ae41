"""Mails as clients and servers send them."""

from email.message import EmailMessage
from email.policy import SMTP
from itertools import count

from advocacy.calls.answering.reply_to import _code
from advocacy.mail import naming
from advocacy.mail.tables import Letter
from tests.advocacy.calls import story

REPLIES = "antwort@alpennetz.example"
_numbers = count(1)


def tagged(invitation: int) -> str:
    """The address that the letters of an invitation name for replies."""
    local, _, domain = REPLIES.rpartition("@")
    return f"{local}+{invitation}-{_code(invitation)}@{domain}"


def mail(
    text: str,
    *,
    to: str = REPLIES,
    sender: str = "Janez Primer <office@si-07.example>",
    subject: str = "Odg: Rok [2026-014-1]",
    **headers: str,
) -> EmailMessage:
    """`headers` by their names with underscores for hyphens."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = to
    made["Subject"] = subject
    made["Message-ID"] = f"<{next(_numbers)}@client.example>"
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


async def reply(text: str, code: str = "SI-07", **more: str) -> EmailMessage:
    """To the address that belongs to this municipality's invitation."""
    invitation = await story.invitation(code)
    return mail(
        text, to=tagged(invitation.id), **{"sender": f"office@{code.lower()}.example", **more}
    )


def message_id(letter: Letter) -> str:
    return naming.message_id(letter.key)


def report(returned: str, *, action: str = "failed", said: str = "550 5.1.1 user unknown") -> bytes:
    """A delivery status notification (RFC 3464) about a letter with these headers."""
    return (
        "Return-Path: <>\r\n"
        "From: MAILER-DAEMON@mx.si-07.example\r\n"
        "To: office@alpennetz.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\n"
        f"Message-ID: <dsn{next(_numbers)}@mx.si-07.example>\r\n"
        "Auto-Submitted: auto-replied\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nThis is the mail system.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.si-07.example\r\n\r\n"
        f"Final-Recipient: rfc822; office@si-07.example\r\nAction: {action}\r\n"
        f"Status: 5.1.1\r\nDiagnostic-Code: smtp; {said}\r\n"
        "\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"From: office@alpennetz.example\r\nMessage-ID: {returned}\r\nSubject: Rok\r\n"
        "\r\n--b--\r\n"
    ).encode()
