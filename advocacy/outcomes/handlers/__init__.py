"""All routes of outcomes."""

from advocacy.outcomes.handlers import outcome, telling

handlers = [*outcome.handlers, *telling.handlers]
