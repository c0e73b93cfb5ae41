"""A position in another language, paragraph by paragraph."""

from piccolo.columns import ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person
from advocacy.positions.tables import Position


class Translation(Table):
    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    paragraph = Varchar(length=20)  # the paragraph's key; "title"; "ask-1"
    text = Text()
    source_text = Text()  # the original that this was made from: a change is shown against it
    state = Varchar(length=10)  # rules.TranslationState
    engine = Varchar(length=60, default="")  # that wrote it, as long as nobody has
    checked_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    changed = Timestamptz(null=False, default=None)
    search_text = Text(default="")
