"""One matter that the network follows, from first sign to outcome."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person
from feeds.tables import Entry


class Body(Table):
    """Who decides. Groups and presidencies change, so each has a time in which it is valid."""

    id: Serial
    key = Varchar(length=40, unique=True)
    names = Text()  # JSON, by language
    level = Varchar(length=20)  # alpine, eu, national, regional
    country = Varchar(length=2, default="")
    zone = Varchar(length=40)
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)


class Procedure(Table):
    """The way a body decides: its stages in order, with usual lengths in days."""

    id: Serial
    key = Varchar(length=40, unique=True)
    body = ForeignKey(Body, null=False, on_delete=OnDelete.restrict, index=True)
    names = Text()  # JSON, by language
    stages = Text()  # JSON: [{key, names, days, takes_input}]
    text_limit = Integer(null=True, default=None)  # characters that the channel takes


class Dossier(Table):
    id: Serial
    number = Varchar(length=12, unique=True)  # "2026-014"
    title = Varchar(length=300)
    language = Varchar(length=2)
    summary = Text(default="")
    body = ForeignKey(Body, null=True, on_delete=OnDelete.restrict, index=True)
    procedure = ForeignKey(Procedure, null=True, on_delete=OnDelete.restrict, index=True)
    procedure_number = Varchar(length=60, default="", index=True)
    topics = Text(default="")  # "carnivores,farming"
    countries = Varchar(length=40, default="")  # "AT,FR,IT,SI"
    lead = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    priority = Integer(default=2)  # 1 high, 2 normal, 3 low
    station = Varchar(length=20, index=True)  # rules.Station
    closed_reason = Text(default="")
    opened = Timestamptz(null=False, default=None, index=True)
    changed = Timestamptz(null=False, default=None, index=True)
    search_text = Text(default="")


class DossierEntry(Table, tablename="dossier_entry"):
    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict, unique=True)
    how = Varchar(length=20, default="source")  # source, duplicate
    at = Timestamptz(null=False, default=None)


class Window(Table, tablename="input_window"):
    """A period in which a body takes input, and its deadline with zone and evidence."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=40, default="consultation")
    opens = Timestamptz(null=True, default=None)
    closes = Timestamptz(null=False, default=None, index=True)  # the instant; shown in `zone`
    zone = Varchar(length=40)
    precision = Varchar(length=10, default="day")  # exact, day, month
    evidence = Text(default="")  # the sentence it was read from
    entry = ForeignKey(Entry, null=True, on_delete=OnDelete.set_null, index=True)
    state = Varchar(length=12, default="confirmed")  # rules.DeadlineState
    sequence = Integer(default=0)  # of the calendar event: grows when the date moves
    changed = Timestamptz(null=False, default=None)


class Milestone(Table):
    id: Serial
    window = ForeignKey(Window, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)  # deadlines.MilestoneKind
    due = Timestamptz(null=False, default=None, index=True)
    reason = Text(default="")  # the arithmetic: which days were skipped, and why
    planned = Boolean(default=True)  # False: set by hand
    met = Timestamptz(null=True, default=None)
    sequence = Integer(default=0)
