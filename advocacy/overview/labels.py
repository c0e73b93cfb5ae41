"""What people call the states of a source and the ends of a visit."""

from collections.abc import Mapping

from advocacy.errors import Message

STATES: Mapping[str, Message] = {
    "active": Message("active"),
    "paused": Message("paused"),
    "gone": Message("gone for good"),
}

OUTCOMES: Mapping[str, Message] = {
    "fetched": Message("read"),
    "unchanged": Message("nothing new"),
    "empty": Message("suddenly empty"),
    "unreadable": Message("cannot be read"),
    "failed": Message("failed"),
    "gone": Message("gone for good"),
    "busy": Message("somebody is at it"),
}

KINDS: Mapping[str, Message] = {
    "auto": Message("Find out"),
    "feed": Message("Feed (RSS, Atom, JSON)"),
    "ical": Message("Calendar (iCalendar)"),
    "have-your-say": Message("Have Your Say (European Commission)"),
    "fedlex": Message("fedlex (Switzerland)"),
    "page": Message("Page that is watched"),
}

ADDED = Message("Added: %(name)s")
"""Sentences after a visit by hand, by its outcome."""
VISITED: Mapping[str, Message] = {
    "fetched": Message("Visited: %(new)s new, %(changed)s changed, %(same)s as before."),
    "unchanged": Message("Visited: nothing has changed there."),
    "busy": Message("Somebody is visiting this source at the moment."),
}
TROUBLE = Message("Visited without success: %(error)s")
