"""The network's question to its municipalities, and what they answered."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
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
    language = Varchar(length=2)
    basis = Varchar(length=10)  # rules.Basis
    decided = Date(null=True, default=None)  # of the council's decision
    answered_by = Varchar(length=120)
    role = Varchar(length=40, default="mayor")
    channel = Varchar(length=10, default="web")  # web, mail, phone, paper
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)  # on behalf
    at = Timestamptz(null=False, default=None)
