"""The network's question to its municipalities, and what they answered."""

from piccolo.columns import (
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    Serial,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.dossiers.tables import Window
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person


class Call(Table):
    id: Serial
    window = ForeignKey(Window, null=False, on_delete=OnDelete.restrict, index=True)
    number = Varchar(length=16, unique=True)  # "2026-014-1"
    state = Varchar(length=12, index=True)  # rules.CallState
    language = Varchar(length=2)  # the lead language
    answers_until = Timestamptz(null=False, default=None, index=True)
    zone = Varchar(length=40)
    audience = Text(default="{}")  # JSON of forms.Audience: who is meant until the call leaves
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    created = Timestamptz(null=False, default=None)
    leaves = Timestamptz(null=True, default=None)  # when the hold ends and the letters go
    version = Integer(default=1)


class CallText(Table, tablename="call_text"):
    """One language of a call; a person checks each before the call can leave."""

    id: Serial
    call = ForeignKey(Call, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    title = Varchar(length=200)
    why = Text(default="")  # one sentence: why this municipality is asked
    summary = Text(default="")
    checked_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    checked = Timestamptz(null=True, default=None)
    source_hash = Varchar(length=64, default="")  # of the lead text it was checked against
    source_words = Text(default="")  # that lead text, as JSON: so that a change can be shown
    asked = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)  # to check it
    due = Date(null=True, default=None)  # until when they were asked to
    search_text = Text(default="")


class Question(Table):
    id: Serial
    call = ForeignKey(Call, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()
    kind = Varchar(length=10)  # rules.QuestionKind
    unit = Varchar(length=40, default="")
    required = Boolean(default=False)


class QuestionText(Table, tablename="question_text"):
    id: Serial
    question = ForeignKey(Question, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    text = Text()
    options = Text(default="[]")  # JSON, for a choice


class OfficialText(Table, tablename="official_text"):
    """What a body has laid out and the call asks about, paragraph by paragraph."""

    id: Serial
    call = ForeignKey(Call, null=False, on_delete=OnDelete.cascade, unique=True)
    title = Varchar(length=300)
    language = Varchar(length=2)
    name = Varchar(length=200, default="")  # of the file; empty for a pasted text
    media_type = Varchar(length=100, default="")
    sha256 = Varchar(length=64, default="")
    content = Bytea(null=True, default=None)  # the file itself
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)


class OfficialParagraph(Table, tablename="official_paragraph"):
    id: Serial
    official = ForeignKey(OfficialText, null=False, on_delete=OnDelete.cascade, index=True)
    number = Integer()  # counted from 1: what a comment refers to
    label = Varchar(length=40, default="")  # as the text itself counts: "Art. 3 (2)"
    text = Text()


class Invitation(Table):
    """One municipality's personal copy of a call. The link is bound to it, not to a login."""

    id: Serial
    call = ForeignKey(Call, null=False, on_delete=OnDelete.cascade, index=True)
    municipality = ForeignKey(Municipality, null=False, on_delete=OnDelete.restrict, index=True)
    contact = ForeignKey(Contact, null=True, on_delete=OnDelete.set_null, index=True)
    language = Varchar(length=2)
    token_hash = Varchar(length=64, default="", index=True)
    code_hash = Varchar(length=64, default="", index=True)  # of the short code on paper
    state = Varchar(length=12, default="prepared", index=True)  # rules.InvitationState
    sent = Timestamptz(null=True, default=None)
    reminded = Timestamptz(null=True, default=None)
    reminders = Integer(default=0)
    draft = Text(default="")  # JSON: what was typed and not yet sent
    draft_saved = Timestamptz(null=True, default=None)
    # A person did something with it. That a page was fetched says nothing: programs do that.
    opened = Timestamptz(null=True, default=None)


class Enclosure(Table):
    """A file that comes with an answer. Those of a version are named in it and stay."""

    id: Serial
    invitation = ForeignKey(Invitation, null=False, on_delete=OnDelete.restrict, index=True)
    name = Varchar(length=200)
    media_type = Varchar(length=100)  # as sniffed from the content
    size = Integer()  # bytes
    sha256 = Varchar(length=64)
    content = Bytea()
    channel = Varchar(length=10, default="web")
    at = Timestamptz(null=False, default=None)
    removed = Timestamptz(null=True, default=None)  # not to go with the next version


class Delegation(Table):
    """A colleague was asked to answer with the same link."""

    id: Serial
    invitation = ForeignKey(Invitation, null=False, on_delete=OnDelete.cascade, index=True)
    email = Varchar(length=254)
    note = Text(default="")
    language = Varchar(length=2)
    at = Timestamptz(null=False, default=None)
    leaves = Timestamptz(null=False, default=None)
    stopped = Timestamptz(null=True, default=None)


class Ring(Table):
    """One try to reach somebody by telephone."""

    id: Serial
    invitation = ForeignKey(Invitation, null=False, on_delete=OnDelete.cascade, index=True)
    outcome = Varchar(length=14)  # rules.RingOutcome
    until = Date(null=True, default=None)  # of an absence: the first day they are back
    note = Varchar(length=300, default="")
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)


class RingRequest(Table, tablename="ring_request"):
    """The secretariat asks a coordinator to ring who has not answered."""

    id: Serial
    call = ForeignKey(Call, null=False, on_delete=OnDelete.cascade, index=True)
    country = Varchar(length=2)
    note = Varchar(length=300, default="")
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)
    done = Timestamptz(null=True, default=None)


class Contribution(Table):
    """What a municipality answered. Its id is the number in a citation: [@17.2] is passage 2."""

    id: Serial
    invitation = ForeignKey(Invitation, null=False, on_delete=OnDelete.restrict, unique=True)
    state = Varchar(length=12, index=True)  # rules.ContributionState
    version = Integer(default=1)
    received = Timestamptz(null=False, default=None)
    changed = Timestamptz(null=False, default=None)
    late = Boolean(default=False)
    name_public = Boolean(default=True)
    search_text = Text(default="")


class ContributionVersion(Table, tablename="contribution_version"):
    """The original, as typed, in its language. Never changed; each new answer is a new row."""

    id: Serial
    contribution = ForeignKey(Contribution, null=False, on_delete=OnDelete.restrict, index=True)
    number = Integer()
    stance = Varchar(length=14)  # rules.Stance
    text = Text(default="")
    answers = Text(default="{}")  # JSON: question number → what was typed
    comments = Text(default="{}")  # JSON: number of an official paragraph → what was typed
    enclosures = Text(default="[]")  # JSON: numbers of its enclosures
    language = Varchar(length=2)
    basis = Varchar(length=10)  # rules.Basis
    decided = Date(null=True, default=None)  # of the council's decision
    answered_by = Varchar(length=120)
    role = Varchar(length=40, default="mayor")
    channel = Varchar(length=10, default="web")  # web, mail, phone, paper, workshop
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)  # on behalf
    at = Timestamptz(null=False, default=None)


class ContributionTranslation(Table, tablename="contribution_translation"):
    """What a version says in a working language, so that the secretariat can read it."""

    id: Serial
    version = ForeignKey(ContributionVersion, null=False, on_delete=OnDelete.cascade, index=True)
    language = Varchar(length=2)
    text = Text(default="")
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict)
    at = Timestamptz(null=False, default=None)
    checked_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null)
    checked = Timestamptz(null=True, default=None)
