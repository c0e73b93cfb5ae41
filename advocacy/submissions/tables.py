"""The approved text handed to the body, with its receipt."""

from piccolo.columns import Bytea, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.approvals.tables import Round
from advocacy.dossiers.tables import Window
from advocacy.people.tables import Person


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


class SubmissionFile(Table, tablename="submission_file"):
    id: Serial
    submission = ForeignKey(Submission, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=120)
    media_type = Varchar(length=100)
    size = Integer()  # bytes
    sha256 = Varchar(length=64)
    content = Bytea()
