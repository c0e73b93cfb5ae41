"""Ask by ask: what the body made of it, and what shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row is what its table says

from advocacy.approvals import queries as rounds
from advocacy.approvals.queries import Ground
from advocacy.calls.rules import ContributionState
from advocacy.calls.tables import Contribution
from advocacy.dossiers.tables import DossierEntry
from advocacy.outcomes.rules import Fate, Occasion
from advocacy.outcomes.tables import Outcome, ReportBack
from advocacy.outcomes.telling.reports import Report, reports_of
from advocacy.positions import queries as positions
from advocacy.provenance import without_citations
from advocacy.submissions import queries as submissions
from advocacy.submissions.rules import HANDED_IN
from advocacy.submissions.tables import Submission
from advocacy.translations import queries as translations
from feeds.reading.folding import search_text

_asked: Any = Contribution.invitation
_asked_about = _asked.call.window.dossier
_round: Any = Submission.round
_spoken_to = _round.position.dossier
MOST_ENTRIES = 100


@dataclass(frozen=True, slots=True)
class AskRow:
    """`seen` is given back by the form, so that nobody writes over another's change."""

    number: int
    text: str
    fate: Fate
    quotation: str
    decided: date | None
    entry: int | None
    entry_title: str
    entry_address: str
    entry_language: str
    review: date | None
    changed: datetime | None

    @property
    def seen(self) -> str:
        return self.changed.isoformat() if self.changed else ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A handed-in position and the fate of its asks. `language` is that of title and asks."""

    submission: Submission
    ground: Ground
    title: str
    language: str
    rows: Sequence[AskRow]
    body: str


async def ground_of(submission: Submission) -> Ground:
    """The text as it was handed in."""
    held = await rounds.round_by_id(submission.round)
    position = await rounds.position_by_id(held.position)
    return await rounds.ground_of(position, version=held.version)


async def followed(number: str, language: str) -> Followed | None:
    """None: nothing has been handed in for this dossier."""
    position = await positions.by_number(number)
    found = await submissions.handed_in(position.id)
    if found is None:
        return None
    submission = await submissions.by_id(found.id)
    ground = await ground_of(submission)
    other = await translations.whole_in(position.id, language)
    asks = other.asks if other else positions.asks_of(ground.version)
    known = {row["ask"]: row for row in await outcomes_of(submission.id)}
    return Followed(
        submission=submission,
        ground=ground,
        title=other.title if other else ground.version.title,
        language=language if other else position.language,
        rows=[_row(ask.number, without_citations(ask.text), known.get(ask.number)) for ask in asks],
        body=await rounds.name_of_body(ground, language),
    )


def _row(number: int, text: str, known: dict[str, Any] | None) -> AskRow:
    row = known or {}
    return AskRow(
        number=number,
        text=text,
        fate=Fate(row.get("fate", Fate.OPEN)),
        quotation=row.get("quotation", ""),
        decided=row.get("decided"),
        entry=row.get("entry"),
        entry_title=row.get("entry_title") or "",
        entry_address=row.get("entry_address") or "",
        entry_language=row.get("entry_language") or "",
        review=row.get("review"),
        changed=row.get("changed"),
    )


async def outcomes_of(submission_id: int) -> list[dict[str, Any]]:
    entry: Any = Outcome.entry
    return await Outcome.select(
        Outcome.ask,
        Outcome.fate,
        Outcome.quotation,
        Outcome.decided,
        Outcome.review,
        Outcome.entry,
        Outcome.changed,
        entry.title.as_alias("entry_title"),
        entry.address.as_alias("entry_address"),
        entry.language.as_alias("entry_language"),
    ).where(Outcome.submission == submission_id)


@dataclass(frozen=True, slots=True)
class Became:
    """What became of one answer: of its passages in the text, and of the asks at the body."""

    number: str
    followed: Followed
    report: Report


async def became_of(invitations: Sequence[int], language: str) -> Mapping[int, Became]:
    """By invitation, of those whose answer stands behind a text that has been handed in."""
    if not invitations:
        return {}
    rows = await Contribution.select(
        Contribution.invitation,
        _asked_about.id.as_alias("dossier"),
        _asked_about.number.as_alias("number"),
    ).where(
        Contribution.invitation.is_in(list(invitations)),
        Contribution.state == ContributionState.GIVEN,
    )
    of: dict[str, set[int]] = {}
    handed_in = await _handed_in({row["dossier"] for row in rows})
    for row in rows:
        if row["dossier"] in handed_in:
            of.setdefault(row["number"], set()).add(row["invitation"])
    became = dict[int, Became]()
    for number, only in of.items():
        found = await followed(number, language)
        if found is None:
            continue
        for report in await reports_of(found.ground, only=only):
            became[report.invitation] = Became(number, found, report)
    return became


async def _handed_in(dossiers: set[int]) -> set[int]:
    if not dossiers:
        return set()
    rows = await Submission.select(_spoken_to.id.as_alias("dossier")).where(
        _spoken_to.id.is_in(sorted(dossiers)),
        Submission.state.is_in([state.value for state in HANDED_IN]),
    )
    return {row["dossier"] for row in rows}


async def outcome_of(submission_id: int, ask: int) -> Outcome | None:
    return await (
        Outcome.objects().where(Outcome.submission == submission_id, Outcome.ask == ask).first()
    )


@dataclass(frozen=True, slots=True)
class Evidence:
    """An entry of the dossier that may show what the body decided."""

    id: int
    title: str
    language: str
    published: datetime | None
    words: frozenset[str]


async def evidence(dossier_id: int) -> list[Evidence]:
    """The newest first: what arrives is offered as evidence."""
    entry: Any = DossierEntry.entry
    rows = await (
        DossierEntry.select(
            entry.id.as_alias("id"),
            entry.title.as_alias("title"),
            entry.language.as_alias("language"),
            entry.published.as_alias("published"),
            entry.search_text.as_alias("words"),
        )
        .where(DossierEntry.dossier == dossier_id)
        .order_by(DossierEntry.id, ascending=False)
        .limit(MOST_ENTRIES)
    )
    return [Evidence(**row | {"words": frozenset((row["words"] or "").split())}) for row in rows]


def offered(ask: str, language: str, known: Sequence[Evidence]) -> list[Evidence]:
    """Those that share most words with the ask first; among equals the newest."""
    words = set(search_text(ask, language=language).split())
    return sorted(known, key=lambda each: -len(words & each.words))


async def reported(submission_id: int) -> set[int]:
    """Invitations whose letter on the handing in has been written."""
    rows = await ReportBack.select(ReportBack.invitation).where(
        ReportBack.submission == submission_id, ReportBack.occasion == Occasion.SUBMITTED
    )
    return {row["invitation"] for row in rows}
