"""Projects of the demo: what some of its municipalities have done, told in their languages."""

from datetime import date, datetime, timedelta

from advocacy.demo import steps
from advocacy.dossiers.tables import Dossier
from advocacy.projects import actions
from advocacy.projects.forms import NewProject, Result, Told
from advocacy.projects.rules import ProjectState

EVERY = timedelta(days=3)


async def tell(herds: Dossier, now: datetime) -> None:
    """Four, one of them beside the matter of herd protection."""
    ana = await steps.person("Ana Muster")
    # Some in each week: whatever day the demo is started on, the letter of its Monday has news.
    numbers = [
        await actions.enter(each(now.year), by=ana, now=now - EVERY * number)
        for number, each in enumerate(PROJECTS)
    ]
    await actions.put_beside(herds.id, numbers[0], belongs=True, by=ana, now=now)
    result = Result("Leitfaden Nachtpferch", "de", "https://beispiel.example/nachtpferch")
    await actions.add_result(numbers[0], result, None, by=ana, now=now)


def _herders(year: int) -> NewProject:
    return NewProject(
        language="de",
        texts={
            "de": Told(
                "Hirten, Hunde, Nachtpferch",
                "Neun Gemeinden in vier Ländern haben drei Sommer lang erprobt, wie Schafe auf "
                "steilen Almen geschützt werden können.",
                "Die Verluste sind um zwei Drittel zurückgegangen. Ein Hirte kostet je Sommer "
                "rund 14 000 Euro.",
            ),
            "sl": Told(
                "Pastirji, psi, nočna ograda",
                "Devet občin v štirih državah je tri poletja preizkušalo, kako zavarovati ovce na "
                "strmih planinah.",
                "Izgube so se zmanjšale za dve tretjini. Pastir stane na poletje okoli "
                "14.000 evrov.",
            ),
        },
        state=ProjectState.FINISHED,
        code="ASP0100771",
        topics=("carnivores", "farming"),
        begins=date(year - 4, 3, 1),
        ends=date(year - 1, 10, 31),
        programme="Interreg Alpine Space",
        partners="Hochschule Beispielstadt\nKmetijski zavod Vzorec",
        address="https://beispiel.example/hirten",
        led_by="AT-01",
        members=("AT-02", "SI-07", "SI-02", "IT-01"),
        contact={
            "name": "Anna Beispiel", "email": "hirten@musterdorf.example",
            "phone": "+43 1 234 00 11", "languages": "de,sl",
        },
        contact_public=True,
    )  # fmt: skip


def _bus(year: int) -> NewProject:
    return NewProject(
        language="it",
        texts={
            "it": Told(
                "Bus a chiamata per le frazioni",
                "Tre comuni hanno messo in strada un bus che si prenota la sera prima.",
            ),
            "fr": Told(
                "Bus à la demande pour les hameaux",
                "Trois communes ont mis en service un bus que l’on réserve la veille.",
            ),
        },
        topics=("transport", "tourism"),
        begins=date(year - 1, 5, 1),
        ends=date(year + 1, 4, 30),
        programme="Interreg ALCOTRA",
        led_by="IT-01",
        members=("IT-02", "FR-01"),
        contact={"name": "Paola Esempio", "email": "bus@valdesempio.example", "languages": "it"},
    )


def _villages(year: int) -> NewProject:
    return NewProject(
        language="fr",
        texts={
            "fr": Told(
                "Ombre et eau dans les villages",
                "Des places plus fraîches : arbres, fontaines et sols qui boivent la pluie.",
            )
        },
        state=ProjectState.PLANNED,
        topics=("climate", "water"),
        begins=date(year + 1, 3, 1),
        led_by="FR-01",
        members=("FR-02", "AT-02"),
        contact={"name": "Luc Modèle", "email": "eau@villexemple.example", "languages": "fr"},
    )


def _budoia(year: int) -> NewProject:
    return NewProject(
        language="de",
        texts={
            "de": Told(
                "Klimacharta der Gemeinden",
                "Gemeinden verpflichten sich, ihre Räume an das Klima von morgen anzupassen.",
            ),
            "en": Told(
                "Climate charter of the municipalities",
                "Municipalities commit themselves to make their places fit for tomorrow's climate.",
            ),
        },
        topics=("climate",),
        begins=date(year - 3, 1, 1),
    )


PROJECTS = (_herders, _bus, _villages, _budoia)
