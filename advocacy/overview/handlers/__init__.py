"""The pages that look across all stations."""

from advocacy.overview.handlers import letters, looking, now, public, sources

handlers = [
    *now.handlers,
    *looking.handlers,
    *public.handlers,
    *sources.handlers,
    *letters.handlers,
]
