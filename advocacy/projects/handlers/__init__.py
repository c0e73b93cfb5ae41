"""Pages of projects: lists and one, entering and changing, a list as a file, beside dossiers."""

from advocacy.projects.handlers import beside, editing, importing, looking

handlers = [
    *looking.handlers,
    *importing.handlers,
    *editing.handlers,
    *beside.handlers,
]
