"""The members: a municipality, or a region that stands for several, and whom to write to."""

from piccolo.columns import (
    Boolean,
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

from advocacy.people.tables import Person


class Municipality(Table):
    id: Serial
    code = Varchar(length=12, unique=True)  # "SI-07"
    name = Varchar(length=120)
    kind = Varchar(length=20, default="municipality")  # or "region"
    country = Varchar(length=2, index=True)
    nuts = Varchar(length=8, default="")  # NUTS-3
    region = Varchar(length=80, default="")
    map_region = Varchar(length=8, default="")  # "AT.TR", the id on the map
    language = Varchar(length=2)
    latitude = DoublePrecision(null=True, default=None)  # degrees, WGS 84
    longitude = DoublePrecision(null=True, default=None)
    population = Integer(null=True, default=None)
    topics = Text(default="")  # "farming,carnivores"
    coordinator = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    active = Boolean(default=True)
    search_text = Text(default="")
    created = Timestamptz(null=False, default=None)


class Contact(Table):
    id: Serial
    municipality = ForeignKey(Municipality, null=False, on_delete=OnDelete.cascade, index=True)
    name = Varchar(length=120)
    role = Varchar(length=40, default="mayor")
    email = Varchar(length=254, index=True)
    phone = Varchar(length=40, default="")
    language = Varchar(length=2)
    wants_calls = Boolean(default=True)
    wants_reminders = Boolean(default=True)
