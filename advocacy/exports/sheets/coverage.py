"""Who was asked in a call, and what came of it: counted, and one by one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # columns behind foreign keys
from zoneinfo import ZoneInfo

from advocacy import texts
from advocacy.calls.covering.coverage import by_country
from advocacy.calls.covering.coverage import coverage as coverage_of
from advocacy.calls.covering.figures import Share
from advocacy.calls.covering.latest import answers_to
from advocacy.calls.labels import INVITATIONS, RINGS, SIZES
from advocacy.calls.rules import CallState, ContributionState, InvitationState, RingOutcome
from advocacy.calls.tables import Call, Invitation, Ring
from advocacy.errors import NotFound
from advocacy.municipalities.rules import may_edit
from advocacy.people.tables import Person
from advocacy.spreadsheets.writing import Cell, Sheet
from advocacy.texts import gettext

_place: Any = Invitation.municipality  # Piccolo types the columns of a joined table loosely
_contact: Any = Invitation.contact
_rung: Any = Ring.invitation


async def calls_by_country(by: Person) -> Sheet:  # noqa: ARG001  as all
    """Of every call that has left: asked and answered. Two queries."""
    rows = await (
        Call.select(Call.id, Call.number).where(Call.state != CallState.DRAFT).order_by(Call.id)
    )
    counted = await by_country([row["id"] for row in rows])
    written: list[list[Cell]] = [
        [row["number"], each.key, each.asked, each.answered, round(each.percent, 4)]
        for row in rows
        for each in sorted(counted[row["id"]], key=lambda each: each.key)
    ]
    named = {
        "call": gettext("Call"),
        "country": gettext("Country"),
        "asked": gettext("Asked"),
        "answered": gettext("Answered"),
        "share": gettext("Share"),
    }
    return Sheet("coverage", named, written)


async def _call(number: str) -> Call:
    call = await Call.objects().where(Call.number == number).first()
    if call is None:
        raise NotFound("There is no such call")
    return call


async def figures(number: str) -> Sheet:
    """The tables of a call's page, one below the other. Raises NotFound."""
    call = await _call(number)
    covered = await coverage_of(call.id)
    groups = (
        ("all", gettext("All"), [covered.whole]),
        ("country", gettext("Country"), covered.countries),
        ("region", gettext("Region"), covered.regions),
        ("language", gettext("Language"), covered.languages),
        ("size", gettext("Size"), covered.sizes),
    )
    named = {
        "by": gettext("By"),
        "key": gettext("Code"),
        "name": gettext("Name"),
        "asked": gettext("Asked"),
        "standing": gettext("Municipalities they stand for"),
        "reached": gettext("Reached"),
        "opened": gettext("Has been opened"),
        "drafted": gettext("Draft begun"),
        "answered": gettext("Answered"),
        "late": gettext("Late"),
        "withdrawn": gettext("Withdrawn"),
        "absent": gettext("Absent"),
        "bounced": gettext("Letter came back"),
        "share": gettext("Share"),
    }
    written = [
        [title, each.key, _name(kind, each.key), *_numbers(each)]
        for kind, title, shares in groups
        for each in shares
    ]
    return Sheet(f"coverage-{number}", named, written)


def _name(kind: str, key: str) -> str:
    if kind == "country":
        return texts.country_name(key)
    if kind == "language":
        return texts.language_name(key)
    return texts.translate(SIZES[key]) if kind == "size" else key  # type: ignore[index]  # a Size


def _numbers(share: Share) -> list[Cell]:
    return [
        *(share.asked, share.standing, share.reached, share.opened, share.drafted),
        *(share.answered, share.late, share.withdrawn, share.absent, share.bounced),
        round(share.percent, 4),
    ]


async def invited(number: str, by: Person) -> Sheet:
    """Everybody who was asked; what they wrote only for the countries of this person.

    Raises NotFound. Four queries.
    """
    call = await _call(number)
    rows = await (
        Invitation.select(
            *(Invitation.id, Invitation.language, Invitation.state, Invitation.sent),
            *(Invitation.reminded, Invitation.reminders, Invitation.opened),
            _place.code.as_alias("code"),
            _place.name.as_alias("name"),
            _place.country.as_alias("country"),
            _place.region.as_alias("region"),
            _place.population.as_alias("population"),
            _contact.name.as_alias("contact"),
            _contact.bounced.as_alias("bounced"),
            _contact.absent_until.as_alias("absent_until"),
        )
        .where(Invitation.call == call.id)
        .order_by(_place.code)
    )
    answers = await answers_to([row["id"] for row in rows])
    rings = await _rings(call.id)
    written = [
        _row(row, answers.get(row["id"], {}), rings.get(row["id"], []), ZoneInfo(call.zone), by)
        for row in rows
    ]
    return Sheet(f"call-{number}", _columns(), written)


async def _rings(call_id: int) -> dict[int, list[str]]:
    """By invitation, the outcome of every try, the first one first."""
    found: dict[int, list[str]] = {}
    rows = await (
        Ring.select(Ring.invitation, Ring.outcome).where(_rung.call == call_id).order_by(Ring.id)
    )
    for row in rows:
        found.setdefault(row["invitation"], []).append(row["outcome"])
    return found


def _row(
    row: Mapping[str, Any],
    answer: Mapping[str, Any],
    rings: Sequence[str],
    zone: ZoneInfo,
    by: Person,
) -> list[Cell]:
    def at(value: datetime | None) -> datetime | None:
        return value.astimezone(zone) if value else None

    stands = answer.get("state") == ContributionState.GIVEN
    readable = stands and may_edit(by.role, by.countries.split(","), country=row["country"])
    said = [texts.translate(answer["label"]), answer["text"]] if readable else ["", ""]
    return [
        *(row["code"], row["name"], row["country"], row["region"], row["language"]),
        *(row["population"], row["contact"] or ""),
        texts.translate(INVITATIONS[InvitationState(row["state"])]),
        *(at(row["sent"]), at(row["reminded"]), row["reminders"], at(row["opened"])),
        gettext("Yes") if row["bounced"] else "",
        *(row["absent_until"], len(rings)),
        texts.translate(RINGS[RingOutcome(rings[-1])]) if rings else "",
        *(at(answer["at"]) if stands else None, *said),
        texts.translate(answer["channel_label"]) if stands else "",
        gettext("Yes") if stands and answer["late"] else "",
        len(answer["enclosures"]) if stands else None,
    ]


def _columns() -> dict[str, str]:
    return {
        "code": gettext("Code"),
        "name": gettext("Name"),
        "country": gettext("Country"),
        "region": gettext("Region"),
        "language": gettext("Language"),
        "population": gettext("Population"),
        "contact": gettext("Contact"),
        "state": gettext("State"),
        "sent": gettext("Letter sent"),
        "reminded": gettext("Reminded"),
        "reminders": gettext("Reminders"),
        "opened": gettext("Has been opened"),
        "bounced": gettext("Letter came back"),
        "absent_until": gettext("Absent until"),
        "rings": gettext("Times rung"),
        "ring": gettext("Outcome of the last ring"),
        "answered": gettext("Answered"),
        "stance": gettext("Stance"),
        "text": gettext("Answer"),
        "channel": gettext("Channel"),
        "late": gettext("Late"),
        "enclosures": gettext("Enclosures"),
    }
