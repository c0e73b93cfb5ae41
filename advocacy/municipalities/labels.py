"""What people call it."""

from collections.abc import Mapping

from advocacy import texts
from advocacy.errors import Message
from advocacy.municipalities.rules import Rhythm
from feeds.reading.topics import TOPICS, topic_label

KINDS: Mapping[str, Message] = {
    "municipality": Message("Municipality"),
    "region": Message("Region that stands for several municipalities"),
}

RHYTHMS: Mapping[Rhythm, Message] = {
    Rhythm.NOW: Message("At once"),
    Rhythm.WEEKLY: Message("Once a week"),
    Rhythm.NEVER: Message("Never"),
}

ROLES: Mapping[str, Message] = {
    "mayor": Message("mayor"),
    "clerk": Message("clerk"),
    "councillor": Message("councillor"),
    "other": Message("other"),
}


def topic(key: str) -> str:
    """In the language in use. A topic that only this network knows is its own label."""
    return topic_label(key, texts.language()) if key in TOPICS else key
