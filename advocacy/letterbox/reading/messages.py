"""What a mail says, taken apart."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Attached:
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """`answered`: Message-IDs that the mail replies to, the nearest first. `recipients`: all
    headers that name to whom it went, as they stand. `automatic`: a machine wrote it.
    `vacation`: because somebody is away. `forged`: our own server found the sender to be false.
    `proven`: it found the sender to be true.
    """

    message_id: str = ""
    answered: tuple[str, ...] = ()
    sender: str = ""
    sender_name: str = ""
    recipients: str = ""
    subject: str = ""
    automatic: bool = False
    vacation: bool = False
    forged: bool = False
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Bounce:
    """`lasting` is False for "not yet": the other server goes on trying."""

    lasting: bool
    reason: str
    message_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """`body` is all of its text, `typed` what is new in it."""

    readable: bool
    head: Head = field(default_factory=Head)
    body: str = ""
    typed: str = ""
    attachments: tuple[Attached, ...] = ()
    bounce: Bounce | None = None
