"""Gatherings that wait for who keeps them: drafts whose day comes, and words nobody has kept."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any  # a row is what its table says

from advocacy import texts
from advocacy.events.rules import GatheringState
from advocacy.events.tables import Gathering, GatheringText, Minute
from advocacy.overview.rules import Need
from advocacy.texts import gettext

PUBLISHED_BEFORE = timedelta(days=28)
"""Whoever is invited later has other plans."""
DRAFTS_AHEAD = timedelta(days=90)
WRITTEN_WITHIN = timedelta(days=14)
"""After that nobody remembers who said what."""
ASKED_FOR = timedelta(days=60)


async def to_keep(people: Collection[int], *, now: datetime) -> list[Need]:
    """Of gatherings that these people entered. Two queries."""
    rows = await Gathering.select(
        Gathering.id, Gathering.state, Gathering.language, Gathering.begins, Gathering.ends,
        Gathering.zone, Gathering.person,
    ).where(
        Gathering.person.is_in(list(people)),
        (
            (Gathering.state == GatheringState.DRAFT)
            & (Gathering.begins > now)
            & (Gathering.begins <= now + DRAFTS_AHEAD)
        )
        | (
            (Gathering.state == GatheringState.PUBLISHED)
            & (Gathering.ends <= now)
            & (Gathering.ends > now - ASKED_FOR)
            & Gathering.id.not_in(Minute.select(Minute.gathering))
        ),
    )  # fmt: skip
    titles = await _titles([row["id"] for row in rows]) if rows else {}
    return [_need(row, titles[row["id"]]) for row in rows]


async def _titles(ids: Collection[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for row in await GatheringText.select(
        GatheringText.gathering, GatheringText.language, GatheringText.title
    ).where(GatheringText.gathering.is_in(list(ids))):
        found.setdefault(row["gathering"], {})[row["language"]] = row["title"]
    return found


def _need(row: Mapping[str, Any], titles: Mapping[str, str]) -> Need:
    language = texts.language() if texts.language() in titles else row["language"]
    path = f"/events/{row['id']}"
    if row["state"] == GatheringState.DRAFT:
        act, why = gettext("Publish the gathering"), gettext("Nobody can register before")
        at = row["begins"] - PUBLISHED_BEFORE
    else:
        act, why = gettext("Write down what was said"), gettext("No minutes have been kept yet")
        path, at = f"{path}/minutes", row["ends"] + WRITTEN_WITHIN
    return Need(act, titles[language], language, why, path, at, row["zone"], owner=row["person"])
