"""Every table of the house as a sheet, and who may have it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from advocacy.errors import Message
from advocacy.exports.sheets import (
    answers,
    coverage,
    gatherings,
    listening,
    matters,
    members,
    questions,
    working,
)
from advocacy.people.rules import STAFF, Role
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Sheet

OFFICE = frozenset({Role.SECRETARIAT})
HOUSE = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})


@dataclass(frozen=True, slots=True)
class Offered:
    """`write` gives the rows that this person may see."""

    title: Message
    write: Callable[[Person], Awaitable[Sheet]]
    roles: frozenset[str]


SHEETS: Mapping[str, Offered] = {
    "dossiers": Offered(Message("Dossiers"), matters.dossiers, HOUSE),
    "deadlines": Offered(Message("Deadlines"), matters.deadlines, HOUSE),
    "documents": Offered(Message("Documents"), matters.documents, HOUSE),
    "bodies": Offered(Message("Bodies"), matters.bodies, HOUSE),
    "presidencies": Offered(Message("Presidencies of bodies"), matters.presidencies, HOUSE),
    "meetings": Offered(Message("Meetings of bodies"), matters.meetings, HOUSE),
    "municipalities": Offered(Message("Municipalities"), members.municipalities, frozenset(STAFF)),
    "questions": Offered(Message("Questions of municipalities"), questions.questions, HOUSE),
    "projects": Offered(Message("Projects"), working.projects, HOUSE),
    "calls": Offered(Message("Calls"), answers.calls, frozenset(STAFF)),
    "coverage": Offered(Message("Coverage"), coverage.calls_by_country, frozenset(STAFF)),
    "answers": Offered(Message("Answers"), answers.contributions, frozenset(STAFF)),
    "passages": Offered(Message("Passages"), answers.passages, frozenset(STAFF)),
    "positions": Offered(Message("Positions"), answers.positions, HOUSE),
    "submissions": Offered(Message("Submissions"), answers.submissions, HOUSE),
    "outcomes": Offered(Message("Demands and what became of them"), answers.outcomes, HOUSE),
    "gatherings": Offered(Message("Gatherings"), gatherings.gatherings, HOUSE),
    "registrations": Offered(
        Message("Registrations for gatherings"), gatherings.registrations, frozenset(STAFF)
    ),
    "sources": Offered(Message("Sources"), listening.sources, OFFICE),
    "inbox": Offered(Message("Inbox"), listening.inbox, OFFICE),
    "decisions": Offered(Message("Decisions on entries"), listening.decisions, OFFICE),
    "history": Offered(Message("History"), listening.history, OFFICE),
}
"""By the name in the address, in the order of the page."""
