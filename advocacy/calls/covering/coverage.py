"""Who was asked, reached, has answered: by country and language, and one by one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # a row is what its table says

from advocacy.calls import labels, rules
from advocacy.calls.rules import Basis, ContributionState, InvitationState, Stance
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation

PAGE = 100
_asked: Any = Contribution.invitation  # Piccolo types the columns of a joined table loosely


@dataclass(frozen=True, slots=True)
class Share:
    """`key` is a country or a language."""

    key: str
    asked: int
    reached: int
    answered: int

    @property
    def percent(self) -> float:
        return self.answered / self.asked if self.asked else 0.0

    @property
    def step(self) -> int | None:
        return rules.step(self.answered, self.asked)


@dataclass(frozen=True, slots=True)
class Coverage:
    whole: Share
    countries: tuple[Share, ...]
    languages: tuple[Share, ...]
    regions: tuple[Share, ...]
    stances: Mapping[Stance, int]
    places: tuple[tuple[float, float, bool], ...]
    """Latitude, longitude, answered: the dots on the map."""

    @property
    def behind(self) -> Share | None:
        """The country that needs help most: well below the others, with some left to ask."""
        open_ones = [each for each in self.countries if each.answered < each.asked]
        last = min(open_ones, key=lambda each: (each.percent, each.key), default=None)
        return last if last and last.percent < self.whole.percent else None


async def coverage(call_id: int) -> Coverage:
    rows = await Invitation.select(
        Invitation.id,
        Invitation.state,
        Invitation.sent,
        Invitation.language,
        Invitation.municipality.country.as_alias("country"),
        Invitation.municipality.map_region.as_alias("region"),
        Invitation.municipality.latitude.as_alias("latitude"),
        Invitation.municipality.longitude.as_alias("longitude"),
    ).where(Invitation.call == call_id)
    stances = dict.fromkeys(Stance, 0)
    for each in await latest_of_call(call_id):
        if each["state"] == ContributionState.GIVEN:
            stances[Stance(each["stance"])] += 1
    return Coverage(
        whole=_share("", rows),
        countries=_shares(rows, "country"),
        languages=_shares(rows, "language"),
        regions=_shares([row for row in rows if row["region"]], "region"),
        stances=stances,
        places=tuple(
            (row["latitude"], row["longitude"], row["state"] == InvitationState.ANSWERED)
            for row in rows
            if row["latitude"] is not None and row["longitude"] is not None
        ),
    )


def _shares(rows: Sequence[Mapping[str, Any]], column: str) -> tuple[Share, ...]:
    return tuple(
        _share(key, [row for row in rows if row[column] == key])
        for key in sorted({row[column] for row in rows})
    )


def _share(key: str, rows: Sequence[Mapping[str, Any]]) -> Share:
    return Share(
        key,
        asked=len(rows),
        reached=sum(row["sent"] is not None for row in rows),
        answered=sum(row["state"] == InvitationState.ANSWERED for row in rows),
    )


async def invited(
    call_id: int, *, state: str = "", country: str = "", after: str = ""
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the invited in the order of their codes, and the code the next begins after."""
    rows = Invitation.select(
        Invitation.id,
        Invitation.state,
        Invitation.sent,
        Invitation.reminded,
        Invitation.reminders,
        Invitation.language,
        Invitation.draft_saved,
        Invitation.municipality.code.as_alias("code"),
        Invitation.municipality.name.as_alias("name"),
        Invitation.municipality.language.as_alias("name_language"),
        Invitation.municipality.country.as_alias("country"),
        Invitation.contact.name.as_alias("contact"),
        Invitation.contact.phone.as_alias("phone"),
    ).where(Invitation.call == call_id)
    if state == "unanswered":
        rows = rows.where(Invitation.state != InvitationState.ANSWERED)
    elif state in set(InvitationState):
        rows = rows.where(Invitation.state == state)
    if country:
        rows = rows.where(Invitation.municipality.country == country)
    if after:
        rows = rows.where(Invitation.municipality.code > after)
    found = await rows.order_by(Invitation.municipality.code).limit(PAGE + 1)
    for row in found:
        row["label"] = labels.INVITATIONS[InvitationState(row["state"])]
    return found[:PAGE], found[PAGE - 1]["code"] if len(found) > PAGE else None


async def answers_to(invitations: Sequence[int]) -> dict[int, dict[str, Any]]:
    """By invitation, the latest version of what was answered to it."""
    if not invitations:
        return {}
    rows = await _latest(Contribution.invitation.is_in(list(invitations)))
    for row in rows:
        row["label"] = labels.STANCES[Stance(row["stance"])]
        row["basis_label"] = labels.BASES[Basis(row["basis"])]
        row["channel_label"] = labels.CHANNELS[row["channel"]]
    return {row["invitation"]: row for row in rows}


async def latest_of_call(call_id: int) -> list[dict[str, Any]]:
    """The latest version of every answer to a call, by municipality."""
    return await _latest(_asked.call == call_id)


async def contributions_of(dossier_id: int) -> list[dict[str, Any]]:
    """The latest version of every answer to any call of a dossier, withdrawn ones too:
    `state` says which stand.
    """
    return await _latest(_asked.call.window.dossier == dossier_id)


async def _latest(condition: Any) -> list[dict[str, Any]]:
    rows = await (
        Contribution.select(
            Contribution.id.as_alias("contribution"),
            Contribution.invitation,
            Contribution.version,
            Contribution.state,
            Contribution.late,
            Contribution.name_public,
            Contribution.changed,
            _asked.call.number.as_alias("call"),
            _asked.municipality.id.as_alias("municipality"),
            _asked.municipality.code.as_alias("code"),
            _asked.municipality.name.as_alias("name"),
            _asked.municipality.language.as_alias("name_language"),
            _asked.municipality.country.as_alias("country"),
        )
        .where(condition)
        .order_by(_asked.municipality.code, Contribution.id)
    )
    if not rows:
        return []
    versions = await ContributionVersion.select(
        ContributionVersion.contribution,
        ContributionVersion.number,
        ContributionVersion.stance,
        ContributionVersion.text,
        ContributionVersion.answers,
        ContributionVersion.language,
        ContributionVersion.basis,
        ContributionVersion.decided,
        ContributionVersion.answered_by,
        ContributionVersion.role,
        ContributionVersion.channel,
        ContributionVersion.at,
    ).where(ContributionVersion.contribution.is_in([row["contribution"] for row in rows]))
    said = {(each["contribution"], each["number"]): each for each in versions}
    for row in rows:
        latest = said[row["contribution"], row["version"]]
        row |= {key: latest[key] for key in latest if key not in {"contribution", "number"}}
        row["answers"] = json.loads(row["answers"])
    return rows
