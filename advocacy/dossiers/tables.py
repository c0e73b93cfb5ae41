"""One matter that the network follows, from first sign to outcome."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.bodies.tables import Body, Procedure
from advocacy.people.tables import Person
from feeds.tables import Entry


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
    sponsor = Varchar(length=120, default="")  # the delegation that puts it on the agenda
    priority = Integer(default=2)  # 1 high, 2 normal, 3 low
    station = Varchar(length=20, index=True)  # rules.Station
    closed_reason = Text(default="")
    merged_into: ForeignKey[Table] = ForeignKey(
        "self", null=True, on_delete=OnDelete.restrict, index=True
    )
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
    precision = Varchar(length=10, default="day")  # rules.Precision
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


class DeadlineClaim(Table, tablename="deadline_claim"):
    """What an entry says of a deadline and no window of its dossier has: to be decided."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    window = ForeignKey(Window, null=True, on_delete=OnDelete.set_null, index=True)
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict, index=True)
    version = Integer(default=1)  # of the entry
    closes = Timestamptz(null=False, default=None)
    zone = Varchar(length=40)
    precision = Varchar(length=10, default="day")
    quote = Text(default="")  # the sentence it was read from
    state = Varchar(length=12, default="open", index=True)  # rules.ClaimState
    raised = Timestamptz(null=False, default=None, index=True)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.restrict)
    decided = Timestamptz(null=True, default=None)


class Reference(Table):
    """A number under which somebody else follows the matter: COD, CELEX, COM, EVA, ELI …"""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    kind = Varchar(length=20)  # rules.ReferenceKind
    value = Varchar(length=80, index=True)
    address = Text(default="")


class RelatedDossier(Table, tablename="related_dossier"):
    """Two dossiers that belong together; `dossier` has the smaller id."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    other = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    reason = Varchar(length=200, default="")
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)


class DossierSeen(Table, tablename="dossier_seen"):
    """How far somebody has read a dossier's history."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    event = Integer(default=0)  # the last one that was on the page
    at = Timestamptz(null=False, default=None)
    # Of the visit before this one, for as long as this one lasts.
    before_event = Integer(null=True, default=None)
    before_at = Timestamptz(null=True, default=None)


class Follow(Table):
    """Somebody wants to hear of every step of a dossier."""

    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    at = Timestamptz(null=False, default=None)
