"""A project that Musterdorf leads, with Vzorčna vas; and what a form sends."""

from datetime import date, datetime

from advocacy.people.tables import Person
from advocacy.projects import actions
from advocacy.projects.forms import NewProject, Told
from advocacy.projects.rules import ProjectState
from tests.characters import ana, musterdorf, valdesempio, vzorcna_vas


def herders(**values: object) -> NewProject:
    facts: dict[str, object] = {
        "language": "de",
        "texts": {
            "de": Told("Hirten & Hunde", "Neun Almen mit Hunden.", "Ein Leitfaden."),
            "sl": Told("Pastirji in psi", "Devet planin s psi."),
        },
        "state": ProjectState.RUNNING,
        "code": "ASP0100771",
        "topics": ("farming", "carnivores"),
        "begins": date(2025, 3, 1),
        "ends": date(2027, 10, 31),
        "programme": "Interreg Alpine Space",
        "led_by": "AT-01",
        "members": ("SI-07",),
        "contact": {
            "name": "Anna Beispiel", "email": "hirten@musterdorf.example", "phone": "",
            "languages": "de",
        },
    }  # fmt: skip
    return NewProject(**(facts | values))  # type: ignore[arg-type]


async def members(now: datetime) -> None:
    for each in (musterdorf, vzorcna_vas, valdesempio):
        await each(now)


async def entered(now: datetime, *, by: Person | None = None, **values: object) -> int:
    await members(now)
    return await actions.enter(herders(**values), by=by or await ana(now), now=now)


FORM = {
    "language": "de", "title-de": "Hirten & Hunde", "summary-de": "Neun Almen mit Hunden.",
    "state": "running", "topics": "farming", "members": "si-07, AT-01", "led_by": "AT-01",
}  # fmt: skip
