"""The Commission's list of initiatives, in the shape of Have Your Say's ``searchInitiatives``."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # JSON has no better type here

from advocacy.demo.sources.wording import written

PATH = "/brpapi/searchInitiatives"
NAME = "European Commission: Have your say (demo)"


@dataclass(frozen=True)
class Window:
    """``opens`` and ``closes`` in days from today; the portal's own words for stage and state."""

    stage: str
    status: str
    opens: int
    closes: int


@dataclass(frozen=True)
class Initiative:
    """``windows`` in their order; the last is the current one."""

    number: int
    act: str
    topic: tuple[str, str]
    titles: dict[str, str]
    windows: tuple[Window, ...]


INITIATIVES: tuple[Initiative, ...] = (
    Initiative(
        90211,
        "PROP_REG",
        ("ENV", "Environment"),
        {
            "en": "Protection of grazing livestock from large carnivores ({-27 year}/0211(COD))",
            "de": "Schutz von Weidetieren vor großen Beutegreifern",
            "fr": "Protection des animaux en pâture contre les grands prédateurs",
            "it": "Protezione del bestiame al pascolo dai grandi carnivori",
            "sl": "Varovanje pašnih živali pred velikimi zvermi",
        },
        (
            Window("PLANNING_WORKFLOW", "CLOSED", -330, -302),
            Window("OPC_LAUNCHED", "CLOSED", -240, -156),
            Window("ADOPTION_WORKFLOW", "OPEN", -27, 29),
        ),
    ),
    Initiative(
        90396,
        "PROP_DIR",
        ("TRANS", "Transport"),
        {
            "en": "Combined transport and transit across the Alps, revision "
            "({-300 year}/0396(COD))",
            "de": "Überarbeitung: kombinierter Verkehr und Transit über die Alpen",
            "fr": "Révision : transport combiné et transit alpin",
            "it": "Revisione: trasporto combinato e transito alpino",
            "sl": "Prenova: kombinirani promet in tranzit čez Alpe",
        },
        (
            Window("PLANNING_WORKFLOW", "CLOSED", -320, -292),
            Window("ADOPTION_WORKFLOW", "OPEN", -23, 33),
        ),
    ),
    Initiative(
        90412,
        "COM",
        ("ENV", "Environment"),
        {
            "en": "Water resilience in mountain areas",
            "de": "Wasserresilienz in Berggebieten",
            "fr": "Résilience hydrique des zones de montagne",
            "it": "Resilienza idrica nelle zone montane",
            "sl": "Odpornost vodnih virov v gorskih območjih",
        },
        (
            Window("PLANNING_WORKFLOW", "CLOSED", -120, -92),
            Window("OPC_LAUNCHED", "OPEN", -37, 47),
        ),
    ),
    Initiative(
        90433,
        "REG_IMPL",
        ("ENV", "Environment"),
        {
            "en": "Forest monitoring: rules for mountain forests",
            "de": "Waldüberwachung: Regeln für den Bergwald",
            "fr": "Surveillance des forêts : règles pour la montagne",
            "it": "Monitoraggio forestale: regole per le foreste montane",
            "sl": "Spremljanje gozdov: pravila za gorske gozdove",
        },
        (Window("ISC_WORKFLOW", "OPEN", -17, 11),),
    ),
    Initiative(
        90447,
        "COM",
        ("REGIO", "Regional policy"),
        {
            "en": "Strategy for sustainable tourism: call for evidence",
            "de": "Strategie für nachhaltigen Tourismus: Aufforderung zur Stellungnahme",
            "fr": "Stratégie pour un tourisme durable : appel à contributions",
            "it": "Strategia per il turismo sostenibile: invito a presentare contributi",
            "sl": "Strategija za trajnostni turizem: poziv k predložitvi dokazov",
        },
        (Window("PLANNING_WORKFLOW", "OPEN", -20, 8),),
    ),
    Initiative(
        90452,
        "REG_DEL",
        ("HEALTH", "Public health"),
        {
            "en": "Limit values for colourants in toys",
            "de": "Grenzwerte für Farbstoffe in Spielzeug",
            "fr": "Valeurs limites pour les colorants dans les jouets",
            "it": "Valori limite per i coloranti nei giocattoli",
            "sl": "Mejne vrednosti za barvila v igračah",
        },
        (Window("ISC_WORKFLOW", "OPEN", -12, 16),),
    ),
    # The portal's filter for open windows is known to be ignored: a closed one comes with the rest.
    Initiative(
        90380,
        "PROP_DIR",
        ("ENV", "Environment"),
        {
            "en": "Soil monitoring: guidance for small municipalities",
            "de": "Bodenüberwachung: Leitfaden für kleine Gemeinden",
            "fr": "Surveillance des sols : guide pour les petites communes",
            "it": "Monitoraggio del suolo: guida per i piccoli Comuni",
            "sl": "Spremljanje tal: smernice za majhne občine",
        },
        (Window("OPC_LAUNCHED", "CLOSED", -87, -3),),
    ),
)


def _status(window: Window, today: date, *, current: bool) -> dict[str, Any]:
    opens, closes = (today + timedelta(days=days) for days in (window.opens, window.closes))
    return {
        "frontEndStage": window.stage,
        "receivingFeedbackStatus": window.status,
        "feedbackStartDate": f"{opens:%Y/%m/%d} 09:30:00",
        # No zone, as on the portal: Brussels is meant.
        "feedbackEndDate": f"{closes:%Y/%m/%d} 23:59:59",
        "isCurrent": current,
    }


def _initiative(initiative: Initiative, today: date) -> dict[str, Any]:
    titles = {
        language: written(title, language, today=today)
        for language, title in initiative.titles.items()
    }
    opened = today + timedelta(days=initiative.windows[0].opens)
    code, label = initiative.topic
    return {
        "id": float(initiative.number),  # the portal writes whole numbers as 18805.0
        "reference": f"Ares({opened.year}){initiative.number}00",
        "foreseenActType": initiative.act,
        "initiativeStatus": "ACTIVE",
        "shortTitle": titles["en"],
        "currentStatuses": [
            _status(window, today, current=window is initiative.windows[-1])
            for window in initiative.windows
        ],
        "topics": [{"code": code, "label": label}],
        "initiativeTranslations": [
            {"language": language.upper(), "field": "SHORT_TITLE", "value": title}
            for language, title in titles.items()
        ],
    }


def search_answer(today: date) -> str:
    content = [_initiative(initiative, today) for initiative in INITIATIVES]
    page = {"content": content, "totalElements": len(content), "totalPages": 1}
    return json.dumps({"initiativeResultDtoPage": page}, ensure_ascii=False, indent=1)
