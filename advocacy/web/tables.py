"""A form that was posted: the same form posted twice is one act."""

from piccolo.columns import Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class PostedForm(Table, tablename="posted_form"):
    id: Serial
    key = Varchar(length=64, unique=True)
    leads_to = Text(default="")
    at = Timestamptz(null=False, default=None, index=True)
