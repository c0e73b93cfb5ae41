"""Bodies: look at them; keep them, their presidencies, meetings and procedures."""

from advocacy.bodies.handlers import keeping, looking, meetings, presidencies, procedures

handlers = [
    *looking.handlers,
    *keeping.handlers,
    *presidencies.handlers,
    *meetings.handlers,
    *procedures.handlers,
]
