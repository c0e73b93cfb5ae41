"""All routes of positions."""

from advocacy.positions.handlers import editing, looking, passages

handlers = [*looking.handlers, *editing.handlers, *passages.handlers]
