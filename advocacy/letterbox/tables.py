"""Every mail that came, as it came. None is thrown away, whatever it is."""

from piccolo.columns import Bytea, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.advice.tables import Enquiry
from advocacy.calls.tables import Contribution, Invitation
from advocacy.people.tables import Person


class Received(Table):
    """`sha256` of the bytes makes taking a mail in twice one act."""

    id: Serial
    sha256 = Varchar(length=64, unique=True)
    message_id = Varchar(length=255, default="", index=True)
    via = Varchar(length=8)  # imap, pipe
    sender = Varchar(length=254, default="", index=True)
    sender_name = Varchar(length=120, default="")
    subject = Varchar(length=300, default="")
    kind = Varchar(length=12, index=True)  # rules.Kind
    state = Varchar(length=12, index=True)  # rules.State
    invitation = ForeignKey(Invitation, null=True, on_delete=OnDelete.set_null, index=True)
    contribution = ForeignKey(Contribution, null=True, on_delete=OnDelete.set_null, index=True)
    version = Integer(null=True, default=None)  # of the contribution that came of it
    enquiry = ForeignKey(Enquiry, null=True, on_delete=OnDelete.set_null, index=True)
    stance = Varchar(length=14, default="")  # as it was understood
    text = Text(default="")  # without what was quoted
    language = Varchar(length=2, default="")
    note = Text(default="")  # why it waits, or what was not taken in
    content = Bytea()  # as it came
    at = Timestamptz(null=False, default=None)
    settled = Timestamptz(null=True, default=None)
    settled_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null)
