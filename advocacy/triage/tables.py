"""The decision on an entry. No row: the entry is in the inbox."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person
from feeds.tables import Entry


class Triage(Table):
    id: Serial
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict, unique=True)
    decision = Varchar(length=20, index=True)  # rules.Decision
    reason = Text(default="")
    until = Timestamptz(null=True, default=None, index=True)  # of "later"
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    at = Timestamptz(null=False, default=None, index=True)
    event = Integer(null=True, default=None, index=True)  # of the history: what an undo takes back
