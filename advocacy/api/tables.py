"""Keys for programs. Stored hashed, shown once."""

from piccolo.columns import ForeignKey, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person


class ApiToken(Table, tablename="api_token"):
    id: Serial
    token_hash = Varchar(length=64, unique=True)
    name = Varchar(length=80)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    created = Timestamptz(null=False, default=None)
    expires = Timestamptz(null=False, default=None)
    last_used = Timestamptz(null=True, default=None)
