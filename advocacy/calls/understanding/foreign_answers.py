"""What answers say in the language the network works in, and which nobody can read there yet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row is what its table says

from advocacy.calls import labels
from advocacy.calls.rules import ContributionState, Stance
from advocacy.calls.tables import Contribution, ContributionTranslation, ContributionVersion
from advocacy.dossiers.rules import Station
from advocacy.errors import Message, NotFound
from advocacy.provenance import Piece, word_diff
from advocacy.settings import settings

STILL_READ = (Station.OPENED, Station.CALL, Station.DRAFT, Station.APPROVAL)
"""Until the position has gone out, somebody writes it from the answers."""
_invitation: Any = Contribution.invitation  # Piccolo types the columns of a joined table loosely
_version: Any = ContributionTranslation.version
_checker: Any = ContributionTranslation.checked_by


@dataclass(frozen=True, slots=True)
class Translated:
    """What a version says in another language. `checked_by` empty: nobody has checked it."""

    text: str
    language: str
    checked_by: str
    checked: datetime | None


async def translations_of(versions: Sequence[int], *, language: str = "") -> dict[int, Translated]:
    """By version, its translation into `language` (default: the network's). One query."""
    if not versions:
        return {}
    rows = await ContributionTranslation.select(
        ContributionTranslation.version,
        ContributionTranslation.text,
        ContributionTranslation.language,
        ContributionTranslation.checked,
        _checker.name.as_alias("checked_by"),
    ).where(
        ContributionTranslation.version.is_in(list(versions)),
        ContributionTranslation.language == (language or settings().language),
    )
    return {
        row["version"]: Translated(
            row["text"], row["language"], row["checked_by"] or "", row["checked"]
        )
        for row in rows
    }


def words_of(version: Mapping[str, Any]) -> list[str]:
    """What of an answer is written in words: its text, answers besides, comments."""
    besides = [
        text
        for column in ("answers", "comments")
        for _, text in sorted(json.loads(version[column] or "{}").items(), key=_by_number)
    ]
    return [each for each in (version["text"], *besides) if any(map(str.isalpha, each))]


def _by_number(item: tuple[str, str]) -> int:
    return int(item[0])


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that nobody has checked in the working language."""

    contribution: int
    call: str
    code: str
    name: str
    name_language: str
    language: str
    text: str
    begun: bool
    answers_until: datetime
    zone: str


async def unread(countries: Sequence[str]) -> list[Unread]:
    """Answers with words in another language, of dossiers that still run. Three queries."""
    if not countries:
        return []
    rows = await _given(
        _invitation.municipality.country.is_in(list(countries)),
        _invitation.call.window.dossier.station.is_in([each.value for each in STILL_READ]),
    )
    ours = settings().language
    foreign = [row for row in rows if row["language"] != ours and words_of(row)]
    known = await translations_of([row["version"] for row in foreign])
    return [
        Unread(
            **{key: row[key] for key in ("contribution", "call", "code", "name")},
            **{key: row[key] for key in ("name_language", "language", "answers_until", "zone")},
            text=words_of(row)[0],
            begun=row["version"] in known,
        )
        for row in foreign
        if row["version"] not in known or known[row["version"]].checked is None
    ]


async def without_stance(countries: Sequence[str]) -> list[dict[str, Any]]:
    """Answers that came by mail and do not say yes or no. Two queries."""
    if not countries:
        return []
    rows = await _given(_invitation.municipality.country.is_in(list(countries)))
    return [row for row in rows if row["stance"] == Stance.NOT_STATED]


async def _given(*conditions: Any) -> list[dict[str, Any]]:
    """The version that stands of every answer that is given, by deadline and code."""
    rows = await (
        Contribution.select(
            Contribution.id.as_alias("contribution"),
            Contribution.version.as_alias("number"),
            _invitation.call.number.as_alias("call"),
            _invitation.call.answers_until.as_alias("answers_until"),
            _invitation.call.zone.as_alias("zone"),
            _invitation.municipality.code.as_alias("code"),
            _invitation.municipality.country.as_alias("country"),
            _invitation.municipality.name.as_alias("name"),
            _invitation.municipality.language.as_alias("name_language"),
        )
        .where(Contribution.state == ContributionState.GIVEN, *conditions)
        .order_by(_invitation.call.answers_until, _invitation.municipality.code)
    )
    if not rows:
        return []
    versions = await ContributionVersion.select(
        ContributionVersion.id.as_alias("version"),
        *(ContributionVersion.contribution, ContributionVersion.number),
        *(ContributionVersion.stance, ContributionVersion.language, ContributionVersion.text),
        *(ContributionVersion.answers, ContributionVersion.comments),
        *(ContributionVersion.answered_by, ContributionVersion.channel),
    ).where(ContributionVersion.contribution.is_in([row["contribution"] for row in rows]))
    standing = {(each["contribution"], each["number"]): each for each in versions}
    return [row | standing[row["contribution"], row["number"]] for row in rows]


@dataclass(frozen=True, slots=True)
class Beside:
    """An answer and its translation. `changed`: what the municipality changed in its words since
    an earlier version was translated, whose translation is `earlier`.
    """

    contribution: int
    version: ContributionVersion
    country: str
    code: str
    name: str
    name_language: str
    call: str
    dossier: int
    translation: ContributionTranslation | None
    earlier: str = ""
    changed: Sequence[Piece] = ()

    @property
    def words(self) -> list[str]:
        return words_of(_as_row(self.version))

    @property
    def stance(self) -> Message:
        return labels.STANCES[Stance(self.version.stance)]

    @property
    def text(self) -> str:
        """What the field holds: the translation, else that of the version before."""
        return self.translation.text if self.translation else self.earlier


def _as_row(version: ContributionVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in ("text", "answers", "comments")}


async def beside(contribution_id: int) -> Beside:
    """NotFound: there is no such answer, or it was withdrawn."""
    row = await (
        Contribution.select(
            *(Contribution.version, Contribution.state),
            _invitation.call.number.as_alias("call"),
            _invitation.call.window.dossier.as_alias("dossier"),
            _invitation.municipality.code.as_alias("code"),
            _invitation.municipality.country.as_alias("country"),
            _invitation.municipality.name.as_alias("name"),
            _invitation.municipality.language.as_alias("name_language"),
        )
        .where(Contribution.id == contribution_id)
        .first()
    )
    if row is None or row["state"] != ContributionState.GIVEN:
        raise NotFound("There is no such answer")
    versions = await (
        ContributionVersion.objects()
        .where(ContributionVersion.contribution == contribution_id)
        .order_by(ContributionVersion.number)
    )
    rows = await ContributionTranslation.objects().where(
        _version.contribution == contribution_id,
        ContributionTranslation.language == settings().language,
    )
    translated = {each.version: each for each in rows}
    version = next(each for each in versions if each.number == row["version"])
    before = [each for each in versions if each.number < version.number and each.id in translated]
    facts = {key: row[key] for key in ("country", "code", "name", "name_language", "call")}
    return Beside(
        contribution_id, version, dossier=row["dossier"], translation=translated.get(version.id),
        earlier=translated[before[-1].id].text if before else "",
        changed=_change(before[-1], version) if before else (), **facts,
    )  # fmt: skip


def _change(before: ContributionVersion, after: ContributionVersion) -> Sequence[Piece]:
    said = ["\n\n".join(words_of(_as_row(each))) for each in (before, after)]
    return word_diff(*said) if said[0] != said[1] else ()
