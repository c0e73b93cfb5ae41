"""Who comes, as a table: for the hosts, with what they need to know."""

from collections.abc import Mapping, Sequence
from typing import Any  # rows of registrations
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.events.labels import REGISTRATIONS
from advocacy.events.rules import RegistrationState
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext


def sheet(rows: Sequence[Mapping[str, Any]], *, name: str, zone: str) -> Sheet:
    """One row per registration that was not given back, those with a place first."""
    order = {RegistrationState.PLACED: 0, RegistrationState.WAITING: 1}
    kept = [row for row in rows if row["state"] in order]
    kept.sort(key=lambda row: (order[row["state"]], row["name"].casefold()))
    return Sheet(name, _columns(), [_row(row, ZoneInfo(zone)) for row in kept])


def _columns() -> dict[str, str]:
    return {
        "name": gettext("Name"),
        "organisation": gettext("Organisation"),
        "municipality": gettext("Municipality"),
        "code": gettext("Code"),
        "country": gettext("Country"),
        "email": gettext("E-mail address"),
        "language": gettext("Language"),
        "hears": gettext("Interpretation into"),
        "note": gettext("What the hosts should know"),
        "state": gettext("State"),
        "registered": gettext("Registered"),
        "was_there": gettext("Was there"),
    }


def _row(row: Mapping[str, Any], zone: ZoneInfo) -> list[Cell]:
    there = {True: gettext("Yes"), False: gettext("No")}
    return [
        *(row["name"], row["organisation"], row["municipality"] or "", row["code"] or ""),
        *(row["country"] or "", row["email"], row["language"], row["hears"], row["note"]),
        texts.translate(REGISTRATIONS[RegistrationState(row["state"])]),
        row["at"].astimezone(zone),
        there.get(row["was_there"], ""),
    ]
