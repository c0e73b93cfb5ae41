"""Says what a mail says. Pure: bytes in, a Message out; whatever the bytes are, nothing is raised.

bytes → headers: who, to whom, in answer to what, written by a person or by a machine?
      → parts: the best text, the files
      → HTML only: as text, quotations marked with ">"
      → quotations, signatures and what a telephone adds are cut: what was typed
      → from what was typed: the stance; from an automatic reply: the day of return
      → from a report of another server: which letter came back, and why
"""

from email import message_from_bytes
from email.message import Message as Mail
from email.policy import Compat32

from advocacy.letterbox.reading import bounces, headers, parts
from advocacy.letterbox.reading.headers import LONGEST_HEADER
from advocacy.letterbox.reading.messages import Attached, Bounce, Message
from advocacy.letterbox.reading.quotations import typed_in

__all__ = ["Attached", "Bounce", "Message", "read"]

LONGEST_TEXT = 200_000
"""Characters of a body that are read. The whole mail is kept besides."""
LONGEST_PARSED = 2_000  # characters of a header that says what a part is


class Bounded(Compat32):
    """Takes mails apart; a header is cut where only an attack goes on: its parts are read in a
    time that grows with the square of its length. Compat32, because what is passed on of a mail
    inside a mail stays as it came.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        longest = LONGEST_PARSED if name.lower().startswith("content-") else LONGEST_HEADER
        return name, value[:longest]


def read(content: bytes) -> Message:
    """`readable` is False where it could not be taken apart; then only the bytes are there."""
    try:
        return _read(content)
    except Exception:  # noqa: BLE001 - a malformed mail makes the library raise nearly anything
        return Message(readable=False)


def _read(content: bytes) -> Message:
    mail: Mail = message_from_bytes(content, policy=Bounded())
    head = headers.read(mail)
    pieces = parts.read(mail)
    body = pieces.text[:LONGEST_TEXT]
    return Message(
        readable=True,
        head=head,
        body=body,
        typed=typed_in(body),
        attachments=pieces.attachments,
        bounce=bounces.read(mail, head, body),
    )
