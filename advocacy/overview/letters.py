"""The folder of letters, when mail goes to a folder and not to a server."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

from advocacy.errors import NotFound

PAGE = 50
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True, slots=True)
class LetterRow:
    name: str
    recipient: str
    subject: str
    language: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LetterPage:
    row: LetterRow
    text: str
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """`address` is set where the text leads into this house."""

    text: str
    address: str = ""


def names(folder: Path) -> list[str]:
    """The newest first."""
    if not folder.is_dir():
        return []
    files = [(path.stat().st_mtime_ns, path.name) for path in folder.glob("*.eml")]
    return [name for _, name in sorted(files, reverse=True)]


def page_of(folder: Path, *, after: str = "") -> tuple[list[LetterRow], str]:
    """A page, and the name that the next one begins after: "" on the last."""
    listed = names(folder)
    start = listed.index(after) + 1 if after in listed else 0
    shown = listed[start : start + PAGE]
    further = shown[-1] if start + PAGE < len(listed) else ""
    return [_row(name, _message((folder / name).read_bytes())) for name in shown], further


def content(folder: Path, name: str) -> bytes:
    """Only a name that the list has can be asked for. Raises NotFound."""
    if name not in names(folder):
        raise NotFound("There is no such letter")
    return (folder / name).read_bytes()


def letter(folder: Path, name: str) -> LetterPage:
    message = _message(content(folder, name))
    body = message.get_body(("plain",))
    text = body.get_content() if isinstance(body, EmailMessage) else ""
    attachments = tuple(part.get_filename() or "?" for part in message.iter_attachments())
    return LetterPage(_row(name, message), text, attachments)


def _message(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)  # noqa: S101  the policy makes it one
    return message


def _row(name: str, message: EmailMessage) -> LetterRow:
    written = message.get("Date")
    at = parsedate_to_datetime(str(written)) if written else datetime.fromtimestamp(0, UTC)
    return LetterRow(
        name=name,
        recipient=str(message.get("To", "")),
        subject=str(message.get("Subject", "")),
        language=str(message.get("Content-Language", "")),
        at=at,
    )


def linked(text: str, *, house: str) -> list[Piece]:
    """The text in pieces; addresses of this house lead where they lead in the letter."""
    pieces: list[Piece] = []
    rest = 0
    for found in _ADDRESS.finditer(text):
        if not found[0].startswith(f"{house}/"):
            continue
        if found.start() > rest:
            pieces.append(Piece(text[rest : found.start()]))
        pieces.append(Piece(found[0], found[0]))
        rest = found.end()
    if rest < len(text):
        pieces.append(Piece(text[rest:]))
    return pieces
