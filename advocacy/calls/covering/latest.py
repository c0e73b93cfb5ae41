"""What holds of each answer: its latest version."""

import json
from collections.abc import Sequence
from typing import Any  # a row is what its table says

from advocacy.calls import labels
from advocacy.calls.rules import Basis, Stance
from advocacy.calls.tables import Contribution, ContributionVersion

_answer: Any = ContributionVersion.contribution  # Piccolo types joined tables loosely
_asked: Any = Contribution.invitation
_call, _municipality = _asked.call, _asked.municipality  # once: each way through a table is dear
_dossier = _call.window.dossier
IS_LATEST = ContributionVersion.number == _answer.version
"""The one condition that picks of an answer the version that holds."""


async def contributions_of(dossier_id: int) -> list[dict[str, Any]]:
    """The latest version of every answer to any call of a dossier, withdrawn ones too:
    `state` says which stand.
    """
    return await latest(_dossier == dossier_id)


async def answers_to(invitations: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By invitation, the latest version of what was answered to it."""
    if not invitations:
        return {}
    rows = await latest(Contribution.invitation.is_in(list(invitations)))
    for row in rows:
        row["label"] = labels.STANCES[Stance(row["stance"])]
        row["basis_label"] = labels.BASES[Basis(row["basis"])]
        row["channel_label"] = labels.CHANNELS[row["channel"]]
    return {row["invitation"]: row for row in rows}


async def latest(condition: Any) -> list[dict[str, Any]]:
    """`condition` on Contribution. Two queries: PostgreSQL cuts the names of deeper joins."""
    rows: list[dict[str, Any]] = await (
        Contribution.select(
            Contribution.id.as_alias("contribution"),
            Contribution.invitation,
            Contribution.version,
            Contribution.state,
            Contribution.late,
            Contribution.name_public,
            Contribution.changed,
            _call.number.as_alias("call"),
            _municipality.id.as_alias("municipality"),
            _municipality.code.as_alias("code"),
            _municipality.name.as_alias("name"),
            _municipality.language.as_alias("name_language"),
            _municipality.country.as_alias("country"),
        )
        .where(condition)
        .order_by(_municipality.code, Contribution.id)
    )
    said = await said_in([row["contribution"] for row in rows])
    for row in rows:
        row.update(said[row["contribution"]])
        for name in ("answers", "comments", "enclosures"):
            row[name] = json.loads(row[name])
    return rows


async def said_in(contributions: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By answer, what its latest version says."""
    if not contributions:
        return {}
    rows = await ContributionVersion.select(
        ContributionVersion.id,
        ContributionVersion.contribution,
        _answer.version.as_alias("version"),
        ContributionVersion.stance,
        ContributionVersion.text,
        ContributionVersion.answers,
        ContributionVersion.comments,
        ContributionVersion.enclosures,
        ContributionVersion.language,
        ContributionVersion.basis,
        ContributionVersion.decided,
        ContributionVersion.answered_by,
        ContributionVersion.role,
        ContributionVersion.channel,
        ContributionVersion.at,
    ).where(ContributionVersion.contribution.is_in(list(contributions)), IS_LATEST)
    return {row["contribution"]: row for row in rows}
