"""Who did what when: append-only, each event chained to the one before by its hash."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.columns.reference import LazyTableReference
from piccolo.table import Table


class Event(Table):
    id: Serial
    at = Timestamptz(null=False, default=None, index=True)
    person: ForeignKey[Table] = ForeignKey(
        LazyTableReference("Person", module_path="advocacy.people.tables"),
        null=True,
        on_delete=OnDelete.restrict,
        index=True,
    )
    who = Varchar(length=120)  # "Ana Muster", "Vzorčna vas", "Alphorn"
    action = Varchar(length=60)  # "dossier opened"
    kind = Varchar(length=30)  # of the object: "entry", "dossier", "round" …
    object = Integer()
    dossier = Integer(null=True, default=None, index=True)
    details = Text(default="{}")  # JSON: what changed, with the values before
    undoes = Integer(null=True, default=None, unique=True)  # the event that this one takes back
    previous_hash = Varchar(length=64)
    hash = Varchar(length=64, unique=True)
