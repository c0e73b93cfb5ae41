"""What needs a member of the presidency, or a deputy, now: the ballots not yet cast."""

from datetime import datetime
from typing import Any  # a column behind several foreign keys

from piccolo.columns.combination import Where

from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Ballot
from advocacy.overview import rules
from advocacy.overview.questions import to_answer
from advocacy.overview.rules import Need
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.tables import Person
from advocacy.texts import gettext


async def needs(person: Person, *, now: datetime) -> list[Need]:
    found = await _ballots(Ballot.person == person.id, now=now)
    votes = [
        _need(
            row, gettext("Version %(number)s, waiting for your vote") % {"number": row["version"]}
        )
        for row in found
    ]
    return rules.in_order([*votes, *await to_answer(person, now=now)])


async def of_deputy(person: Person, *, now: datetime) -> list[Need]:
    """Ballots of members for whom this person stands in and who have not chosen themselves."""
    found = await _ballots(Ballot.deputy == person.id, now=now)
    return [
        _need(row, gettext("You stand in for %(name)s.") % {"name": row["member"]}) for row in found
    ]


async def _ballots(whose: Where, *, now: datetime) -> list[dict[str, Any]]:
    position: Any = Ballot.round.position
    dossier = position.dossier
    return await Ballot.select(
        Ballot.round.ends.as_alias("ends"),
        Ballot.round.version.as_alias("version"),
        position.window.zone.as_alias("zone"),
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.language.as_alias("language"),
        Ballot.person.name.as_alias("member"),
    ).where(
        whose,
        Ballot.choice == "",
        Ballot.round.state == RoundState.OPEN,
        Ballot.round.ends > now,
    )


def _need(row: dict[str, Any], why: str) -> Need:
    return Need(
        gettext("Decide on the position"),
        row["title"],
        row["language"],
        why,
        f"/p/{row['number']}/approve",
        row["ends"],
        row["zone"] or OFFICE_ZONE,
    )
