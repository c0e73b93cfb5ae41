"""All routes of outcomes."""

from advocacy.outcomes.handlers import outcome, telling, years

handlers = [*outcome.handlers, *telling.handlers, *years.handlers]
