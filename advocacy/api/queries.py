"""What programs read: dossiers, positions, entries, as plain values."""

import json
from datetime import datetime
from typing import Any  # JSON

from advocacy import database
from advocacy.api.forms import LARGEST_NUMBER
from advocacy.api.tables import ApiToken
from advocacy.dossiers import queries as dossier_queries
from advocacy.dossiers.tables import Dossier, DossierEntry, Milestone, Window
from advocacy.errors import NotFound
from advocacy.outcomes.queries import outcomes_of
from advocacy.people.tokens import hashed
from advocacy.positions import queries as position_queries
from advocacy.positions.tables import Position
from advocacy.provenance import without_citations
from advocacy.submissions import queries as submissions
from advocacy.submissions.leaving.kept import times_of
from advocacy.submissions.tables import Submission
from advocacy.triage.tables import Triage
from feeds.tables import Entry

PAGE = 50


async def live_token(token: str, *, now: datetime) -> ApiToken | None:
    """With its person, who is still there."""
    found = await database.with_referred(
        ApiToken.objects()
        .where(ApiToken.token_hash == hashed(token), ApiToken.expires > now)
        .first(),
        ApiToken.person,
    )
    return found if found is not None and found.person.active else None


async def tokens() -> list[dict[str, Any]]:
    return await ApiToken.select(
        *(ApiToken.id, ApiToken.name, ApiToken.created, ApiToken.expires, ApiToken.last_used),
        ApiToken.person.name.as_alias("person"),
    ).order_by(ApiToken.id, ascending=False)


async def dossiers(*, after: int, limit: int) -> list[dict[str, Any]]:
    """In the order of their ids, from the one behind `after` on."""
    rows = await (
        Dossier.select(*_dossier_columns())
        .where(Dossier.id > after)
        .order_by(Dossier.id)
        .limit(limit)
    )
    return [_dossier(row) for row in rows]


def _dossier_columns() -> list[Any]:
    return [
        *(Dossier.id, Dossier.number, Dossier.title, Dossier.language, Dossier.summary),
        *(Dossier.station, Dossier.priority, Dossier.topics, Dossier.countries),
        *(Dossier.procedure_number, Dossier.opened, Dossier.changed),
        Dossier.body.key.as_alias("body"),
        Dossier.lead.name.as_alias("lead"),
    ]


def _dossier(row: dict[str, Any]) -> dict[str, Any]:
    lists = {name: [part for part in row[name].split(",") if part] for name in _LISTS}
    return {**row, **lists}


_LISTS = ("topics", "countries")


async def dossier(number: str) -> dict[str, Any]:
    """With its windows, their milestones, and the ids of its entries. Raises NotFound."""
    row = await Dossier.select(*_dossier_columns()).where(Dossier.number == number).first()
    if row is None:
        raise NotFound("There is no such dossier")
    windows = await (
        Window.select(
            *(Window.id, Window.kind, Window.opens, Window.closes, Window.zone),
            *(Window.precision, Window.state, Window.evidence),
        )
        .where(Window.dossier == row["id"])
        .order_by(Window.closes)
    )
    milestones = await (
        Milestone.select(Milestone.window, Milestone.kind, Milestone.due)
        .where(Milestone.window.dossier == row["id"])
        .order_by(Milestone.due)
    )
    for window in windows:
        window["milestones"] = [
            {"kind": each["kind"], "due": each["due"]}
            for each in milestones
            if each["window"] == window["id"]
        ]
    entries = await (
        DossierEntry.select(DossierEntry.entry)
        .where(DossierEntry.dossier == row["id"])
        .order_by(DossierEntry.id)
    )
    return {**_dossier(row), "windows": windows, "entries": [each["entry"] for each in entries]}


async def position(number: str) -> dict[str, Any]:
    """The text as it stands, in its lead language; the times it was handed in, the latest text
    last; what became of the asks. Raises NotFound.
    """
    known: Position = await position_queries.by_number(number)
    version = await position_queries.version(known.id)
    out = await submissions.handed_in(known.id)
    return {
        "dossier": number,
        "language": known.language,
        "state": known.state,
        "adopted": known.adopted,
        "version": version.number,
        "title": version.title,
        "text_hash": version.text_hash,
        "paragraphs": [
            {"key": key, "text": without_citations(text), "cited": text}
            for key, text in position_queries.paragraphs_of(version)
        ],
        "asks": [
            {"number": ask.number, "paragraph": ask.paragraph, "text": ask.text}
            for ask in position_queries.asks_of(version)
        ],
        "signatories": [each.shown for each in await submissions.signed_by(known)],
        "hand_ins": await _hand_ins(known.id),
        "outcomes": [_outcome(row) for row in await outcomes_of(out.id)] if out else [],
    }


async def _hand_ins(position_id: int) -> list[dict[str, Any]]:
    """Also those that were taken back: then with the instant and the reason."""
    held: Any = Submission.round
    rows = await (
        Submission.select(Submission.id, Submission.text_hash, held.version.as_alias("version"))
        .where(held.position == position_id)
        .order_by(Submission.id)
    )
    times = await times_of([row["id"] for row in rows])
    return [
        {
            "version": row["version"],
            "text_hash": row["text_hash"],
            "number": time.number,
            "at": time.at,
            "zone": time.zone,
            "channel": time.channel,
            "receipt": time.receipt,
            "late": time.late,
            "withdrawn": time.withdrawn,
            "reason": time.reason,
        }
        for row in rows
        for time in times.get(row["id"], [])
    ]


def _outcome(row: dict[str, Any]) -> dict[str, Any]:
    names = ("ask", "fate", "quotation", "decided", "review", "entry", "changed")
    return {name: row[name] for name in names}


async def entries(*, after: int, limit: int) -> list[dict[str, Any]]:
    """In the order of their ids, with the decision on each. Two queries."""
    rows = await (
        Entry.select(
            *(Entry.id, Entry.title, Entry.address, Entry.author, Entry.published),
            *(Entry.updated, Entry.first_seen, Entry.language, Entry.text),
            *(Entry.deadlines, Entry.topics, Entry.procedure_numbers, Entry.versions),
            *(Entry.next_deadline, Entry.source),
        )
        .where(Entry.id > after)
        .order_by(Entry.id)
        .limit(limit)
    )
    decisions = await _decisions([row["id"] for row in rows])
    for row in rows:
        for name in ("deadlines", "topics", "procedure_numbers"):
            row[name] = json.loads(row[name])
        row["decision"] = decisions.get(row["id"])
    return rows


async def _decisions(entries: list[int]) -> dict[int, str]:
    if not entries:
        return {}
    rows = await Triage.select(Triage.entry, Triage.decision).where(Triage.entry.is_in(entries))
    return {row["entry"]: row["decision"] for row in rows}


async def dossier_id(number: str) -> int:
    return (await dossier_queries.by_number(number)).id


async def check_entry(entry_id: int) -> None:
    if entry_id > LARGEST_NUMBER or not await Entry.exists().where(Entry.id == entry_id):
        raise NotFound("There is no such entry")
