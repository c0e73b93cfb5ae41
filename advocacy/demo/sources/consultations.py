"""Swiss consultations, in the shape of an answer of fedlex' SPARQL endpoint."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any  # JSON has no better type here

PATH = "/sparqlendpoint"
NAME = "Fedlex: Vernehmlassungen (Demo)"
LANGUAGES = ("de", "fr", "it")
_DATA = "https://fedlex.data.admin.ch"
_DATE = "http://www.w3.org/2001/XMLSchema#date"


@dataclass(frozen=True)
class Consultation:
    """Titles and offices in ``LANGUAGES``' order; days from today; status 2 is running."""

    number: int
    starts: int
    ends: int
    titles: tuple[str, str, str]
    offices: tuple[str, str, str]
    status: int = 2


_COUNCIL = ("Bundesrat", "Conseil fédéral", "Consiglio federale")
CONSULTATIONS: tuple[Consultation, ...] = (
    Consultation(
        9101,
        -68,
        27,
        (
            "Änderung der Jagdverordnung: Herdenschutz und Regulierung von Wolfsrudeln (Demo)",
            "Modification de l'ordonnance sur la chasse : protection des troupeaux et régulation des meutes de loups (démo)",
            "Modifica dell'ordinanza sulla caccia: protezione delle greggi e regolazione dei branchi di lupi (demo)",
        ),
        (
            "Bundesamt für Umwelt",
            "Office fédéral de l'environnement",
            "Ufficio federale dell'ambiente",
        ),
    ),
    Consultation(
        9102,
        -40,
        65,
        (
            "Verlagerung des alpenquerenden Güterverkehrs: Förderung des kombinierten Verkehrs (Demo)",
            "Transfert du trafic marchandises à travers les Alpes : encouragement du transport combiné (démo)",
            "Trasferimento del traffico merci attraverso le Alpi: promozione del trasporto combinato (demo)",
        ),
        (
            "Bundesamt für Verkehr",
            "Office fédéral des transports",
            "Ufficio federale dei trasporti",
        ),
    ),
    Consultation(
        9103,
        -12,
        96,
        (
            "Verordnung über die Wasserkraft: Restwasser und Dotierung alpiner Fassungen (Demo)",
            "Ordonnance sur la force hydraulique : débits résiduels des captages alpins (démo)",
            "Ordinanza sulla forza idrica: deflussi residuali delle captazioni alpine (demo)",
        ),
        (
            "Bundesamt für Energie",
            "Office fédéral de l'énergie",
            "Ufficio federale dell'energia",
        ),
    ),
    Consultation(
        9104,
        -30,
        71,
        (
            "Änderung der Verordnung über Messmittel für Volumen an Zapfsäulen (Demo)",
            "Modification de l'ordonnance sur les instruments de mesure des volumes aux pompes (démo)",
            "Modifica dell'ordinanza sugli strumenti di misurazione dei volumi alle pompe (demo)",
        ),
        (
            "Eidgenössisches Institut für Metrologie",
            "Institut fédéral de métrologie",
            "Istituto federale di metrologia",
        ),
    ),
)


def _literal(value: str, language: str | None = None) -> dict[str, str]:
    marked = {"xml:lang": language} if language else {}
    return {"type": "literal", **marked, "value": value}


def _day(day: date) -> dict[str, str]:
    return {"type": "typed-literal", "datatype": _DATE, "value": day.isoformat()}


def _row(consultation: Consultation, today: date, index: int) -> dict[str, Any]:
    language = LANGUAGES[index]
    starts = today + timedelta(days=consultation.starts)
    event = f"proj/{starts.year}/{consultation.number}/cons_1"
    status = f"{_DATA}/vocabulary/consultation-status/{consultation.status}"
    return {
        "c": {"type": "uri", "value": f"{_DATA}/eli/dl/{event}"},
        "eventId": _literal(event),
        "title": _literal(consultation.titles[index], language),
        "status": {"type": "uri", "value": status},
        "start": _day(starts),
        "end": _day(today + timedelta(days=consultation.ends)),
        "instLabel": _literal(_COUNCIL[index], language),
        "inst2Label": _literal(consultation.offices[index], language),
    }


def sparql_answer(today: date) -> str:
    rows = [
        _row(consultation, today, index)
        for consultation in CONSULTATIONS
        for index in range(len(LANGUAGES))
    ]
    columns = list(rows[0])
    return json.dumps(
        {
            "head": {"link": [], "vars": columns},
            "results": {"distinct": False, "ordered": True, "bindings": rows},
        },
        ensure_ascii=False,
        indent=1,
    )
