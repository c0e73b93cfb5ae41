"""What is written on a mail: why it waits, what was not taken in. Kept as JSON, said in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any  # what JSON holds

from advocacy.errors import Message
from advocacy.letterbox.rules import Why


@dataclass(frozen=True, slots=True)
class Note:
    """`left_out`: why each file was not taken in. `reason`: another server's own words, or the day
    of return. `larger`: only the beginning of the mail was kept.
    """

    why: Why = Why.NONE
    left_out: tuple[Message, ...] = ()
    reason: str = ""
    larger: bool = False

    def as_json(self) -> str:
        facts = {
            "why": self.why,
            "left_out": [_plain(each) for each in self.left_out],
            "reason": self.reason,
            "larger": self.larger,
        }
        return json.dumps({name: value for name, value in facts.items() if value})


def note_in(text: str) -> Note:
    facts: dict[str, Any] = json.loads(text) if text else {}
    return Note(
        why=Why(facts.get("why", "")),
        left_out=tuple(_message(each) for each in facts.get("left_out", [])),
        reason=facts.get("reason", ""),
        larger=facts.get("larger", False),
    )


def _plain(message: Message) -> dict[str, Any]:
    values = {
        name: _plain(value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    return {"text": message.text, "values": values}


def _message(facts: Mapping[str, Any]) -> Message:
    values = {
        name: _message(value) if isinstance(value, dict) else value
        for name, value in facts["values"].items()
    }
    text: str = facts["text"]
    return Message(text, values)
