"""Which matters everybody may know of: a call has left for them, or a position was adopted."""

from dataclasses import dataclass
from typing import Any  # a column behind a foreign key

from piccolo.columns.combination import WhereRaw

from advocacy.calls.rules import CallState
from advocacy.calls.tables import CallText
from advocacy.positions.rules import PUBLIC
from advocacy.positions.tables import PositionVersion

KNOWN_CALLS = (CallState.OPEN, CallState.CLOSED)


@dataclass(frozen=True, slots=True)
class KnownMatter:
    """Under the title that was published, never the one the house gave its dossier.

    `path` is that of the position, empty while there is none.
    """

    title: str
    language: str
    path: str = ""


async def known_matters(language: str = "") -> dict[int, KnownMatter]:
    """By dossier; of a call its title in that language where somebody checked one. Two queries."""
    call: Any = CallText.call
    called = await (
        CallText.select(
            CallText.title, CallText.language, call.id.as_alias("call"),
            call.window.dossier.id.as_alias("dossier"),
        )
        .where(
            call.state.is_in(list(KNOWN_CALLS)),
            CallText.title != "",
            WhereRaw(
                "call_text.language = (SELECT c.language FROM call c WHERE c.id = call_text.call)"
            )
            | ((CallText.language == language) & CallText.checked.is_not_null()),
        )
    )  # fmt: skip
    # The last call of a dossier gives its name, in the language that was asked for if it has it.
    called.sort(key=lambda row: (row["call"], row["language"] == language))
    found = {row["dossier"]: KnownMatter(row["title"], row["language"]) for row in called}
    position: Any = PositionVersion.position
    adopted = await (
        PositionVersion.select(
            PositionVersion.title,
            position.language.as_alias("language"),
            position.dossier.id.as_alias("dossier"),
            position.dossier.number.as_alias("number"),
        )
        .where(
            position.state.is_in(sorted(PUBLIC)),
            position.adopted.is_not_null(),
            WhereRaw(
                "position_version.number = (SELECT p.version FROM position p"
                " WHERE p.id = position_version.position)"
            ),
        )
        .order_by(PositionVersion.id)
    )
    for row in adopted:
        path = f"/p/{row['number']}"
        found[row["dossier"]] = KnownMatter(row["title"], row["language"], path)
    return found
