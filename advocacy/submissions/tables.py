"""The approved text handed to the body, with its receipt."""

from piccolo.columns import Boolean, Bytea, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.approvals.tables import Round
from advocacy.dossiers.tables import Window
from advocacy.municipalities.tables import Municipality
from advocacy.people.tables import Person
from advocacy.positions.tables import Position


class Submission(Table):
    id: Serial
    round = ForeignKey(Round, null=False, on_delete=OnDelete.restrict, unique=True)
    window = ForeignKey(Window, null=True, on_delete=OnDelete.restrict, index=True)
    state = Varchar(length=12, index=True)  # rules.SubmissionState
    text_hash = Varchar(length=64)
    channel = Varchar(length=20)  # portal, mail, post, by hand
    language = Varchar(length=2)
    submitted = Timestamptz(null=True, default=None)
    receipt = Text(default="")  # the number or sentence the body answered with
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    prepared = Timestamptz(null=False, default=None)


class HandIn(Table, tablename="hand_in"):
    """One time that the package went to the body: the first, or again; taken back or not."""

    id: Serial
    submission = ForeignKey(Submission, null=False, on_delete=OnDelete.restrict, index=True)
    number = Integer()
    at = Timestamptz(null=False, default=None)
    zone = Varchar(length=40)  # in which the instant was typed
    channel = Varchar(length=20)
    receipt = Text(default="")
    mail_id = Varchar(length=300, default="")  # the Message-ID that it left with, or came back
    late = Boolean(default=False)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    recorded = Timestamptz(null=False, default=None)
    withdrawn = Timestamptz(null=True, default=None)
    withdrawn_reason = Text(default="")


class CoSignatory(Table, tablename="co_signatory"):
    """Who signs the text beside the network: asked, and with an answer for one exact text."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.cascade, index=True)
    place = Integer(default=0)
    organisation = Varchar(length=200)
    name = Varchar(length=120, default="")
    office = Varchar(length=120, default="")
    email = Varchar(length=254, default="")
    language = Varchar(length=2)
    municipality = ForeignKey(Municipality, null=True, on_delete=OnDelete.set_null, index=True)
    state = Varchar(length=10)  # rules.SignatureState: added, asked, signed, declined
    token_hash = Varchar(length=64, default="", index=True)
    text_hash = Varchar(length=64, default="")  # what was signed
    remark = Text(default="")
    asked = Timestamptz(null=True, default=None)
    answered = Timestamptz(null=True, default=None)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)


class SubmissionFile(Table, tablename="submission_file"):
    id: Serial
    submission = ForeignKey(Submission, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=120)
    media_type = Varchar(length=100)
    size = Integer()  # bytes
    sha256 = Varchar(length=64)
    content = Bytea()
    kind = Varchar(length=10, default="package")  # rules.FileKind
    hand_in = ForeignKey(HandIn, null=True, on_delete=OnDelete.set_null, index=True)
