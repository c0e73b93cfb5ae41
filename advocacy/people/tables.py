"""People, the links they sign in with, and their sessions. Tokens are stored as SHA-256."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class Person(Table):
    id: Serial
    name = Varchar(length=120)
    email = Varchar(length=254, unique=True)
    role = Varchar(length=20, index=True)
    language = Varchar(length=2, default="de")
    countries = Varchar(length=40, default="")  # a coordinator's, as "AT,DE"
    phone = Varchar(length=40, default="")
    active = Boolean(default=True)
    keys_on = Boolean(default=True)
    digest = Varchar(length=10, default="daily")  # rules.Rhythm
    calendar_hash = Varchar(length=64, default="", index=True)
    created = Timestamptz(null=False, default=None)
    last_seen = Timestamptz(null=True, default=None)


class LoginLink(Table, tablename="login_link"):
    id: Serial
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    token_hash = Varchar(length=64, unique=True)
    code_hash = Varchar(length=64, default="", index=True)
    leads_to = Text(default="")
    created = Timestamptz(null=False, default=None)
    expires = Timestamptz(null=False, default=None)
    used = Timestamptz(null=True, default=None)


class Session(Table, tablename="web_session"):
    id: Serial
    token_hash = Varchar(length=64, unique=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    created = Timestamptz(null=False, default=None)
    last_seen = Timestamptz(null=False, default=None)
    banner = Text(default="")  # what the next page says, as JSON


class Try(Table, tablename="try_made"):
    """One attempt that is limited: asking for a link, typing a code."""

    id: Serial
    kind = Varchar(length=20)
    subject_hash = Varchar(length=64, index=True)
    at = Timestamptz(null=False, default=None, index=True)
    weight = Integer(default=1)
