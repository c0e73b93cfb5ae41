"""Where somebody who was asked stands."""

from enum import StrEnum


class Standing(StrEnum):
    """What a list of the invited can be narrowed to."""

    UNANSWERED = "unanswered"
    NOT_OPENED = "not_opened"
    OPENED = "opened"
    DRAFTED = "drafted"
    ANSWERED = "answered"
    ABSENT = "absent"
    BOUNCED = "bounced"
    WITHDRAWN = "withdrawn"
