"""Enquiries of municipalities, what was said about them, and answers that help others."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.calls.tables import Contribution
from advocacy.dossiers.tables import Dossier
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.projects.tables import Project


class Enquiry(Table):
    """One matter of one municipality, from its question to the answer. Never without an owner."""

    id: Serial
    # None: nobody knows yet who writes; the secretariat finds out.
    municipality = ForeignKey(Municipality, null=True, on_delete=OnDelete.set_null, index=True)
    contact = ForeignKey(Contact, null=True, on_delete=OnDelete.set_null, index=True)
    asker = Varchar(length=120, default="")  # as they name themselves
    email = Varchar(length=254, default="", index=True)  # where the answer goes
    language = Varchar(length=2)  # of the municipality: letters go out in it
    subject = Varchar(length=200)
    dossier = ForeignKey(Dossier, null=True, on_delete=OnDelete.set_null, index=True)
    project = ForeignKey(Project, null=True, on_delete=OnDelete.set_null, index=True)
    state = Varchar(length=12, index=True)  # rules.EnquiryState
    owner = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    token_hash = Varchar(length=64, default="", index=True)  # of the link in its letters
    opened = Timestamptz(null=False, default=None, index=True)
    waits_since = Timestamptz(null=True, default=None, index=True)  # for an answer of ours
    changed = Timestamptz(null=False, default=None, index=True)
    closed = Timestamptz(null=True, default=None)
    # What it became when it was really a position.
    contribution = ForeignKey(Contribution, null=True, on_delete=OnDelete.set_null, index=True)
    search_text = Text(default="")


class EnquiryMessage(Table, tablename="enquiry_message"):
    """The original, as written, in its language. Never changed. Unique (enquiry, number)."""

    id: Serial
    enquiry = ForeignKey(Enquiry, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()  # counted from 1
    kind = Varchar(length=12)  # rules.MessageKind
    text = Text()
    language = Varchar(length=2, default="")  # as detected; "": none that we know
    author = Varchar(length=200)  # as shown
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    channel = Varchar(length=10, default="web")  # web, mail, phone
    at = Timestamptz(null=False, default=None)


class EnquiryTranslation(Table, tablename="enquiry_translation"):
    """What a message says in another language. Unique (message, language)."""

    id: Serial
    message = ForeignKey(EnquiryMessage, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    text = Text()
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    engine = Varchar(length=60, default="")  # of a machine draft that nobody has checked
    at = Timestamptz(null=False, default=None)


class GoodAnswer(Table, tablename="good_answer"):
    """A question and its answer that help others: nobody is named."""

    id: Serial
    enquiry = ForeignKey(Enquiry, null=True, on_delete=OnDelete.set_null, index=True)
    dossier = ForeignKey(Dossier, null=True, on_delete=OnDelete.cascade, index=True)
    topics = Text(default="")
    language = Varchar(length=2)  # in which it was written
    state = Varchar(length=12, index=True)  # rules.AnswerState
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    created = Timestamptz(null=False, default=None)
    published = Timestamptz(null=True, default=None, index=True)


class GoodAnswerText(Table, tablename="good_answer_text"):
    """One language of it. Unique (good_answer, language)."""

    id: Serial
    good_answer = ForeignKey(GoodAnswer, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    question = Text()
    answer = Text()
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    engine = Varchar(length=60, default="")  # of a machine draft that nobody has checked
    at = Timestamptz(null=False, default=None)
    search_text = Text(default="")
