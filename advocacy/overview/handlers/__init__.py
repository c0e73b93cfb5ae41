"""The pages that look across all stations."""

from advocacy.overview.handlers import (
    deadlines,
    letters,
    looking,
    mail,
    now,
    public,
    source_settings,
    sources,
)

handlers = [
    *now.handlers,
    *deadlines.handlers,
    *looking.handlers,
    *public.handlers,
    *sources.handlers,
    *source_settings.handlers,
    *letters.handlers,
    *mail.handlers,
]
