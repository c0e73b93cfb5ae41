"""What people's roles are called."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy.errors import Message
from advocacy.people.rules import Rhythm, Role

ROLES: Mapping[StrEnum, Message] = {
    Role.SECRETARIAT: Message("Secretariat"),
    Role.COORDINATOR: Message("Coordinator"),
    Role.PRESIDENCY: Message("Presidency"),
    Role.MUNICIPALITY: Message("Municipality"),
}

RHYTHMS: Mapping[StrEnum, Message] = {
    Rhythm.NOW: Message("At once"),
    Rhythm.DAILY: Message("Every working day"),
    Rhythm.WEEKLY: Message("Every Monday"),
    Rhythm.NEVER: Message("Never"),
}
