"""What needs a member of the presidency now: the ballots not yet cast."""

from datetime import datetime
from typing import Any  # a column behind several foreign keys

from advocacy.approvals.rules import RoundState
from advocacy.approvals.tables import Ballot
from advocacy.overview import rules
from advocacy.overview.rules import Need
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.tables import Person
from advocacy.texts import gettext


async def needs(person: Person, *, now: datetime) -> list[Need]:
    position: Any = Ballot.round.position
    dossier = position.dossier
    rows = await Ballot.select(
        Ballot.round.ends.as_alias("ends"),
        Ballot.round.version.as_alias("version"),
        position.window.zone.as_alias("zone"),
        dossier.number.as_alias("number"),
        dossier.title.as_alias("title"),
        dossier.language.as_alias("language"),
    ).where(
        Ballot.person == person.id,
        Ballot.choice == "",
        Ballot.round.state == RoundState.OPEN,
        Ballot.round.ends > now,
    )
    return rules.in_order(
        Need(
            gettext("Decide on the position"),
            row["title"],
            row["language"],
            gettext("Version %(number)s, waiting for your vote") % {"number": row["version"]},
            f"/p/{row['number']}/approve",
            row["ends"],
            row["zone"] or OFFICE_ZONE,
        )
        for row in rows
    )
