"""Badges for a gathering: ten on a sheet of A4, to be cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from advocacy import texts
from advocacy.settings import settings
from advocacy.typesetting import compiled


@dataclass(frozen=True, slots=True)
class Badge:
    """`speaks`: the language in which they are written to, `hears` the one interpreted into."""

    name: str
    organisation: str
    country: str = ""
    speaks: str = ""
    hears: str = ""


def badges(
    people: Sequence[Badge], *, title: str, day: str, language: str, made: datetime
) -> bytes:  # fmt: skip
    """PDF. `day` as it is shown; nobody: one empty sheet to write on."""
    content = {
        "network": settings().network,
        "title": title,
        "day": day,
        "language": language,
        "heading": texts.gettext("Badges"),
        "badges": [
            {
                "name": each.name,
                "organisation": each.organisation,
                "country": texts.country_name(each.country) if each.country else "",
                "speaks": texts.AUTONYMS.get(each.speaks, ""),
                "hears": texts.AUTONYMS.get(each.hears, ""),
                "language": each.speaks,
            }
            for each in people
        ],
    }
    return compiled("badges.typ", content, made=made.astimezone(UTC))
