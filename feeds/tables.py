"""What is stored of other people's web: sources, visits to them, and what they published.

Composite keys that Piccolo cannot state here stand in the migrations:
unique (entry.source, entry.key), unique (entry_version.entry, entry_version.number),
unique (entry_alias.source, entry_alias.key).
"""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class Source(Table, tablename="source"):
    """A machine-readable address that is polled."""

    id: Serial
    name = Text(null=False, default="")
    address = Text(null=False, unique=True)
    # One of feeds.parsing.KINDS.
    kind = Varchar(length=20, null=False, default="feed")
    language = Varchar(length=8, null=True, default=None)
    zone = Varchar(length=40, null=False, default="Europe/Brussels")
    # Country codes, comma separated: "AT,SI".
    countries = Text(null=False, default="")
    # active | paused | gone
    state = Varchar(length=10, null=False, default="active", index=True)
    state_reason = Text(null=False, default="")
    # Validators as they came, quotes and W/ included: they go back byte for byte.
    etag = Text(null=True, default=None)
    last_modified = Text(null=True, default=None)
    body_hash = Varchar(length=64, null=True, default=None)
    key_policy = Varchar(length=20, null=False, default="id")
    # JSON object: {"selector": "#news", …}
    settings = Text(null=False, default="{}")
    created = Timestamptz(null=False, default=None)
    last_polled = Timestamptz(null=True, default=None)
    last_success = Timestamptz(null=True, default=None)
    last_new = Timestamptz(null=True, default=None)
    # Usual seconds between new entries, smoothed; None while unknown.
    gap = Integer(null=True, default=None)
    next_due = Timestamptz(null=False, default=None, index=True)
    rhythm_reason = Text(null=False, default="")
    failures = Integer(null=False, default=0)
    first_failure = Timestamptz(null=True, default=None)
    last_error = Text(null=False, default="")
    lease_until = Timestamptz(null=True, default=None)
    lease_owner = Text(null=True, default=None)
    # How many items the document usually holds; None until the first good poll.
    expected = Integer(null=True, default=None)
    moved_to = Text(null=True, default=None)
    moved_since = Timestamptz(null=True, default=None)
    # The server's name: politeness is per host. Kept beside the address by whoever writes that.
    host = Text(null=False, default="", index=True)
    # JSON object: what the document said of its rhythm, {"pause": 3600, "hours": [0], "days": []}
    wishes = Text(null=False, default="{}")


class Poll(Table, tablename="poll"):
    """One visit to a source and what came of it."""

    id: Serial
    source = ForeignKey(Source, null=False, on_delete=OnDelete.cascade, index=True)
    started = Timestamptz(null=False, default=None, index=True)
    ended = Timestamptz(null=False, default=None)
    # fetched | unchanged | empty | blocked | login | shell | page | unreadable | failed | gone
    # | outage
    outcome = Varchar(length=20, null=False)
    status = Integer(null=True, default=None)
    bytes = Integer(null=False, default=0)
    fetched = Integer(null=False, default=0)
    new = Integer(null=False, default=0)
    changed = Integer(null=False, default=0)
    same = Integer(null=False, default=0)
    error = Text(null=False, default="")
    # For a failure: what of the way failed, as feeds.fetching.Problem.
    problem = Varchar(length=20, null=False, default="")
    # Why the next one is due when it is due.
    reason = Text(null=False, default="")


class Host(Table, tablename="host"):
    """A server that sources live on, as far as politeness has to know it."""

    id: Serial
    name = Text(null=False, unique=True)
    # Nobody asks it before: the pause after a request, or one that it asked for.
    free_at = Timestamptz(null=True, default=None)


class Entry(Table, tablename="entry"):
    """One item that a source published, as it stands now; its versions are kept."""

    id: Serial
    source = ForeignKey(Source, null=False, on_delete=OnDelete.restrict, index=True)
    # SHA-256 of what identifies the item within its source.
    key = Varchar(length=64, null=False)
    title = Text(null=False, default="")
    address = Text(null=False, default="")
    author = Text(null=False, default="")
    published = Timestamptz(null=True, default=None)
    updated = Timestamptz(null=True, default=None)
    first_seen = Timestamptz(null=False, default=None)
    # To the week where documents are not complete: it serves to tell what is missing.
    last_seen = Timestamptz(null=False, default=None)
    language = Varchar(length=8, null=True, default=None)
    # Sanitised on the way in; safe to show as it is.
    html = Text(null=False, default="")
    text = Text(null=False, default="")
    # JSON lists.
    enclosures = Text(null=False, default="[]")
    deadlines = Text(null=False, default="[]")
    topics = Text(null=False, default="[]")
    procedure_numbers = Text(null=False, default="[]")
    # SHA-256 of what a reader would call the content; dates and order do not count.
    hash = Varchar(length=64, null=False)
    # SHA-256 of the item as it came: an item that is the same to the byte is not parsed.
    received_hash = Varchar(length=64, null=False, default="")
    versions = Integer(null=False, default=1)
    search_text = Text(null=False, default="")
    # The earliest deadline for input that is still ahead when the entry was read.
    next_deadline = Timestamptz(null=True, default=None, index=True)
    # In how many complete documents in a row the item was missing.
    missed = Integer(null=False, default=0)
    # When the item was missed in a complete document for the second time.
    gone_at = Timestamptz(null=True, default=None)


class EntryVersion(Table, tablename="entry_version"):
    """An entry as it was seen once. Number 1 is the first sighting."""

    id: Serial
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer(null=False)
    seen_at = Timestamptz(null=False, default=None)
    title = Text(null=False, default="")
    address = Text(null=False, default="")
    html = Text(null=False, default="")
    text = Text(null=False, default="")
    # JSON object: field → [before, after]; {} for the first.
    changes = Text(null=False, default="{}")
    # The item as it came, at most 64 kB.
    received = Text(null=False, default="")


class EntryAlias(Table, tablename="entry_alias"):
    """Another key under which a source has published an entry that we know."""

    id: Serial
    source = ForeignKey(Source, null=False, on_delete=OnDelete.cascade, index=True)
    key = Varchar(length=64, null=False)
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.cascade, index=True)
