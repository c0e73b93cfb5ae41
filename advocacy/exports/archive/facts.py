"""The dossier as data. Keys are English and never change; instants are UTC."""

import json
from dataclasses import asdict
from typing import Any  # a row is what its table says

from advocacy.bodies.tables import Body, Procedure
from advocacy.dossiers import queries
from advocacy.dossiers.tables import Dossier, Milestone, RelatedDossier, Window
from advocacy.exports.archive import submissions
from advocacy.exports.archive.matter import Matter
from advocacy.outcomes.tables import Outcome
from advocacy.positions import queries as positions
from advocacy.positions.passages import quotations
from advocacy.positions.passages.quotations import PassageRow
from advocacy.provenance import citations
from advocacy.submissions.leaving.kept import times_of
from advocacy.submissions.signing import signed

FORMAT = 1


async def of(matter: Matter) -> dict[str, Any]:
    """About fifteen queries, whatever the dossier holds."""
    dossier = matter.dossier
    milestones = await queries.milestones_of([window.id for window in matter.windows])
    body, procedure, lead = await queries.facts_of(dossier)
    return {
        "format": FORMAT,
        "made": matter.now,
        **_own(dossier, body, procedure),
        "lead": lead.name if lead else None,
        "windows": [_window(window, milestones) for window in matter.windows],
        "references": [
            {"kind": each.kind, "value": each.value, "address": each.address}
            for each in await queries.references_of(dossier.id)
        ],
        "related": await _related(dossier.id),
        "sources": await _sources(dossier.id),
        "position": await _position(matter),
        "passages": [_passage(matter, row) for row in await quotations.passages(dossier.id)],
        "submissions": await _submissions(dossier.id),
        "outcomes": await _outcomes(dossier.id),
    }


def _own(dossier: Dossier, body: Body | None, procedure: Procedure | None) -> dict[str, Any]:
    names = ("number", "title", "language", "summary", "procedure_number", "sponsor", "priority",
             "station", "closed_reason", "opened", "changed")  # fmt: skip
    return {name: getattr(dossier, name) for name in names} | {
        "body": body.key if body else None,
        "body_names": json.loads(body.names) if body else {},
        "procedure": procedure.key if procedure else None,
        "topics": _parts(dossier.topics),
        "countries": _parts(dossier.countries),
    }


def _parts(written: str) -> list[str]:
    return [part for part in written.split(",") if part]


def _window(window: Window, milestones: list[Milestone]) -> dict[str, Any]:
    names = ("kind", "opens", "closes", "zone", "precision", "state", "evidence", "changed")
    return {name: getattr(window, name) for name in names} | {
        "milestones": [
            {name: getattr(each, name) for name in ("kind", "due", "reason", "planned", "met")}
            for each in milestones
            if each.window == window.id
        ]
    }


async def _related(dossier_id: int) -> list[dict[str, Any]]:
    rows = await (
        RelatedDossier.select(
            RelatedDossier.reason,
            *(RelatedDossier.dossier.id.as_alias("a"), RelatedDossier.other.id.as_alias("b")),
            RelatedDossier.dossier.number.as_alias("a_number"),
            RelatedDossier.other.number.as_alias("b_number"),
        )
        .where((RelatedDossier.dossier == dossier_id) | (RelatedDossier.other == dossier_id))
        .order_by(RelatedDossier.id)
    )
    return [
        {
            "number": row["b_number"] if row["a"] == dossier_id else row["a_number"],
            "reason": row["reason"],
        }
        for row in rows
    ]


async def _sources(dossier_id: int) -> list[dict[str, Any]]:
    names = ("entry", "how", "title", "address", "language", "source", "first_seen", "at")
    return [
        {name: row[name] for name in names}
        | {"versions": [{"number": v["number"], "seen": v["seen_at"]} for v in row["versions"]]}
        for row in await queries.sources_of(dossier_id)
    ]


async def _position(matter: Matter) -> dict[str, Any] | None:
    """The current text; `cites` are the marks of `passages`, or of entries (E17)."""
    position = await positions.of_dossier(matter.dossier.id)
    if position is None:
        return None
    version = await positions.version(position.id)
    return {
        "state": position.state,
        "language": position.language,
        "version": version.number,
        "adopted": position.adopted,
        "text_hash": version.text_hash,
        "title": version.title,
        "paragraphs": [
            {"key": key, "text": text, "cites": [mark.lstrip("@") for mark in citations(text)]}
            for key, text in positions.paragraphs_of(version)
        ],
        "asks": [ask._asdict() for ask in positions.asks_of(version)],
    }


def _passage(matter: Matter, row: PassageRow) -> dict[str, Any]:
    """The words, and whose they are, for whoever may read the answer."""
    told = {
        "mark": row.mark.lstrip("@"),
        "country": row.country,
        "stance": row.stance,
        "disposition": row.disposition,
        "stands": row.stands,
    }
    if not matter.sees_answers_of(row.country) or row.withdrawn:
        return told
    return told | {
        "municipality": row.code,
        "text": row.text,
        "language": row.language,
        "tag": row.tag,
        "reason": row.reason,
    }


async def _submissions(dossier_id: int) -> list[dict[str, Any]]:
    """Each text that was prepared, with every time it left and who signed that very text."""
    rows = await submissions.of_dossier(dossier_id)
    times = await times_of([row["id"] for row in rows])
    signatories = await signed.of_position(rows[0]["position"]) if rows else []
    return [
        {name: value for name, value in row.items() if name not in {"id", "position"}}
        | {
            "hand_ins": [asdict(time) for time in times.get(row["id"], [])],
            "signatories": [
                each.shown for each in signatories if each.stands_under(row["text_hash"])
            ],
        }
        for row in rows
    ]


async def _outcomes(dossier_id: int) -> list[dict[str, Any]]:
    submitted: Any = Outcome.submission
    return await (
        Outcome.select(
            *(Outcome.ask, Outcome.fate, Outcome.quotation, Outcome.decided, Outcome.changed),
            Outcome.entry.address.as_alias("address"),
        )
        .where(submitted.round.position.dossier == dossier_id)
        .order_by(Outcome.id)
    )
