"""The EU strategy for the Alpine region: its bodies, the groups of the plan of 2015, who presides.

The plan was revised on 25 November 2025. Whether the nine groups stay is not known to us: they
are data, and an office ends them with a day.
"""

from datetime import date

from advocacy.bodies.shipped.shapes import (
    CONSULTATION,
    DOCUMENTS,
    MEETING,
    KnownBody,
    KnownMeeting,
    KnownPresidency,
    KnownProcedure,
    Names,
    stage,
)

LANGUAGES = "de,en,it,fr,sl"
PAGE = "https://www.alpine-region.eu"

_GROUPS: tuple[Names, ...] = (
    ("research and innovation", "Forschung und Innovation", "recherche et innovation",
     "ricerca e innovazione", "raziskave in inovacije"),
    ("economic potential of strategic sectors", "wirtschaftliches Potenzial strategischer Sektoren",
     "potentiel économique des secteurs stratégiques",
     "potenziale economico dei settori strategici", "gospodarski potencial strateških sektorjev"),
    ("labour market, education and training", "Arbeitsmarkt, Bildung und Ausbildung",
     "marché du travail, éducation et formation", "mercato del lavoro, istruzione e formazione",
     "trg dela, izobraževanje in usposabljanje"),
    ("inter-modality and transport", "Intermodalität und Verkehr", "intermodalité et transports",
     "intermodalità e trasporti", "intermodalnost in promet"),
    ("electronic connection and services", "elektronische Vernetzung und Dienste",
     "connexion numérique et services", "connessione digitale e servizi",
     "elektronske povezave in storitve"),
    ("natural and cultural resources", "natürliche und kulturelle Ressourcen",
     "ressources naturelles et culturelles", "risorse naturali e culturali",
     "naravni in kulturni viri"),
    ("ecological connectivity", "ökologische Vernetzung", "connectivité écologique",
     "connettività ecologica", "ekološka povezljivost"),
    ("risk management and climate adaptation", "Risikomanagement und Klimaanpassung",
     "gestion des risques et adaptation au climat",
     "gestione dei rischi e adattamento climatico",
     "obvladovanje tveganj in prilagajanje podnebnim spremembam"),
    ("energy", "Energie", "énergie", "energia", "energija"),
)  # fmt: skip


def _group(number: int, about: Names) -> KnownBody:
    called = (
        "EUSALP Action Group %d: %s",
        "EUSALP-Aktionsgruppe %d: %s",
        "Groupe d’action %d de la SUERA : %s",
        "Gruppo d’azione %d EUSALP: %s",
        "Akcijska skupina %d EUSALP: %s",
    )
    en, de, fr, it, sl = (name % (number, words) for name, words in zip(called, about, strict=True))
    return KnownBody(
        f"eusalp-action-group-{number}", (en, de, fr, it, sl), "alpine",
        parent="eusalp-executive-board", languages=LANGUAGES, address=PAGE,
    )  # fmt: skip


BODIES = (
    KnownBody(
        "eusalp-general-assembly",
        ("EUSALP General Assembly", "EUSALP-Generalversammlung", "Assemblée générale de la SUERA",
         "Assemblea generale EUSALP", "Generalna skupščina EUSALP"),
        "alpine", languages=LANGUAGES, address=PAGE,
    ),
    KnownBody(
        "eusalp-executive-board",
        ("EUSALP Executive Board", "EUSALP-Exekutivrat", "Comité exécutif de la SUERA",
         "Consiglio esecutivo EUSALP", "Izvršni odbor EUSALP"),
        "alpine", parent="eusalp-general-assembly", languages=LANGUAGES, address=PAGE,
    ),
    KnownBody(
        "eusalp-action-group-leaders",
        ("EUSALP Board of Action Group Leaders", "EUSALP-Rat der Aktionsgruppenleitungen",
         "Conseil des responsables des groupes d’action de la SUERA",
         "Consiglio dei leader dei gruppi d’azione EUSALP",
         "Odbor vodij akcijskih skupin EUSALP"),
        "alpine", parent="eusalp-executive-board", languages=LANGUAGES, address=PAGE,
    ),
    KnownBody(
        "eusalp-youth-council",
        ("EUSALP Youth Council", "EUSALP-Jugendrat", "Conseil des jeunes de la SUERA",
         "Consiglio dei giovani EUSALP", "Svet mladih EUSALP"),
        "alpine", parent="eusalp-general-assembly", languages=LANGUAGES, address=PAGE,
    ),
    *(_group(number, about) for number, about in enumerate(_GROUPS, 1)),
)  # fmt: skip


def _year(year: int, holders: str, motto: str = "") -> KnownPresidency:
    """Presidencies of EUSALP are calendar years."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return KnownPresidency("eusalp-general-assembly", holders, first, last, motto)


PRESIDENCIES = (
    _year(2016, "SI"),
    _year(2017, "Bayern"),
    _year(2019, "IT"),
    _year(2023, "CH"),
    _year(2024, "SI"),
    _year(2025, "AT,LI"),
    _year(2026, "Bayern", "focus, innovate, improve"),
)

MEETINGS = (
    KnownMeeting(
        "eusalp-general-assembly", date(2025, 11, 25), date(2025, 11, 25), place="Innsbruck"
    ),
)

PROCEDURES = (
    KnownProcedure(
        "eusalp-endorsement", "eusalp-general-assembly",
        ("Endorsement by the General Assembly", "Beschluss der Generalversammlung",
         "Approbation par l’Assemblée générale", "Approvazione dell’Assemblea generale",
         "Potrditev na Generalni skupščini"),
        (stage("consultation", CONSULTATION),
         stage("executive-board", ("Executive Board", "Exekutivrat", "Comité exécutif",
                                   "Consiglio esecutivo", "Izvršni odbor")),
         stage("meeting", MEETING, takes_input=False)),
    ),
    KnownProcedure(
        "eusalp-board", "eusalp-executive-board",
        ("Executive Board meeting", "Sitzung des Exekutivrats", "Réunion du Comité exécutif",
         "Riunione del Consiglio esecutivo", "Seja Izvršnega odbora"),
        (stage("documents", DOCUMENTS), stage("meeting", MEETING)),
    ),
)  # fmt: skip
