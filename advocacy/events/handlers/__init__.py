"""Pages of gatherings: for everybody, for who keeps them, behind links."""

from advocacy.events.handlers import (
    by_link,
    feeds,
    files,
    guests,
    inviting,
    keeping,
    looking,
    minutes,
    participants,
    programme,
)

handlers = [
    *looking.handlers,
    *feeds.handlers,
    *keeping.handlers,
    *programme.handlers,
    *files.handlers,
    *inviting.handlers,
    *by_link.handlers,
    *guests.handlers,
    *participants.handlers,
    *minutes.handlers,
]
