"""Papers of a dossier, as they were handed in."""

from piccolo.columns import Bytea, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.dossiers.tables import Dossier, Window
from advocacy.people.tables import Person


class Document(Table):
    """`replaces`: the version before, which stays."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    window = ForeignKey(Window, null=True, on_delete=OnDelete.set_null, index=True)
    name = Varchar(length=200)  # of the file
    title = Varchar(length=300, default="")
    code = Varchar(length=60, default="")  # of the body: "ACXIV_A2"
    language = Varchar(length=2, default="")
    original = Varchar(length=2, default="")  # the language it was written in, where known
    media_type = Varchar(length=100)  # as sniffed from the content
    size = Integer()  # bytes
    sha256 = Varchar(length=64, index=True)
    content = Bytea()
    replaces: ForeignKey[Table] = ForeignKey(
        "self", null=True, on_delete=OnDelete.set_null, index=True
    )
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)
    removed = Timestamptz(null=True, default=None)
    search_text = Text(default="")
