"""The inbox: see, decide, next; what was decided, and what waits for its day."""

from advocacy.triage.handlers import decided, deciding, looking

handlers = [*looking.handlers, *deciding.handlers, *decided.handlers]
