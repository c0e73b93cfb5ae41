"""What can go wrong, in the domain's words. web/errors.py is the one map to HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people: an English message id and the values it is filled with.

    Pure rules speak in Messages; texts.translate() says them in the reader's language.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


class DomainError(Exception):
    def __init__(self, message: Message | str) -> None:
        self.message = message if isinstance(message, Message) else Message(message)
        super().__init__(str(self.message))


class NotFound(DomainError):
    """It is not there, or this person may not know that it is."""


class NotAllowed(DomainError):
    """It is there and known, and this person may not do that with it."""


class Outdated(DomainError):
    """Somebody was faster. `theirs` and `mine` are shown side by side; nothing is lost."""

    def __init__(self, message: Message | str, *, theirs: str = "", mine: str = "") -> None:
        super().__init__(message)
        self.theirs, self.mine = theirs, mine


class Invalid(DomainError):
    """What was typed cannot be meant. `fields` names each field with what to do about it."""

    def __init__(self, fields: Mapping[str, Message | str]) -> None:
        self.fields = {
            name: text if isinstance(text, Message) else Message(text)
            for name, text in fields.items()
        }
        super().__init__(next(iter(self.fields.values())))
