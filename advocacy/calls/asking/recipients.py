"""Whom a call would ask, who is asked without a letter, and who is represented by a region."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from piccolo.query.functions import Count

from advocacy.calls import rules
from advocacy.calls.asking import audience, lists, official
from advocacy.calls.asking.audience import Audience
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.rules import WhyNot
from advocacy.calls.tables import Call
from advocacy.municipalities import queries as municipalities
from advocacy.municipalities.rules import Rhythm
from advocacy.municipalities.tables import Contact, Municipality


@dataclass(frozen=True, slots=True)
class Recipient:
    """One who would be asked. Without a contact no letter goes there, and `why_not` says why."""

    municipality: int
    code: str
    name: str
    country: str
    language: str
    contact: Contact | None
    why_not: WhyNot | None = None


@dataclass(frozen=True, slots=True)
class Represented:
    """One who is not asked, because the region that answers for it is."""

    code: str
    name: str
    country: str
    language: str
    by_code: str
    by_name: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """Both in the order of their codes."""

    asked: tuple[Recipient, ...]
    represented: tuple[Represented, ...]

    @property
    def languages(self) -> list[str]:
        return sorted({each.language for each in self.asked})

    @property
    def by_country(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for each in self.asked:
            found[each.country] = found.get(each.country, 0) + 1
        return dict(sorted(found.items()))

    @property
    def by_region(self) -> dict[str, tuple[str, int]]:
        """The region's code → its name, and how many it answers for."""
        found: dict[str, tuple[str, int]] = {}
        for each in self.represented:
            found[each.by_code] = (each.by_name, found.get(each.by_code, ("", 0))[1] + 1)
        return found


async def chosen_by(meant: Audience) -> Chosen:
    """Three queries, however many are chosen; two without lists."""
    rows = await (
        Municipality.objects().where(Municipality.active.eq(True)).order_by(Municipality.code)
    )
    listed = await lists.codes_on(meant.lists)
    included = [each for each in rows if _is_meant(each, meant, listed)]
    regions = {each.id: each for each in included}
    answered_for = {
        each.id: regions[each.represented_by]
        for each in included
        if each.represented_by in regions and each.code not in meant.codes
    }
    people = await municipalities.contacts_of(list(regions.keys() - answered_for.keys()))
    asked = [each for each in included if each.id not in answered_for]
    return Chosen(
        tuple(_recipient(each, people.get(each.id, [])) for each in asked),
        tuple(
            _represented(each, answered_for[each.id])
            for each in included
            if each.id in answered_for
        ),
    )


def _is_meant(member: Municipality, meant: Audience, listed: Collection[str]) -> bool:
    return meant.includes(
        code=member.code,
        country=member.country,
        region=member.region,
        topics=member.topics.split(","),
        population=member.population,
        listed=listed,
    )


def _represented(member: Municipality, by: Municipality) -> Represented:
    return Represented(member.code, member.name, member.country, member.language, by.code, by.name)


def _recipient(member: Municipality, people: Sequence[Contact]) -> Recipient:
    willing = [each for each in people if each.calls != Rhythm.NEVER]
    contact = next((each for each in willing if each.bounced is None), None)
    why_not = None
    if contact is None:
        why_not = WhyNot.BOUNCED if willing else WhyNot.WANTS_NONE if people else WhyNot.NOBODY
    return Recipient(
        municipality=member.id,
        code=member.code,
        name=member.name,
        country=member.country,
        language=contact.language if contact else member.language,
        contact=contact,
        why_not=why_not,
    )


@dataclass(frozen=True, slots=True)
class Region:
    name: str
    language: str
    members: int


async def regions() -> dict[str, list[Region]]:
    """By country, by name: what members are in. One query."""
    rows = await (
        Municipality.select(
            Municipality.country, Municipality.region, Municipality.language, Count(alias="members")
        )
        .where(Municipality.active.eq(True), Municipality.region != "")
        .group_by(Municipality.country, Municipality.region, Municipality.language)
    )
    found: dict[str, dict[str, Region]] = {}
    for row in sorted(rows, key=lambda row: (row["country"], row["region"], -row["members"])):
        there = found.setdefault(row["country"], {})
        known = there.get(row["region"], Region(row["region"], row["language"], 0))
        there[row["region"]] = replace(known, members=known.members + row["members"])
    return {country: list(there.values()) for country, there in found.items()}


def audience_of(call: Call) -> Audience:
    return audience.from_json(call.audience)


async def missing(whole: WholeCall, meant: Chosen, *, now: datetime) -> list[rules.Missing]:
    """Empty: the call may leave."""
    return rules.what_is_missing(
        spoken=meant.languages,
        complete=whole.complete,
        checked=whole.checked,
        stale=whole.stale,
        answers_until=whole.call.answers_until,
        closes=whole.window.closes,
        unread=whole.official is None and await official.kept(whole.call.id) is not None,
        now=now,
    )
