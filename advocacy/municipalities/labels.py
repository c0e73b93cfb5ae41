"""What people call it."""

from collections.abc import Mapping

from advocacy import texts
from advocacy.errors import Message
from advocacy.municipalities.rules import Rhythm, Trouble
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

TROUBLES: Mapping[Trouble, Message] = {
    Trouble.BROKEN: Message("Letters come back"),
    Trouble.UNCONFIRMED: Message("Not confirmed for a year"),
    Trouble.NOBODY: Message("Nobody to write to"),
    Trouble.RETIRED: Message("Former members"),
}

COLUMNS: Mapping[str, Message] = {
    "code": Message("Code"),
    "name": Message("Name"),
    "kind": Message("Kind"),
    "country": Message("Country"),
    "nuts": Message("NUTS-3 region"),
    "region": Message("Region"),
    "map_region": Message("Region on the map"),
    "language": Message("Language"),
    "latitude": Message("Latitude"),
    "longitude": Message("Longitude"),
    "population": Message("Inhabitants"),
    "topics": Message("Topics"),
    "contact": Message("Person"),
    "role": Message("Role"),
    "email": Message("E-mail address"),
    "phone": Message("Phone"),
    "best_time": Message("Best time to ring"),
    "origin": Message("Where the address comes from"),
    "represented_by": Message("Represented by (code of the region)"),
    "stands_for": Message("Stands for how many municipalities"),
    "active": Message("Member"),
}
"""What our columns are called where a list is taken in."""

ROLES: Mapping[str, Message] = {
    "mayor": Message("mayor"),
    "clerk": Message("clerk"),
    "councillor": Message("councillor"),
    "other": Message("other"),
}


def topic(key: str) -> str:
    """In the language in use. A topic that only this network knows is its own label."""
    return topic_label(key, texts.language()) if key in TOPICS else key
