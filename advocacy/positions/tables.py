"""The text of the network on a dossier, and the passages its sentences rest on."""

from piccolo.columns import ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.calls.tables import Contribution, Invitation
from advocacy.dossiers.tables import Dossier, Window
from advocacy.people.tables import Person


class Passage(Table):
    """A piece of a contribution that makes one point: tagged, cited, answered."""

    id: Serial
    contribution = ForeignKey(Contribution, null=False, on_delete=OnDelete.restrict, index=True)
    contribution_version = Integer()
    number = Integer()
    text = Text()
    language = Varchar(length=2)
    tag = Varchar(length=60, default="", index=True)
    stance = Varchar(length=12, default="supports")  # supports, contradicts, mentions
    place = Varchar(length=120, default="")  # what it speaks of: "Art. 5", "§ 3", "Annex II"
    disposition = Varchar(length=12, default="open")  # rules.Disposition
    disposition_reason = Text(default="")
    disposed_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    created = Timestamptz(null=False, default=None)


class Position(Table):
    id: Serial
    dossier = ForeignKey(Dossier, null=False, on_delete=OnDelete.restrict, unique=True)
    window = ForeignKey(Window, null=True, on_delete=OnDelete.restrict, index=True)
    language = Varchar(length=2)  # the lead language
    binding_languages = Varchar(length=20, default="")  # "de,fr": checked before approval
    state = Varchar(length=12, index=True)  # rules.PositionState
    version = Integer(default=0)
    adopted = Timestamptz(null=True, default=None)
    members_until = Timestamptz(null=True, default=None)  # municipalities look at the draft


class PositionVersion(Table, tablename="position_version"):
    """A version is kept whole, so that any two can be compared and a hash means one text."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.restrict, index=True)
    number = Integer()
    title = Varchar(length=300)
    paragraphs = Text()  # JSON: [{"key": "k3f…", "text": "… [@17.2]"}]
    asks = Text(default="[]")  # JSON: [{"number": 1, "paragraph": key, "text": …}]
    text_hash = Varchar(length=64, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    note = Text(default="")
    at = Timestamptz(null=False, default=None)
    search_text = Text(default="")


class Seen(Table):
    """The version that this person last looked at: what changed since is personal."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.cascade, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    version = Integer()
    at = Timestamptz(null=False, default=None)


class Wording(Table):
    """A reason that fits more than one passage, ready to be taken again."""

    id: Serial
    language = Varchar(length=2)
    text = Text()
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    created = Timestamptz(null=False, default=None)


class Remark(Table):
    """What somebody says about one paragraph of a draft, without other words for it."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.cascade, index=True)
    version = Integer()  # that was read
    paragraph = Varchar(length=20)  # its key
    text = Text()
    language = Varchar(length=2)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    invitation = ForeignKey(Invitation, null=True, on_delete=OnDelete.set_null, index=True)
    author = Varchar(length=200)  # as shown: a person, or a municipality
    created = Timestamptz(null=False, default=None)
    answer = Text(default="")
    answered = Timestamptz(null=True, default=None)
    answered_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)


class Proposal(Table):
    """Other words for one paragraph, from anybody who may read the draft, or out of a Word file."""

    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.cascade, index=True)
    version = Integer()  # that it was written on
    paragraph = Varchar(length=20)  # the paragraph's key; "title"; "ask-1"; a new key for a new one
    after = Varchar(length=20, default="")  # a new paragraph follows this one; "": the first
    before = Text(default="")  # the words it was written on, with their citations
    text = Text(default="")  # empty: take the paragraph out
    reason = Text(default="")
    language = Varchar(length=2)
    source = Varchar(length=10)  # rules.ProposalSource: page, link, word
    file = Varchar(length=200, default="")
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    invitation = ForeignKey(Invitation, null=True, on_delete=OnDelete.set_null, index=True)
    author = Varchar(length=200)  # as shown: a person, a municipality, who changed it in Word
    created = Timestamptz(null=False, default=None)
    state = Varchar(length=14, default="open", index=True)  # rules.ProposalState
    answer = Text(default="")  # why not, or why so
    answered = Timestamptz(null=True, default=None)
    answered_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    taken_text = Text(default="")  # the words that it became when it was modified
    consent = Varchar(length=10, default="")  # rules.Consent: "", asked, given, refused
    consent_hash = Varchar(length=64, default="", index=True)
    consented = Timestamptz(null=True, default=None)
    consent_remark = Text(default="")
