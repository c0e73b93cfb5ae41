"""The list of sources: what is visited at all.

listing      add, pause, resume, import, export
discovery    the feed behind a page
wanted       what a person wants added, checked                           pure
alps         the list for the Alps that ships with us
opml         lists as files (OPML 2.0)                                    pure
"""

from feeds.sources.alps import ShippedSource, shipped
from feeds.sources.listing import (
    Added,
    Imported,
    add,
    add_shipped,
    add_told,
    export_opml,
    import_opml,
    pause,
    resume,
)
from feeds.sources.wanted import (
    InvalidAddressError,
    SourceError,
    UnknownCountryError,
    UnknownKindError,
    UnknownLanguageError,
    UnknownSourceError,
    UnknownZoneError,
    Wanted,
    normalised,
)

__all__ = [
    "Added",
    "Imported",
    "InvalidAddressError",
    "ShippedSource",
    "SourceError",
    "UnknownCountryError",
    "UnknownKindError",
    "UnknownLanguageError",
    "UnknownSourceError",
    "UnknownZoneError",
    "Wanted",
    "add",
    "add_shipped",
    "add_told",
    "export_opml",
    "import_opml",
    "normalised",
    "pause",
    "resume",
    "shipped",
]
