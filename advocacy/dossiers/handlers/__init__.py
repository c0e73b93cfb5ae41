"""Dossiers: look at them, open them, change them."""

from advocacy.dossiers.handlers import (
    changing,
    deadlines,
    following,
    importing,
    listing,
    looking,
    merging,
    opening,
    relating,
)

handlers = [
    *importing.handlers,
    *listing.handlers,
    *looking.handlers,
    *opening.handlers,
    *changing.handlers,
    *deadlines.handlers,
    *relating.handlers,
    *following.handlers,
    *merging.handlers,
]
