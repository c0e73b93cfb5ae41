"""One approval of one exact text."""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.calls.tables import Invitation
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.people.tables import Person
from advocacy.positions.tables import Position


class Round(Table):
    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.restrict, index=True)
    version = Integer()
    text_hash = Varchar(length=64, index=True)  # over the lead and all binding languages
    languages = Varchar(length=20, default="")  # those bound besides the lead: "fr,it"
    policy = Varchar(length=12)  # rules.Policy: all, majority, two_thirds, silence
    quorum = Integer(default=1)
    per_country = Boolean(default=False)  # one voice for each country of the presidency
    chair = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)  # casting vote
    asks_members = Boolean(default=False)  # by silence: municipalities are asked too
    state = Varchar(length=10, index=True)  # rules.RoundState
    opened = Timestamptz(null=False, default=None)
    ends = Timestamptz(null=False, default=None, index=True)
    ended = Timestamptz(null=True, default=None)
    reminded = Timestamptz(null=True, default=None)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)


class Ballot(Table):
    """One member of the presidency in one round."""

    id: Serial
    round = ForeignKey(Round, null=False, on_delete=OnDelete.restrict, index=True)
    person = ForeignKey(Person, null=False, on_delete=OnDelete.restrict, index=True)
    token_hash = Varchar(length=64, default="", index=True)
    choice = Varchar(length=10, default="")  # rules.Choice; empty: not yet
    remark = Text(default="")
    text_hash = Varchar(length=64, default="")  # what was voted on, once more
    voted = Timestamptz(null=True, default=None)
    seen = Timestamptz(null=True, default=None)
    changed_before = Boolean(default=False)
    country = Varchar(length=2, default="")  # whose voice it is where countries vote
    deputy = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)  # may vote too
    deputy_hash = Varchar(length=64, default="", index=True)
    voted_by = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)


class Deputy(Table):
    """Who votes for a member of the presidency, on the days from `begins` to `ends`."""

    id: Serial
    member = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    deputy = ForeignKey(Person, null=False, on_delete=OnDelete.cascade, index=True)
    begins = Date(default=None)
    ends = Date(null=True, default=None)
    person = ForeignKey(Person, null=True, on_delete=OnDelete.set_null, index=True)
    created = Timestamptz(null=False, default=None)


class Notice(Table):
    """One municipality in a round by silence: it has seen the text, or objects to it."""

    id: Serial
    round = ForeignKey(Round, null=False, on_delete=OnDelete.restrict, index=True)
    municipality = ForeignKey(Municipality, null=False, on_delete=OnDelete.restrict, index=True)
    contact = ForeignKey(Contact, null=True, on_delete=OnDelete.set_null, index=True)
    invitation = ForeignKey(Invitation, null=True, on_delete=OnDelete.set_null, index=True)
    token_hash = Varchar(length=64, default="", index=True)
    text_hash = Varchar(length=64, default="")  # what was objected to
    seen = Timestamptz(null=True, default=None)
    objected = Timestamptz(null=True, default=None)
    remark = Text(default="")
