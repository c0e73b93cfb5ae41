"""How often each person hears of each kind of news, and up to when they have been told."""

from piccolo.columns import ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person


class DigestTold(Table, tablename="digest_told"):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, unique=True)
    # What came to be known until then has been told, or was nothing to tell.
    told_until = Timestamptz(null=False, default=None)
    sent = Timestamptz(null=True, default=None)  # the last letter
    topics = Text(default="")  # of news that no dossier carries; empty: all
    countries = Varchar(length=40, default="")


class DigestKind(Table, tablename="digest_kind"):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)  # rules.Kind
    rhythm = Varchar(length=10, default="")  # people.rules.Rhythm; "": as people.tables has it
    # What came to be known until then has been told, or was nothing to tell. None: nothing yet.
    told_until = Timestamptz(null=True, default=None)
