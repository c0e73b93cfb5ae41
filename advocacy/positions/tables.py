"""The text of the network on a dossier, and the passages its sentences rest on."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.calls.tables import Contribution
from advocacy.dossiers.tables import Dossier, Window
from advocacy.people.tables import Person


class Passage(Table):
    """A piece of a contribution that makes one point: tagged, cited, answered."""

    id: Serial
    contribution = ForeignKey(Contribution, null=False, on_delete=OnDelete.restrict, index=True)
    contribution_version = Integer()
    number = Integer()
    text = Text()
    language = Varchar(length=2)
    tag = Varchar(length=60, default="", index=True)
    stance = Varchar(length=12, default="supports")  # supports, contradicts, mentions
    disposition = Varchar(length=12, default="open")  # rules.Disposition
    disposition_reason = Text(default="")
    disposed_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    created = Timestamptz(null=False, default=None)


class Position(Table):
    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.restrict, unique=True)
    window = ForeignKey(Window, null=True, on_delete=OnDelete.restrict, index=True)
    language = Varchar(length=2)  # the lead language
    binding_languages = Varchar(length=20, default="")  # "de,fr": checked before approval
    state = Varchar(length=12, index=True)  # rules.PositionState
    version = Integer(default=0)
    adopted = Timestamptz(null=True, default=None)


class PositionVersion(Table, tablename="position_version"):
    """A version is kept whole, so that any two can be compared and a hash means one text."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.restrict, index=True)
    number = Integer()
    title = Varchar(length=300)
    paragraphs = Text()  # JSON: [{"key": "k3f…", "text": "… [@17.2]"}]
    asks = Text(default="[]")  # JSON: [{"number": 1, "paragraph": key, "text": …}]
    text_hash = Varchar(length=64, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    note = Text(default="")
    at = Timestamptz(null=False, default=None)
    search_text = Text(default="")


class Seen(Table):
    """The version that this person last looked at: what changed since is personal."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    version = Integer()
    at = Timestamptz(null=False, default=None)
