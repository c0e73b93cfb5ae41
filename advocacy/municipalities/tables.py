"""The members: a municipality, or a region that stands for several, and whom to write to."""

from piccolo.columns import (
    Boolean,
    Date,
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
    # the region that answers for it, and how many a region stands for where none are listed
    represented_by: ForeignKey[Table] = ForeignKey(
        "self", null=True, on_delete=OnDelete.set_null, index=True
    )
    stands_for = Integer(null=True, default=None)
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
    calls = Varchar(length=8, default="now")  # rules.Rhythm, one per kind of letter
    reminders = Varchar(length=8, default="now")
    results = Varchar(length=8, default="now")
    news = Varchar(length=8, default="weekly")  # projects, gatherings, answers, what to know
    news_topics = Text(default="")  # "farming,carnivores"; empty: all
    news_countries = Varchar(length=40, default="")  # "AT,SI"; empty: all
    news_told = Timestamptz(null=True, default=None)  # what came to be known until then
    best_time = Varchar(length=80, default="")  # to ring
    origin = Varchar(length=200, default="")  # where the address comes from (GDPR, art. 14)
    created = Timestamptz(null=True, default=None)
    confirmed = Timestamptz(null=True, default=None)  # when somebody last said that it is right
    confirm_asked = Timestamptz(null=True, default=None)
    bounced = Timestamptz(null=True, default=None)  # letters come back since
    bounce = Text(default="")  # what the other server said
    absent_until = Date(null=True, default=None)  # the first day they are back
    absence_noted = Timestamptz(null=True, default=None)


class MemberList(Table, tablename="member_list"):
    """A choice of members that is used again: a valley, a group of tourist places."""

    id: Serial
    name = Varchar(length=80, unique=True)
    codes = Text()  # "AT-03 AT-07 SI-07"
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    created = Timestamptz(null=False, default=None)
