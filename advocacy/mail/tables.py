"""The outbox: a letter is a row of the same transaction as the fact it tells of."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class Letter(Table):
    id: Serial
    key = Varchar(length=120, unique=True)  # "call/12/invitation/345": never two of one
    kind = Varchar(length=30, index=True)  # call, reminder, receipt, round, report-back, sign-in
    recipient = Varchar(length=254)
    recipient_name = Varchar(length=120, default="")
    language = Varchar(length=2)
    subject = Varchar(length=200)
    text = Text()
    html = Text()
    headers = Text(default="{}")  # JSON
    attachments = Text(default="[]")  # JSON: name, media type, base64
    dossier = Integer(null=True, default=None, index=True)
    state = Varchar(length=10, default="waiting", index=True)
    due = Timestamptz(null=False, default=None, index=True)
    claimed_until = Timestamptz(null=True, default=None)
    tries = Integer(default=0)
    error = Text(default="")
    created = Timestamptz(null=False, default=None)
    sent = Timestamptz(null=True, default=None)
