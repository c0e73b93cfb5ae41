"""Who decides, who presides, when they meet and how: data that an office edits."""

from piccolo.columns import Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table


class Body(Table):
    """Who decides. Groups and presidencies change, so each has a time in which it is valid."""

    id: Serial
    key = Varchar(length=40, unique=True)
    names = Text()  # JSON, by language
    level = Varchar(length=20)  # alpine, eu, national, regional
    country = Varchar(length=2, default="")
    zone = Varchar(length=40)
    parent: ForeignKey[Table] = ForeignKey(
        "self", null=True, on_delete=OnDelete.set_null, index=True
    )
    languages = Varchar(length=40, default="")  # "de,fr,it,sl": in which it takes papers
    seat = Varchar(length=120, default="")
    address = Text(default="")  # of its page
    lead_days = Integer(null=True, default=None)  # documents are due so long before a meeting
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)  # the last day
    changed = Timestamptz(null=True, default=None)  # by a person; None: as it was shipped


class Presidency(Table):
    """Who chairs a body, from when to when. Two may share it; a region may hold it."""

    id: Serial
    body = ForeignKey(Body, null=False, on_delete=OnDelete.cascade, index=True)
    holders = Varchar(length=200)  # "IT", or "AT,LI", or words: "Bayern"
    motto = Varchar(length=200, default="")
    begins = Date(null=False, default=None, index=True)
    ends = Date(null=True, default=None)  # the last day; None: not known yet


class Meeting(Table):
    """A meeting of a body. Its dates may change, and it may be called off."""

    id: Serial
    body = ForeignKey(Body, null=False, on_delete=OnDelete.cascade, index=True)
    number = Varchar(length=20, default="")  # "81", "XIX"
    title = Varchar(length=200, default="")
    place = Varchar(length=120, default="")
    begins = Date(null=False, default=None, index=True)
    ends = Date(null=False, default=None)  # the last day
    documents_until = Date(null=True, default=None)
    state = Varchar(length=12, default="planned")  # rules.MeetingState
    address = Text(default="")
    sequence = Integer(default=0)  # of the calendar event: grows when the date moves
    changed = Timestamptz(null=False, default=None)


class Procedure(Table):
    """The way a body decides: its stages in order, with usual lengths in days."""

    id: Serial
    key = Varchar(length=40, unique=True)
    body = ForeignKey(Body, null=False, on_delete=OnDelete.restrict, index=True)
    names = Text()  # JSON, by language
    stages = Text()  # JSON: [{key, names, days, takes_input}]
    text_limit = Integer(null=True, default=None)  # characters that the channel takes
    law = Varchar(length=120, default="")  # what sets the lengths, "VlG Art. 7"
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)  # the last day
    changed = Timestamptz(null=True, default=None)  # by a person; None: as it was shipped
