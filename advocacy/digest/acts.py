"""What has happened in dossiers, from the history and from what their sources claim."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any  # rows of several tables

from advocacy.calls.tables import Call
from advocacy.digest.happenings import (
    ACTIONS,
    BY_OBJECT,
    Act,
    Happening,
    What,
    happenings,
    read_details,
)
from advocacy.digest.rules import Span
from advocacy.dossiers.rules import ClaimState
from advocacy.dossiers.tables import DeadlineClaim, Window
from advocacy.history.tables import Event


async def happened(span: Span) -> dict[int, list[Happening]]:
    """By dossier, the latest last. Six queries at most, however much there is."""
    found = happenings(await _acts(span), span)
    for claim, dossier in await _claims(span):
        found.setdefault(dossier, []).append(claim)
    filled = await _with_dates(found)
    filled = await _with_answers(filled)
    return {
        dossier: sorted(rows, key=lambda row: (row.at, row.event))
        for dossier, rows in filled.items()
        if rows
    }


async def _acts(span: Span) -> list[Act]:
    rows = await (
        Event.select(
            *(Event.id, Event.at, Event.action, Event.object, Event.dossier, Event.details),
            Event.undoes,
        )
        .where(
            Event.at > span.since,
            Event.dossier.is_not_null(),
            Event.action.is_in([each.value for each in ACTIONS]) | Event.undoes.is_not_null(),
        )
        .order_by(Event.id)
    )
    undone = await _names([row["undoes"] for row in rows if row["undoes"]])
    return [
        Act(
            **row
            | {"details": read_details(row["details"]), "undone": undone.get(row["undoes"], "")}
        )
        for row in rows
        # what was never told need not be taken back
        if row["undoes"] is None or undone.get(row["undoes"]) in ACTIONS
    ]


async def _names(events: Collection[int]) -> dict[int, str]:
    if not events:
        return {}
    rows = await Event.select(Event.id, Event.action).where(Event.id.is_in(list(events)))
    return {row["id"]: row["action"] for row in rows}


async def _claims(span: Span) -> list[tuple[Happening, int]]:
    entry: Any = DeadlineClaim.entry
    rows = await (
        DeadlineClaim.select(
            *(DeadlineClaim.id, DeadlineClaim.dossier, DeadlineClaim.closes, DeadlineClaim.zone),
            DeadlineClaim.raised,
            entry.source.name.as_alias("source"),
        )
        .where(
            DeadlineClaim.state == ClaimState.OPEN,
            DeadlineClaim.raised > span.since,
            DeadlineClaim.raised <= span.until,
        )
        .order_by(DeadlineClaim.id)
    )
    return [
        (
            Happening(
                What.CONTRADICTED, row["raised"], object=row["id"], closes=row["closes"],
                zone=row["zone"], said=row["source"],
            ),
            row["dossier"],
        )
        for row in rows
    ]  # fmt: skip


async def _with_dates(found: dict[int, list[Happening]]) -> dict[int, list[Happening]]:
    """With the deadline of today where nothing later says another."""
    all_rows = [row for rows in found.values() for row in rows]
    wanted = {row.object for row in all_rows if row.closes is None and _dated_act(row)}
    if not wanted:
        return found
    windows = {
        row["id"]: row
        for row in await Window.select(
            Window.id, Window.closes, Window.zone, Window.precision
        ).where(Window.id.is_in(sorted(wanted)))
    }
    return {
        dossier: [each for row in rows if (each := _with_date(row, windows)) is not None]
        for dossier, rows in found.items()
    }


def _dated_act(row: Happening) -> bool:
    of_deadline = BY_OBJECT - {What.CONTRADICTED}
    return row.what in of_deadline or row.undone in {each.value for each in of_deadline}


def _with_date(row: Happening, windows: dict[int, Any]) -> Happening | None:
    window = windows.get(row.object)
    if row.closes is not None or not _dated_act(row) or window is None:
        return row
    if row.what is What.MOVED and row.before == window["closes"]:
        return None
    return replace(row, closes=window["closes"], zone=window["zone"], precision=window["precision"])


async def _with_answers(found: dict[int, list[Happening]]) -> dict[int, list[Happening]]:
    """With how many were asked and have answered by now."""
    of_calls = {What.CALL_SENT, What.CALL_CLOSED, What.ANSWERS}
    dossiers = [
        number for number, rows in found.items() if any(row.what in of_calls for row in rows)
    ]
    if not dossiers:
        return found
    counts: dict[int | str, tuple[int, int]] = {}
    for row in await Call.raw(
        "SELECT c.id AS id, c.number AS number, COUNT(*) AS asked,"
        " SUM(CASE WHEN i.state = 'answered' THEN 1 ELSE 0 END) AS answered"
        " FROM invitation i JOIN call c ON c.id = i.call JOIN input_window w ON w.id = c.window"
        f" WHERE w.dossier IN ({', '.join(str(number) for number in dossiers)})"  # ids
        " GROUP BY c.id, c.number"
    ):
        counts[row["id"]] = counts[row["number"]] = (int(row["asked"]), int(row["answered"]))
    return {
        dossier: [_counted(row, counts) if row.what in of_calls else row for row in rows]
        for dossier, rows in found.items()
    }


def _counted(row: Happening, counts: dict[int | str, tuple[int, int]]) -> Happening:
    asked, answered = counts.get(row.said if row.what is What.ANSWERS else row.object, (0, 0))
    return replace(row, asked=asked, answered=answered)
