"""Up to when each person has been told; people/tables.py has the rhythm they chose."""

from piccolo.columns import ForeignKey, Serial, Timestamptz
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person


class DigestTold(Table, tablename="digest_told"):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, unique=True)
    # What came to be known until then has been told, or was nothing to tell.
    told_until = Timestamptz(null=False, default=None)
    sent = Timestamptz(null=True, default=None)  # the last letter
