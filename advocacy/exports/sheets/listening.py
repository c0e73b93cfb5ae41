"""What came in: sources, the inbox, what was decided, and the history of the house."""

from typing import Any  # columns behind foreign keys

from piccolo.columns.combination import WhereRaw

from advocacy import texts
from advocacy.exports.sheets.matters import OFFICE, local
from advocacy.history.labels import ACTS
from advocacy.history.tables import Event
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext
from advocacy.triage.labels import DECISIONS, reason_label
from advocacy.triage.rules import Decision
from advocacy.triage.tables import Triage
from feeds.tables import Entry, Source

MOST = 50_000
"""Rows of one sheet: the newest; a workbook of more is opened by few."""


async def sources(by: Person) -> Sheet:  # noqa: ARG001  as all
    rows = await Source.select(
        *(Source.name, Source.address, Source.kind, Source.language, Source.countries),
        *(Source.state, Source.last_success, Source.last_new, Source.failures),
        Source.last_error,
    ).order_by(Source.name)
    written: list[list[Cell]] = [
        [
            *(row["name"], row["address"], row["kind"], row["language"] or "", row["countries"]),
            *(row["state"], local(row["last_success"], OFFICE), local(row["last_new"], OFFICE)),
            *(row["failures"], row["last_error"]),
        ]
        for row in rows
    ]
    named = {
        "name": gettext("Name"),
        "address": gettext("Address"),
        "kind": gettext("Kind"),
        "language": gettext("Language"),
        "countries": gettext("Countries"),
        "state": gettext("State"),
        "last_success": gettext("Last good visit"),
        "last_new": gettext("Last new entry"),
        "failures": gettext("Failures"),
        "last_error": gettext("Last error"),
    }
    return Sheet("sources", named, written)


async def inbox(by: Person) -> Sheet:  # noqa: ARG001
    """Entries that nobody has decided on, the newest first."""
    rows = await (
        Entry.select(
            *(Entry.title, Entry.address, Entry.language, Entry.first_seen, Entry.next_deadline),
            Entry.source.name.as_alias("source"),
            Entry.source.zone.as_alias("zone"),
        )
        .where(WhereRaw("entry.id IN (SELECT entry FROM open_entry)"))
        .order_by(Entry.id, ascending=False)
        .limit(MOST)
    )
    written: list[list[Cell]] = [
        [
            *(row["title"], row["source"], row["language"] or "", row["address"] or ""),
            *(local(row["first_seen"], OFFICE), local(row["next_deadline"], row["zone"])),
        ]
        for row in rows
    ]
    named = {
        "title": gettext("Title"),
        "source": gettext("Source"),
        "language": gettext("Language"),
        "address": gettext("Address"),
        "first_seen": gettext("First seen"),
        "deadline": gettext("Deadline"),
    }
    return Sheet("inbox", named, written)


async def decisions(by: Person) -> Sheet:  # noqa: ARG001
    """What became of entries, the last decision first."""
    rows = await (
        Triage.select(
            *(Triage.decision, Triage.reason, Triage.at, Triage.rule),
            Triage.entry.title.as_alias("title"),
            Triage.entry.address.as_alias("address"),
            Triage.person.name.as_alias("person"),
        )
        .order_by(Triage.id, ascending=False)
        .limit(MOST)
    )
    written: list[list[Cell]] = [
        [
            *(row["title"], row["address"] or ""),
            texts.translate(DECISIONS[Decision(row["decision"])]),
            texts.translate(reason_label(row["reason"])),
            row["person"],
            gettext("by a rule") if row["rule"] else "",
            local(row["at"], OFFICE),
        ]
        for row in rows
    ]
    named = {
        "title": gettext("Title"),
        "address": gettext("Address"),
        "decision": gettext("Decision"),
        "reason": gettext("Reason"),
        "person": gettext("Who"),
        "rule": gettext("Rule"),
        "at": gettext("When"),
    }
    return Sheet("decisions", named, written)


async def history(by: Person) -> Sheet:  # noqa: ARG001
    """Who did what when, the newest first, each with its hash."""
    rows: list[dict[str, Any]] = await (
        Event.select(Event.at, Event.who, Event.action, Event.kind, Event.object, Event.hash)
        .order_by(Event.id, ascending=False)
        .limit(MOST)
    )
    written: list[list[Cell]] = [
        [
            *(local(row["at"], OFFICE), row["who"]),
            texts.translate(ACTS.get(row["action"], row["action"])),
            *(row["kind"], row["object"], row["hash"]),
        ]
        for row in rows
    ]
    named = {
        "at": gettext("When"),
        "who": gettext("Who"),
        "action": gettext("What"),
        "kind": gettext("Kind"),
        "object": gettext("Number"),
        "hash": "SHA-256",
    }
    return Sheet("history", named, written)
