"""Gatherings of the network, their places, and what was said there.

An event of the history is something else: here a meeting of people is a gathering.
"""

from piccolo.columns import (
    Boolean,
    Bytea,
    DoublePrecision,
    ForeignKey,
    Integer,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.calls.tables import Contribution
from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.projects.tables import Project
from feeds.tables import Entry


class Gathering(Table):
    id: Serial
    kind = Varchar(length=12)  # rules.GatheringKind
    state = Varchar(length=12, index=True)  # rules.GatheringState
    language = Varchar(length=2)  # in which it was entered
    languages = Varchar(length=20, default="")  # spoken there: "de,it"
    interpretation = Varchar(length=20, default="")  # into these: "sl"
    begins = Timestamptz(null=False, default=None, index=True)
    ends = Timestamptz(null=False, default=None)
    zone = Varchar(length=40)
    place = Varchar(length=200, default="")  # the house and the town
    country = Varchar(length=2, default="")
    latitude = DoublePrecision(null=True, default=None)  # degrees, WGS 84
    longitude = DoublePrecision(null=True, default=None)
    address = Text(default="")  # to take part from afar; only who is registered gets it
    places = Integer(null=True, default=None)  # None: as many as come
    taken = Integer(default=0)  # kept by the registrations: never more than `places`
    register_until = Timestamptz(null=True, default=None)
    guests = Boolean(default=False)  # others than members may register
    topics = Text(default="")
    contact = Varchar(length=254, default="")  # whom to write to
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    reason = Text(default="")  # why it was cancelled
    reminded = Timestamptz(null=True, default=None)
    sequence = Integer(default=0)  # of the calendar event: grows when date or place move
    published = Timestamptz(null=True, default=None, index=True)
    created = Timestamptz(null=False, default=None)
    changed = Timestamptz(null=False, default=None, index=True)
    version = Integer(default=1)


class GatheringText(Table, tablename="gathering_text"):
    """One language of it. Unique (gathering, language)."""

    id: Serial
    gathering = ForeignKey(Gathering, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    title = Varchar(length=300)
    summary = Text(default="")
    search_text = Text(default="")


class Point(Table, tablename="programme_point"):
    """One point of the programme; of an excursion, a stop on the map."""

    id: Serial
    gathering = ForeignKey(Gathering, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()  # counted from 1, in the order of the day
    begins = Timestamptz(null=True, default=None)
    titles = Text(default="{}")  # JSON, by language
    speaker = Varchar(length=200, default="")
    place = Varchar(length=200, default="")
    latitude = DoublePrecision(null=True, default=None)
    longitude = DoublePrecision(null=True, default=None)
    dossier = ForeignKey(Dossier, null=True, on_delete=OnDelete.set_null, index=True)
    project = ForeignKey(Project, null=True, on_delete=OnDelete.set_null, index=True)
    topic = Varchar(length=40, default="")


class GatheringInvitation(Table, tablename="gathering_invitation"):
    """A municipality's link to register with. Unique (gathering, municipality)."""

    id: Serial
    gathering = ForeignKey(Gathering, null=False, on_delete=OnDelete.cascade, index=True)
    municipality = ForeignKey(Municipality, null=False, on_delete=OnDelete.cascade, index=True)
    contact = ForeignKey(Contact, null=True, on_delete=OnDelete.set_null, index=True)
    language = Varchar(length=2)
    token_hash = Varchar(length=64, unique=True)
    sent = Timestamptz(null=False, default=None)


class Registration(Table):
    """One person, one place. Unique (gathering, email) among those not cancelled."""

    id: Serial
    gathering = ForeignKey(Gathering, null=False, on_delete=OnDelete.cascade, index=True)
    invitation = ForeignKey(GatheringInvitation, null=True, on_delete=OnDelete.set_null, index=True)
    municipality = ForeignKey(Municipality, null=True, on_delete=OnDelete.set_null, index=True)
    name = Varchar(length=120)
    organisation = Varchar(length=200, default="")
    email = Varchar(length=254, index=True)
    language = Varchar(length=2)
    hears = Varchar(length=2, default="")  # the language to be interpreted into, if any
    note = Varchar(length=300, default="")  # what the hosts should know
    listed = Boolean(default=False)  # agrees to stand on the list that participants get
    state = Varchar(length=12, index=True)  # rules.RegistrationState
    token_hash = Varchar(length=64, unique=True)  # of the link to change or give back the place
    at = Timestamptz(null=False, default=None, index=True)
    placed = Timestamptz(null=True, default=None)  # since when it has a place
    ended = Timestamptz(null=True, default=None)
    was_there = Boolean(null=True, default=None)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)  # on behalf


class Minute(Table):
    """What was said on a point, and what it became."""

    id: Serial
    gathering = ForeignKey(Gathering, null=False, on_delete=OnDelete.cascade, index=True)
    point = ForeignKey(Point, null=True, on_delete=OnDelete.set_null, index=True)
    number = Integer()  # counted from 1 in its gathering
    text = Text()
    language = Varchar(length=2)
    said_by = Varchar(length=120, default="")
    municipality = ForeignKey(Municipality, null=True, on_delete=OnDelete.set_null, index=True)
    stance = Varchar(length=14, default="")  # calls.rules.Stance, where it answers a call
    became = Varchar(length=14, default="")  # rules.Became
    contribution = ForeignKey(Contribution, null=True, on_delete=OnDelete.set_null, index=True)
    project = ForeignKey(Project, null=True, on_delete=OnDelete.set_null, index=True)
    entry = ForeignKey(Entry, null=True, on_delete=OnDelete.set_null, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)


class GatheringFile(Table, tablename="gathering_file"):
    """Slides, minutes, photographs: as they were handed in."""

    id: Serial
    gathering = ForeignKey(Gathering, null=False, on_delete=OnDelete.cascade, index=True)
    point = ForeignKey(Point, null=True, on_delete=OnDelete.set_null, index=True)
    title = Varchar(length=300, default="")
    name = Varchar(length=200)
    media_type = Varchar(length=100)  # as sniffed from the content
    size = Integer()  # bytes
    sha256 = Varchar(length=64)
    content = Bytea()
    public = Boolean(default=False)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)
    removed = Timestamptz(null=True, default=None)
