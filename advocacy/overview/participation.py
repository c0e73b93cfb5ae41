"""Who has answered, by country: of every call that is open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # columns of a joined table

from advocacy import texts
from advocacy.calls.covering.coverage import by_country
from advocacy.calls.covering.figures import Answered
from advocacy.calls.rules import CallState
from advocacy.calls.tables import Call, CallText

WORKING = (CallState.DRAFT, CallState.HELD, CallState.OPEN)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call that is being prepared or runs. `shares`: the countries, most asked first."""

    id: int
    number: str
    state: CallState
    answers_until: datetime
    zone: str
    since: datetime
    dossier: str
    window: int
    title: str
    language: str
    unchecked: tuple[str, ...]
    shares: tuple[Answered, ...]

    @property
    def path(self) -> str:
        return f"/c/{self.number}/results"

    @property
    def asked(self) -> int:
        return sum(share.asked for share in self.shares)

    @property
    def answered(self) -> int:
        return sum(share.answered for share in self.shares)


async def working_calls() -> list[CallRow]:
    """The first to end first; titles in the language in use where there is one. Three queries."""
    dossier: Any = Call.window.dossier
    rows = await (
        Call.select(
            *(Call.id, Call.number, Call.state, Call.answers_until, Call.zone, Call.window),
            *(Call.leaves, Call.created),
            Call.language.as_alias("lead"),
            dossier.number.as_alias("dossier"),
            dossier.title.as_alias("dossier_title"),
            dossier.language.as_alias("dossier_language"),
        )
        .where(Call.state.is_in(list(WORKING)))
        .order_by(Call.answers_until)
    )
    written = await (
        CallText.select(CallText.call, CallText.language, CallText.title, CallText.checked)
        .where(CallText.call.state.is_in(list(WORKING)))
        .order_by(CallText.language)
    )
    shares = await by_country([row["id"] for row in rows])
    return [
        _row(
            row,
            [text for text in written if text["call"] == row["id"]],
            shares[row["id"]],
        )
        for row in rows
    ]


def _row(
    row: dict[str, Any], written: list[dict[str, Any]], shares: tuple[Answered, ...]
) -> CallRow:
    by_language = {text["language"]: text["title"] for text in written if text["title"]}
    language = next((each for each in (texts.language(), row["lead"]) if each in by_language), None)
    return CallRow(
        id=row["id"],
        number=row["number"],
        state=CallState(row["state"]),
        answers_until=row["answers_until"],
        zone=row["zone"],
        since=row["leaves"] or row["created"],
        dossier=row["dossier"],
        window=row["window"],
        title=by_language[language] if language else row["dossier_title"],
        language=language or row["dossier_language"],
        unchecked=tuple(text["language"] for text in written if text["checked"] is None),
        shares=shares,
    )


def open_ones(calls: list[CallRow]) -> list[CallRow]:
    return [call for call in calls if call.state is CallState.OPEN]
