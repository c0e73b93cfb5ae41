"""The states of a project, who may change it, and which one helps with a matter. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from advocacy.errors import NotAllowed
from advocacy.people.rules import Role


class ProjectState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    FINISHED = "finished"
    GIVEN_UP = "given_up"


ALLOWED: Mapping[ProjectState, frozenset[ProjectState]] = {
    each: frozenset(ProjectState) - {each} for each in ProjectState
}
"""Programmes prolong what was finished and revive what was given up: people say what is so."""
ENDS = frozenset({ProjectState.FINISHED, ProjectState.GIVEN_UP})

MOST_SUGGESTED = 5
PAGE = 30
MOST_PARTICIPANTS = 300
MOST_RESULTS = 50


@dataclass(frozen=True, slots=True)
class Shared:
    """What a project and a matter have in common: the reason why it is suggested."""

    topics: tuple[str, ...]
    countries: tuple[str, ...]

    @property
    def weight(self) -> int:
        return 2 * len(self.topics) + len(self.countries)


def shared(
    topics: Sequence[str],
    countries: Collection[str],
    *,
    of_topics: Collection[str],
    of_countries: Collection[str],
) -> Shared | None:
    """None: no topic in common. The same place alone is no reason."""
    same = tuple(topic for topic in topics if topic in of_topics)
    places = tuple(sorted(set(countries) & set(of_countries)))
    return Shared(same, places) if same else None


def state_on(state: str, begins: date | None, ends: date | None, today: date) -> ProjectState:
    """As its dates have it, where they say more than the state that was entered."""
    known = ProjectState(state)
    if known is ProjectState.PLANNED and begins and begins <= today:
        known = ProjectState.RUNNING
    if known is ProjectState.RUNNING and ends and ends < today:
        known = ProjectState.FINISHED
    return known


def may_edit(role: str, countries: Collection[str], of_project: Collection[str]) -> bool:
    """The secretariat every one, a coordinator those in which a country of theirs takes part."""
    if role == Role.SECRETARIAT:
        return True
    return role == Role.COORDINATOR and bool(set(countries) & set(of_project))


def check_edit(role: str, countries: Collection[str], of_project: Collection[str]) -> None:
    if not may_edit(role, countries, of_project):
        raise NotAllowed("This project is looked after by somebody else")


HOUSE = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.PRESIDENCY})
"""Who may see how to reach the people of a project, also when they are not on the public page."""
