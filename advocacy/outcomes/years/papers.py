"""The account of a year as a spreadsheet and as a paper."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any  # what a template shows

from advocacy import texts
from advocacy.outcomes.labels import LABELS
from advocacy.outcomes.rules import Fate
from advocacy.outcomes.years.figures import Account, Figures
from advocacy.settings import settings
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext
from advocacy.typesetting import compiled
from feeds.reading.topics import TOPICS, topic_label

SHOWN = (Fate.ADOPTED, Fate.PARTLY, Fate.REJECTED, Fate.OPEN)


def topic_name(key: str) -> str:
    return topic_label(key, texts.language()) if key in TOPICS else key


def groups(found: Account) -> list[tuple[str, str, Sequence[tuple[str, Figures]]]]:
    """Key and name of each group, with its rows by name; in the language in use."""
    return [
        ("countries", gettext("By country"), [(each.key, each) for each in found.countries]),
        ("bodies", gettext("By body"), [(each.key, each) for each in found.bodies]),
        ("topics", gettext("By topic"), [(topic_name(each.key), each) for each in found.topics]),
    ]


def heads() -> dict[str, str]:
    return {
        "asked": gettext("Asked"),
        "answered": gettext("Answered"),
        "handed_in": gettext("Handed in"),
        "in_time": gettext("In time"),
    } | {fate.value: texts.translate(LABELS[fate]) for fate in SHOWN}


def sheet(found: Account) -> Sheet:
    names = heads()
    rows: list[list[Cell]] = [["", gettext("The year"), *_cells(found.whole, names)]]
    for _, group, figures in groups(found):
        rows += [[group, name, *_cells(each, names)] for name, each in figures]
    columns = {"group": gettext("Group"), "name": gettext("Name")} | names
    return Sheet(f"year-{found.year}", columns, rows, (explained(),))


def _cells(figures: Figures, names: dict[str, str]) -> list[Cell]:
    return [getattr(figures, name) for name in names]


def explained() -> str:
    return gettext(
        "Asked and answered are invitations to the calls that left in this year. Handed in are the "
        "positions of this year; their asks count with what has become of them up to now."
    )


def paper(found: Account, *, now: datetime) -> bytes:
    """PDF/UA in the language in use."""
    names = heads()
    content: dict[str, Any] = {
        "language": texts.language(),
        "network": settings().network,
        "title": gettext("The year %(year)s in figures") % {"year": found.year},
        "explained": explained(),
        "heads": list(names.values()),
        "whole": [gettext("The year"), *_cells(found.whole, names)],
        "groups": [
            {"name": group, "rows": [[name, *_cells(each, names)] for name, each in figures]}
            for _, group, figures in groups(found)
            if figures
        ],
        "answers": [
            {"name": each.key, "asked": each.asked, "answered": each.answered}
            for each in found.countries
        ],
        "labels": {
            "page": gettext("page {page} of {pages}"),
            "picture": gettext("Answered of those asked, by country"),
            "name": gettext("Name"),
        },
    }
    return compiled("year.typ", content, made=now)
