"""Who is behind a text: every municipality that it cites, where, and on which side.

cited passages → one Behind per municipality → by country, as a map, as a table to take along
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from advocacy import texts
from advocacy.calls.covering.coverage import Coverage
from advocacy.calls.covering.map import coverage_map
from advocacy.calls.rules import step
from advocacy.municipalities.tables import Municipality
from advocacy.positions.labels import STANCES
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.rules import PassageStance
from advocacy.provenance import Paragraphs, citations
from advocacy.spreadsheets.writing import Cell, Sheet


@dataclass(frozen=True, slots=True)
class Behind:
    """Each municipality once. Who both supports and contradicts counts as contradicting, as in
    provenance.support: no support is claimed that was not given.
    """

    municipality: int
    code: str
    name: str
    country: str
    name_public: bool
    stance: PassageStance
    paragraphs: Mapping[PassageStance, Sequence[int]]
    """The numbers (§) that cite it, by what its passage says there."""


@dataclass(frozen=True, slots=True)
class CountryBehind:
    """`asked` is 0 where the answers came without a call."""

    key: str
    asked: int
    answered: int
    supporting: int
    contradicting: int
    mentioned: int


def behind(paragraphs: Paragraphs, rows: Iterable[PassageRow]) -> list[Behind]:
    """By country and name. Only what still stands."""
    at = _places(paragraphs)
    found: dict[int, list[PassageRow]] = {}
    for row in rows:
        if row.stands and row.mark in at:
            found.setdefault(row.municipality_id, []).append(row)
    every = [_one(passages, at) for passages in found.values()]
    return sorted(every, key=lambda each: (each.country, each.name, each.code))


def _places(paragraphs: Paragraphs) -> dict[str, list[int]]:
    at: dict[str, list[int]] = {}
    for number, (_, text) in enumerate(paragraphs, 1):
        for mark in citations(text):
            at.setdefault(mark, []).append(number)
    return at


def _one(passages: Sequence[PassageRow], at: Mapping[str, Sequence[int]]) -> Behind:
    first = passages[0]
    places = {
        stance: sorted({n for row in passages if row.stance == stance for n in at[row.mark]})
        for stance in PassageStance
    }
    order = (PassageStance.CONTRADICTS, PassageStance.SUPPORTS, PassageStance.MENTIONS)
    return Behind(
        *(first.municipality_id, first.code, first.municipality, first.country),
        name_public=all(row.name_public for row in passages),
        stance=next(stance for stance in order if places[stance]),
        paragraphs=places,
    )


def by_country(every: Sequence[Behind], covered: Coverage) -> list[CountryBehind]:
    """The country with most supporters first; those that were asked and are not cited too."""
    asked = {share.key: (share.asked, share.answered) for share in covered.countries}
    found = [
        CountryBehind(
            key, *asked.get(key, (0, 0)), *_counts(each for each in every if each.country == key)
        )
        for key in {*asked, *(each.country for each in every)}
    ]
    return sorted(found, key=lambda each: (-each.supporting, each.key))


def _counts(every: Iterable[Behind]) -> tuple[int, int, int]:
    stances = [each.stance for each in every]
    return (
        stances.count(PassageStance.SUPPORTS),
        stances.count(PassageStance.CONTRADICTS),
        stances.count(PassageStance.MENTIONS),
    )


async def support_map(every: Sequence[Behind], countries: Sequence[CountryBehind]) -> Markup:
    """Colour: the share of those heard who support. Dots: filled supports, hollow does not."""
    heard = {each.key: each.supporting + each.contradicting + each.mentioned for each in countries}
    return coverage_map(
        {each.key: step(each.supporting, heard[each.key]) for each in countries},
        await _dots(every),
        counts={
            each.key: f"{each.supporting}/{heard[each.key]}"
            for each in countries
            if heard[each.key]
        },
        title=texts.gettext("Who stands behind the text, by country"),
    )


async def _dots(every: Sequence[Behind]) -> list[tuple[float, float, bool]]:
    if not every:
        return []
    rows = await Municipality.select(
        Municipality.id, Municipality.latitude, Municipality.longitude
    ).where(
        Municipality.id.is_in([each.municipality for each in every]),
        Municipality.latitude.is_not_null(),
        Municipality.longitude.is_not_null(),
    )
    supports = {each.municipality: each.stance is PassageStance.SUPPORTS for each in every}
    return [(row["latitude"], row["longitude"], supports[row["id"]]) for row in rows]


def sheet(number: str, every: Sequence[Behind]) -> Sheet:
    """One row per municipality, for the house: names whether or not they are public."""
    columns = {
        "code": texts.gettext("Code"),
        "municipality": texts.gettext("Municipality"),
        "country": texts.gettext("Country"),
        "stance": texts.gettext("Stance"),
        "supports": texts.gettext("Supports"),
        "contradicts": texts.gettext("Contradicts"),
        "mentions": texts.gettext("Mentions"),
        "name_public": texts.gettext("Name may be published"),
    }
    return Sheet(f"support-{number}", columns, [_row(each) for each in every])


def _row(each: Behind) -> list[Cell]:
    return [
        *(each.code, each.name, each.country, texts.translate(STANCES[each.stance])),
        *(", ".join(f"§ {n}" for n in each.paragraphs[stance]) for stance in PassageStance),
        texts.gettext("Yes") if each.name_public else texts.gettext("No"),
    ]
