"""All routes of positions."""

from advocacy.positions.handlers import (
    answering,
    drafts_by_link,
    editing,
    looking,
    passages,
    proposing,
    splitting,
    standing,
    word,
)

handlers = [
    *looking.handlers,
    *editing.handlers,
    *passages.handlers,
    *splitting.handlers,
    *standing.handlers,
    *word.handlers,
    *proposing.handlers,
    *answering.handlers,
    *drafts_by_link.handlers,
]
