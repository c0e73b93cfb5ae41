"""One approval of one exact text."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from advocacy.people.tables import Person
from advocacy.positions.tables import Position


class Round(Table):
    id: Serial
    position = ForeignKey(Position, null=False, on_delete=OnDelete.restrict, index=True)
    version = Integer()
    text_hash = Varchar(length=64, index=True)
    policy = Varchar(length=12)  # rules.Policy: all, majority, two_thirds, silence
    quorum = Integer(default=1)
    state = Varchar(length=10, index=True)  # rules.RoundState
    opened = Timestamptz(null=False, default=None)
    ends = Timestamptz(null=False, default=None, index=True)
    ended = Timestamptz(null=True, default=None)
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
