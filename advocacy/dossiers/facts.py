"""What the box of facts says of a dossier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from advocacy import texts
from advocacy.bodies import queries as bodies
from advocacy.bodies import rules as bodies_rules
from advocacy.bodies.labels import LEVELS
from advocacy.bodies.tables import Procedure
from advocacy.dossiers import labels, queries
from advocacy.dossiers.relations import references
from advocacy.dossiers.tables import Dossier, Reference, Window
from advocacy.errors import Message
from advocacy.people.tables import Person


@dataclass(frozen=True, slots=True)
class Facts:
    """In the language in use; "" and None for what is not known. `number_address`: the page of
    the procedure's system.
    """

    body: str
    body_key: str
    level: Message | None
    country: str
    procedure: str
    stage: str
    number_address: str
    references: list[Reference]
    topics: list[str]
    lead: Person | None


async def facts_of(dossier: Dossier, windows: Sequence[Window], *, now: datetime) -> Facts:
    """Four queries."""
    language = texts.language()
    body, procedure, lead = await queries.facts_of(dossier)
    return Facts(
        body=bodies.body_name(body, language) if body else "",
        body_key=body.key if body else "",
        level=LEVELS.get(body.level) if body else None,
        country=body.country if body else "",
        procedure=bodies.body_name(procedure, language) if procedure else "",
        stage=_stage(procedure, windows, language, now),
        number_address=references.procedure_address(dossier.procedure_number, language),
        references=await queries.references_of(dossier.id),
        topics=[labels.topic_name(key, language) for key in dossier.topics.split(",") if key],
        lead=lead,
    )


def _stage(
    procedure: Procedure | None, windows: Sequence[Window], language: str, now: datetime
) -> str:
    """The step of the procedure that the next window, else the last one, belongs to."""
    if procedure is None or not windows:
        return ""
    by_end = sorted(windows, key=lambda window: window.closes)
    window = next((each for each in by_end if each.closes > now), by_end[-1])
    stages = bodies_rules.stages_of(procedure.stages)
    found = next((stage for stage in stages if stage.key == window.kind), None)
    return bodies_rules.name_in(found.names, language) if found else ""
