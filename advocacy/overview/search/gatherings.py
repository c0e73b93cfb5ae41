"""Gatherings that are found, in whatever language the words stand."""

from typing import Any  # columns behind foreign keys

from advocacy import database, texts
from advocacy.events.rules import GatheringState, may_look
from advocacy.events.tables import GatheringText
from advocacy.overview.search.groups import Asked, Hit, below, hit


async def found_gatherings(asked: Asked) -> list[Hit]:
    """A draft is for the house alone."""
    gathering: Any = GatheringText.gathering
    found = database.finds(GatheringText, *asked.wordings)
    inside = may_look(asked.by.role if asked.by else None, GatheringState.DRAFT)
    seen = [] if inside else [gathering.state != GatheringState.DRAFT]
    last = await (
        GatheringText.select(gathering.id.as_alias("gathering"))
        .where(found, below(gathering.id, asked), *seen)
        .order_by(gathering.id, ascending=False)
        .limit((asked.limit + 1) * len(texts.LANGUAGES))
    )
    ids = list(dict.fromkeys(row["gathering"] for row in last))[: asked.limit + 1]
    if not ids:
        return []
    rows = await (
        GatheringText.select(
            *(GatheringText.title, GatheringText.summary, GatheringText.language),
            *(gathering.id.as_alias("id"), gathering.place.as_alias("place")),
        )
        .where(found, gathering.id.is_in(ids))
        .order_by(gathering.id, ascending=False)
    )
    chosen: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row["id"] not in chosen or row["language"] == texts.language():
            chosen[row["id"]] = row
    return [
        hit(
            asked, row, f"/events/{row['id']}", title=row["title"], text=row["summary"],
            beside=row["place"],
        )
        for row in chosen.values()
    ]  # fmt: skip
