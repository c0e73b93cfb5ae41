"""What the secretariat types about an ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from advocacy.errors import Invalid, Message
from advocacy.outcomes.rules import Fate
from advocacy.positions.forms import clean


@dataclass(frozen=True, slots=True)
class NewOutcome:
    """`seen`: when the outcome on the page was last changed, as text; empty: never."""

    fate: Fate
    quotation: str
    entry: int | None
    decided: date | None
    review: date | None
    seen: str


def new_outcome(typed: Mapping[str, str], ask: int) -> NewOutcome:
    wrong: dict[str, Message] = {}
    fate = typed.get(f"fate-{ask}", "")
    if fate not in set(Fate):
        wrong[f"fate-{ask}"] = Message("Choose what became of it")
    entry = typed.get(f"entry-{ask}", "").strip()
    if entry and not (entry.isascii() and entry.isdigit() and len(entry) <= 9):  # noqa: PLR2004
        wrong[f"entry-{ask}"] = Message("Choose an entry of this dossier")
    days: dict[str, date | None] = {"decided": None, "review": None}
    for name in days:
        try:
            if day := typed.get(f"{name}-{ask}", "").strip():
                days[name] = date.fromisoformat(day)
        except ValueError:
            wrong[f"{name}-{ask}"] = Message("Enter a date like 2026-12-08")
    if wrong:
        raise Invalid(wrong)
    return NewOutcome(
        fate=Fate(fate),
        quotation=clean(typed.get(f"quotation-{ask}", "")),
        entry=int(entry) if entry else None,
        decided=days["decided"],
        review=days["review"],
        seen=typed.get(f"seen-{ask}", ""),
    )
