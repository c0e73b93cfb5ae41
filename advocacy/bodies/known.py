"""Who decides, and how: bodies and procedures as data. An office adds its own in the database.

Lengths in days, as far as they are known: the Commission's Have your say (4, 12, 8 and 4 weeks);
Swiss VlG Art. 7 (three months); Code de l'environnement L.123-19-1 (21 days in practice); the
other states set none, the number is what is usual. 0: it differs from case to case.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from advocacy import database
from advocacy.bodies.tables import Body, Procedure

Names = tuple[str, str, str, str, str]
"""en, de, fr, it, sl"""


@dataclass(frozen=True, slots=True)
class KnownBody:
    key: str
    names: Names
    level: str
    zone: str = "Europe/Brussels"
    country: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a procedure; `takes_input`: the body listens in it."""

    key: str
    names: Names
    days: int = 0
    takes_input: bool = True


@dataclass(frozen=True, slots=True)
class KnownProcedure:
    key: str
    body: str
    names: Names
    stages: tuple[Stage, ...]
    text_limit: int | None = None


BODIES = (
    KnownBody(
        "alpine-conference",
        ("Alpine Conference", "Alpenkonferenz", "Conférence alpine", "Conferenza delle Alpi",
         "Alpska konferenca"),
        "alpine", "Europe/Vienna",
    ),
    KnownBody(
        "permanent-committee",
        ("Permanent Committee of the Alpine Convention", "Ständiger Ausschuss der Alpenkonvention",
         "Comité permanent de la Convention alpine",
         "Comitato permanente della Convenzione delle Alpi", "Stalni odbor Alpske konvencije"),
        "alpine", "Europe/Vienna",
    ),
    KnownBody(
        "eusalp-general-assembly",
        ("EUSALP General Assembly", "EUSALP-Generalversammlung", "Assemblée générale de la SUERA",
         "Assemblea generale EUSALP", "Generalna skupščina EUSALP"),
        "alpine",
    ),
    KnownBody(
        "eusalp-executive-board",
        ("EUSALP Executive Board", "EUSALP-Exekutivrat", "Comité exécutif de la SUERA",
         "Consiglio esecutivo EUSALP", "Izvršni odbor EUSALP"),
        "alpine",
    ),
    KnownBody(
        "commission",
        ("European Commission", "Europäische Kommission", "Commission européenne",
         "Commissione europea", "Evropska komisija"),
        "eu",
    ),
    KnownBody(
        "parliament",
        ("European Parliament", "Europäisches Parlament", "Parlement européen",
         "Parlamento europeo", "Evropski parlament"),
        "eu",
    ),
    KnownBody(
        "committee-of-the-regions",
        ("Committee of the Regions", "Ausschuss der Regionen", "Comité des régions",
         "Comitato delle regioni", "Odbor regij"),
        "eu",
    ),
    KnownBody(
        "ch-federal",
        ("Federal administration (Switzerland)", "Bundesverwaltung (Schweiz)",
         "Administration fédérale (Suisse)", "Amministrazione federale (Svizzera)",
         "Zvezna uprava (Švica)"),
        "national", "Europe/Zurich", "CH",
    ),
    KnownBody(
        "at-ministry",
        ("Federal ministries (Austria)", "Bundesministerien (Österreich)",
         "Ministères fédéraux (Autriche)", "Ministeri federali (Austria)",
         "Zvezna ministrstva (Avstrija)"),
        "national", "Europe/Vienna", "AT",
    ),
    KnownBody(
        "de-ministry",
        ("Federal ministries (Germany)", "Bundesministerien (Deutschland)",
         "Ministères fédéraux (Allemagne)", "Ministeri federali (Germania)",
         "Zvezna ministrstva (Nemčija)"),
        "national", "Europe/Berlin", "DE",
    ),
    KnownBody(
        "fr-ministry",
        ("Ministries and prefectures (France)", "Ministerien und Präfekturen (Frankreich)",
         "Ministères et préfectures (France)", "Ministeri e prefetture (Francia)",
         "Ministrstva in prefekture (Francija)"),
        "national", "Europe/Paris", "FR",
    ),
    KnownBody(
        "it-ministry",
        ("Ministries (Italy)", "Ministerien (Italien)", "Ministères (Italie)",
         "Ministeri (Italia)", "Ministrstva (Italija)"),
        "national", "Europe/Rome", "IT",
    ),
    KnownBody(
        "si-ministry",
        ("Ministries (Slovenia)", "Ministerien (Slowenien)", "Ministères (Slovénie)",
         "Ministeri (Slovenia)", "Ministrstva (Slovenija)"),
        "national", "Europe/Ljubljana", "SI",
    ),
    KnownBody(
        "li-government",
        ("Government (Liechtenstein)", "Regierung (Liechtenstein)", "Gouvernement (Liechtenstein)",
         "Governo (Liechtenstein)", "Vlada (Lihtenštajn)"),
        "national", "Europe/Vaduz", "LI",
    ),
)  # fmt: skip

_MEETING: Names = ("Meeting", "Sitzung", "Réunion", "Riunione", "Seja")
_CONSULTATION: Names = (
    "Consultation", "Konsultation", "Consultation", "Consultazione", "Posvetovanje",
)  # fmt: skip
_DECISION: Names = ("Decision", "Beschluss", "Décision", "Decisione", "Odločitev")

PROCEDURES = (
    KnownProcedure(
        "alpine-decision", "alpine-conference",
        ("Decision of the Alpine Conference", "Beschluss der Alpenkonferenz",
         "Décision de la Conférence alpine", "Decisione della Conferenza delle Alpi",
         "Sklep Alpske konference"),
        (Stage("documents", ("Documents", "Unterlagen", "Documents", "Documenti", "Dokumenti"), 42),
         Stage("meeting", _MEETING, takes_input=False)),
    ),
    KnownProcedure(
        "permanent-committee-meeting", "permanent-committee",
        ("Meeting of the Permanent Committee", "Sitzung des Ständigen Ausschusses",
         "Réunion du Comité permanent", "Seduta del Comitato permanente", "Seja Stalnega odbora"),
        (Stage("documents", ("Documents", "Unterlagen", "Documents", "Documenti", "Dokumenti"), 28),
         Stage("meeting", _MEETING)),
    ),
    KnownProcedure(
        "eusalp-endorsement", "eusalp-general-assembly",
        ("Endorsement by the General Assembly", "Beschluss der Generalversammlung",
         "Approbation par l'Assemblée générale", "Approvazione dell'Assemblea generale",
         "Potrditev na Generalni skupščini"),
        (Stage("consultation", _CONSULTATION, 28), Stage("meeting", _MEETING, takes_input=False)),
    ),
    KnownProcedure(
        "eusalp-board", "eusalp-executive-board",
        ("Executive Board meeting", "Sitzung des Exekutivrats", "Réunion du Comité exécutif",
         "Riunione del Consiglio esecutivo", "Seja Izvršnega odbora"),
        (Stage("documents", ("Documents", "Unterlagen", "Documents", "Documenti", "Dokumenti"), 14),
         Stage("meeting", _MEETING)),
    ),
    KnownProcedure(
        "have-your-say", "commission",
        ("Initiative of the Commission", "Initiative der Kommission",
         "Initiative de la Commission", "Iniziativa della Commissione", "Pobuda Komisije"),
        (Stage("call_for_evidence",
               ("Call for evidence", "Aufforderung zur Stellungnahme", "Appel à contributions",
                "Invito a presentare contributi", "Poziv k predložitvi dokazov"), 28),
         Stage("consultation",
               ("Public consultation", "Öffentliche Konsultation", "Consultation publique",
                "Consultazione pubblica", "Javno posvetovanje"), 84),
         Stage("draft_act",
               ("Draft act", "Entwurf eines Rechtsakts", "Projet d'acte", "Progetto di atto",
                "Osnutek akta"), 28),
         Stage("feedback",
               ("Feedback on the adopted act", "Rückmeldung zum angenommenen Vorschlag",
                "Retour d'information sur l'acte adopté", "Feedback sull'atto adottato",
                "Povratne informacije o sprejetem aktu"), 56)),
        text_limit=4000,
    ),
    KnownProcedure(
        "legislative", "parliament",
        ("Ordinary legislative procedure", "Ordentliches Gesetzgebungsverfahren",
         "Procédure législative ordinaire", "Procedura legislativa ordinaria",
         "Redni zakonodajni postopek"),
        (Stage("committee", ("Committee", "Ausschuss", "Commission", "Commissione", "Odbor")),
         Stage("plenary", ("Plenary", "Plenum", "Plénière", "Plenaria", "Plenarno zasedanje"),
               takes_input=False)),
    ),
    KnownProcedure(
        "opinion", "committee-of-the-regions",
        ("Opinion", "Stellungnahme", "Avis", "Parere", "Mnenje"),
        (Stage("consultation", _CONSULTATION, 21),
         Stage("plenary", ("Plenary", "Plenum", "Plénière", "Plenaria", "Plenarno zasedanje"),
               takes_input=False)),
    ),
    KnownProcedure(
        "ch-consultation", "ch-federal",
        ("Consultation procedure", "Vernehmlassung", "Procédure de consultation",
         "Procedura di consultazione", "Posvetovalni postopek"),
        (Stage("consultation", _CONSULTATION, 92), Stage("decision", _DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "at-consultation", "at-ministry",
        ("Review of a draft", "Begutachtung", "Examen d'un projet de loi",
         "Esame di un disegno di legge", "Javna obravnava osnutka"),
        (Stage("consultation", _CONSULTATION, 42), Stage("decision", _DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "de-consultation", "de-ministry",
        ("Hearing of associations", "Verbändeanhörung", "Audition des associations",
         "Audizione delle associazioni", "Posvet z združenji"),
        (Stage("hearing", _CONSULTATION, 28), Stage("decision", _DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "fr-consultation", "fr-ministry",
        ("Consultation of the public", "Öffentlichkeitsbeteiligung", "Consultation du public",
         "Consultazione del pubblico", "Posvetovanje z javnostjo"),
        (Stage("consultation", _CONSULTATION, 21), Stage("decision", _DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "it-consultation", "it-ministry",
        ("Public consultation", "Öffentliche Konsultation", "Consultation publique",
         "Consultazione pubblica", "Javno posvetovanje"),
        (Stage("consultation", _CONSULTATION), Stage("decision", _DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "si-consultation", "si-ministry",
        ("Public discussion", "Öffentliche Erörterung", "Débat public", "Dibattito pubblico",
         "Javna razprava"),
        (Stage("consultation", _CONSULTATION, 30), Stage("decision", _DECISION, takes_input=False)),
    ),
    KnownProcedure(
        "li-consultation", "li-government",
        ("Consultation procedure", "Vernehmlassung", "Procédure de consultation",
         "Procedura di consultazione", "Posvetovalni postopek"),
        (Stage("consultation", _CONSULTATION), Stage("decision", _DECISION, takes_input=False)),
    ),
)  # fmt: skip

LANGUAGES = ("en", "de", "fr", "it", "sl")


def _by_language(names: Names) -> dict[str, str]:
    return dict(zip(LANGUAGES, names, strict=True))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


async def seed(now: datetime) -> None:
    """Put in what is missing. What an office has changed since stays as it is."""
    async with database.transaction():
        bodies = [
            Body(
                key=each.key,
                names=_json(_by_language(each.names)),
                level=each.level,
                country=each.country,
                zone=each.zone,
                valid_from=now.date(),
            )
            for each in BODIES
        ]
        await Body.insert(*bodies).on_conflict(target=Body.key, action="DO NOTHING")
        ids = {row["key"]: row["id"] for row in await Body.select(Body.key, Body.id)}
        procedures = [_row(each, ids[each.body]) for each in PROCEDURES]
        await Procedure.insert(*procedures).on_conflict(target=Procedure.key, action="DO NOTHING")


def _row(known: KnownProcedure, body: int) -> Procedure:
    stages = [
        {
            "key": stage.key,
            "names": _by_language(stage.names),
            "days": stage.days,
            "takes_input": stage.takes_input,
        }
        for stage in known.stages
    ]
    return Procedure(
        key=known.key,
        body=body,
        names=_json(_by_language(known.names)),
        stages=_json(stages),
        text_limit=known.text_limit,
    )
