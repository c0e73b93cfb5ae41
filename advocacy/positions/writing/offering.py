"""What stands beside the text while it is written: passages to cite, narrowed down. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from advocacy.positions.passages import grouping
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.rules import PassageStance
from advocacy.positions.writing.evidence import Evidence
from feeds.reading.letters import folded, words_of

MOST_SHOWN = 600
UNUSED, WITHOUT_TAG = "unused", "-"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`only` is "unused", a stance or a country; `tag` "-" is for passages without one."""

    tag: str = ""
    only: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """`groups` by tag. `found` fit what is wanted; `shown` of them stand on the page."""

    groups: Sequence[tuple[str, Sequence[Sequence[PassageRow]]]]
    found: int
    shown: int
    total: int


def wanted(typed: Mapping[str, str]) -> Wanted:
    return Wanted(*(typed.get(f"show-{name}", "")[:60] for name in ("tag", "only", "words")))


def offer(rows: Sequence[PassageRow], used: Collection[str], what: Wanted) -> Offer:
    """Of very many, the tag that most have is shown first: a page with thousands helps nobody."""
    fit = [row for row in rows if _fits(row, used, what)]
    shown = fit
    if len(fit) > MOST_SHOWN and not what.tag:
        most = Counter(row.tag for row in fit).most_common(1)[0][0]
        shown = [row for row in fit if row.tag == most]
    shown = shown[:MOST_SHOWN]
    return Offer(grouping.by_tag(shown), len(fit), len(shown), len(rows))


def _fits(row: PassageRow, used: Collection[str], what: Wanted) -> bool:
    if what.tag and row.tag != ("" if what.tag == WITHOUT_TAG else what.tag):
        return False
    if what.only == UNUSED and row.mark in used:
        return False
    if what.only in set(PassageStance) and row.stance != what.only:
        return False
    is_country = len(what.only) == 2 and what.only.isupper()  # noqa: PLR2004  ISO 3166-1
    if is_country and row.country != what.only:
        return False
    return not what.words or _says(row, what.words)


def _says(row: PassageRow, words: str) -> bool:
    """Each word begins a word of the passage, or of the municipality's name."""
    said = words_of(folded(f"{row.text} {row.municipality}"))
    return all(any(word.startswith(each) for word in said) for each in words_of(folded(words)))


def ticked(cite: str, rows: Sequence[PassageRow]) -> list[PassageRow]:
    """The field "cite" as it repeats: "@17.2 @23.1,@5.1"; what is not offered is left out."""
    by_mark = {row.mark: row for row in rows}
    marks = dict.fromkeys(cite.replace(",", " ").split())
    return [by_mark[mark] for mark in marks if mark in by_mark]


def ticked_beside(cite: str, offered: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Mark and title of the projects and entries that are ticked, in the order of the offer."""
    marks = set(cite.replace(",", " ").split())
    return [(each.mark, each.title) for each in offered if each.mark in marks]
