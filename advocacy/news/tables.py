"""What the office holds worth knowing, in its own words."""

from piccolo.columns import ForeignKey, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person
from feeds.tables import Entry


class News(Table):
    """An entry that the secretariat marked as worth knowing. `at`: since when it stands."""

    id: Serial
    entry = ForeignKey(Entry, null=False, on_delete=OnDelete.restrict, unique=True)
    topics = Text(default="")  # "farming,carnivores"
    countries = Varchar(length=40, default="")  # "AT,SI"; empty: all
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    at = Timestamptz(null=False, default=None, index=True)
    withdrawn = Timestamptz(null=True, default=None)


class NewsText(Table, tablename="news_text"):
    """Why it is worth knowing, in a sentence of the office's own. Unique (news, language)."""

    id: Serial
    news = ForeignKey(News, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    sentence = Varchar(length=400)
