"""What became of it: ask by ask from the body, passage by passage to the municipality."""

from piccolo.columns import Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.calls.tables import Invitation
from advocacy.people.tables import Person
from advocacy.submissions.tables import Submission
from feeds.tables import Entry


class Outcome(Table):
    id: Serial
    submission = ForeignKey(Submission, null=False, on_delete=OnDelete.restrict, index=True)
    ask = Integer()  # its number
    fate = Varchar(length=10)  # rules.Fate
    quotation = Text(default="")
    entry = ForeignKey(Entry, null=True, on_delete=OnDelete.set_null, index=True)
    decided = Date(null=True, default=None)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    changed = Timestamptz(null=False, default=None)
    review = Date(null=True, default=None)  # look again on this day


class ReportBack(Table, tablename="report_back"):
    """The letter that told one municipality what became of its input."""

    id: Serial
    submission = ForeignKey(Submission, null=False, on_delete=OnDelete.restrict, index=True)
    invitation = ForeignKey(Invitation, null=False, on_delete=OnDelete.restrict, index=True)
    letter_key = Varchar(length=120, unique=True)
    occasion = Varchar(length=10, default="submitted")  # rules.Occasion: submitted, outcome
    at = Timestamptz(null=False, default=None)


class Telling(Table):
    """The letters to all municipalities on one occasion, held for a while before they leave."""

    id: Serial
    submission = ForeignKey(Submission, null=False, on_delete=OnDelete.restrict, index=True)
    occasion = Varchar(length=10)  # rules.Occasion
    state = Varchar(length=10, index=True)  # rules.TellingState: held, left, stopped
    leaves = Timestamptz(null=False, default=None)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    created = Timestamptz(null=False, default=None)
    letters = Integer(default=0)
