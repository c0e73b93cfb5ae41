"""All routes of positions."""

from advocacy.positions.handlers import editing, looking, passages, splitting, standing, word

handlers = [
    *looking.handlers,
    *editing.handlers,
    *passages.handlers,
    *splitting.handlers,
    *standing.handlers,
    *word.handlers,
]
