"""The decision on an entry; no row: it is in the inbox. Rules that decide, and who looks."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person
from feeds.tables import Entry, Source


class SortingRule(Table, tablename="sorting_rule"):
    """A decision about one kind of entry that is taken by itself: not ours, because."""

    id: Serial
    source = ForeignKey(Source, null=True, on_delete=OnDelete.cascade, index=True)  # None: any
    words = Text(default="[]")  # JSON: folded words, all of which the title has
    topic = Varchar(length=40, default="")
    reason = Varchar(length=30)  # rules.Dismissal
    state = Varchar(length=10, default="active", index=True)  # active, off, refused
    looked_at = Integer(default=0)  # the last entry it has been asked about
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    created = Timestamptz(null=False, default=None)
    ended = Timestamptz(null=True, default=None)


class Triage(Table):
    id: Serial
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict, unique=True)
    decision = Varchar(length=20, index=True)  # rules.Decision
    reason = Text(default="")
    until = Timestamptz(null=True, default=None, index=True)  # of "later"
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    rule = ForeignKey(SortingRule, null=True, on_delete=OnDelete.set_null, index=True)
    at = Timestamptz(null=False, default=None, index=True)
    event = Integer(null=True, default=None, index=True)  # of the history: what an undo takes back


class Looking(Table):
    """Who has an entry before them, for some minutes: two people see each other."""

    id: Serial
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, unique=True)
    until = Timestamptz(null=False, default=None)
