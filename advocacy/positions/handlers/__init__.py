"""All routes of positions."""

from advocacy.positions.handlers import editing, looking, passages, splitting

handlers = [*looking.handlers, *editing.handlers, *passages.handlers, *splitting.handlers]
