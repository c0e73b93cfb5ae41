"""The list of sources: add, pause, resume, import and export."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds.fetching.following import Limits
from feeds.parsing.text import language_code
from feeds.polling.claiming import host_of
from feeds.polling.politeness import PAUSE
from feeds.sources.alps import BRUSSELS, ShippedSource, shipped, split_countries
from feeds.sources.discovery import Discovered, Finder, RefusedError
from feeds.sources.opml import Outline, outlines, written
from feeds.sources.wanted import (
    InvalidAddressError,
    SourceError,
    UnknownSourceError,
    Wanted,
    check,
    normalised,
)
from feeds.tables import Source

# Kinds that an address may turn out not to be.
UNSURE = ("feed", "page")


@dataclass(frozen=True, slots=True)
class Added:
    """A source; whether it is a new one; what the visit found when there was one."""

    source: Source
    is_new: bool
    discovered: Discovered | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `refused` holds (address, sentence)."""

    added: tuple[int, ...]
    known: int
    refused: tuple[tuple[str, str], ...]


async def add(
    address: str,
    *,
    now: datetime,
    kind: str = "auto",
    name: str | None = None,
    language: str | None = None,
    zone: str = BRUSSELS,
    countries: Sequence[str] = (),
    selector: str | None = None,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = (),
    pause: float = PAUSE,
) -> Source:
    """As `add_told`, for who does not want to be told."""
    wanted = Wanted(address, kind, name or "", language, zone, tuple(countries), selector)
    finder = Finder(now, limits or Limits(), private_networks, pause)
    return (await add_told(wanted, finder=finder)).source


async def add_told(wanted: Wanted, *, finder: Finder) -> Added:
    """The source at an address, due at once. Adding an address twice gives the same source.

    With the kind `auto` the address is visited: a page leads to the feed behind it, else it is
    watched itself (see `discovery`). What cannot be fetched now is added as a feed; its polls
    will say what is wrong. Raises a SourceError that says what cannot be.
    """
    address = normalised(wanted.address)
    check(wanted)
    known = await Source.objects().get(Source.address == address)
    if known is not None:
        return Added(known, is_new=False)
    if wanted.kind != "auto":
        return await _insert(wanted, Discovered(address, wanted.kind, "just added"), finder.now)
    try:
        found = await finder.discover(
            address,
            language=wanted.language,
            selector=wanted.selector,
            otherwise=wanted.otherwise,
        )
    except RefusedError as error:
        raise InvalidAddressError(str(error)) from error
    return await _insert(wanted, found, finder.now)


async def pause(source_id: int, *, reason: str = "") -> None:
    """Polled no more until resumed. Raises UnknownSourceError."""
    await _set_state(source_id, "paused", reason)


async def resume(source_id: int, *, now: datetime) -> None:
    """Due at once, its failures forgotten. Raises UnknownSourceError."""
    await _set_state(source_id, "active", "")
    await Source.update(
        {
            Source.next_due: now,
            Source.failures: 0,
            Source.first_failure: None,
            Source.last_error: "",
            Source.rhythm_reason: "resumed",
        }
    ).where(Source.id == source_id)


async def import_opml(document: bytes, *, now: datetime) -> Imported:
    """Add every source of an OPML list without visiting it. Raises SourceError if it is none."""
    try:
        listed = outlines(document)
    except ValueError as error:
        raise SourceError(str(error)) from error
    added, known, refused = [], 0, []
    for outline in listed:
        try:
            one = await add_told(_as_wanted(outline), finder=Finder(now, Limits()))
        except SourceError as error:
            refused.append((outline.address[:200], str(error)))
            continue
        if one.is_new:
            added.append(one.source.id)
        else:
            known += 1
    return Imported(tuple(added), known, tuple(refused))


async def export_opml() -> bytes:
    """All sources as OPML 2.0, with what an import needs to make the same list again."""
    rows = await Source.select().where(Source.state != "gone").order_by(Source.name, Source.id)
    return written(
        [
            Outline(
                name=row["name"],
                address=row["address"],
                kind=row["kind"],
                language=row["language"] or "",
                zone=row["zone"],
                countries=row["countries"],
                selector=json.loads(row["settings"]).get("selector", ""),
            )
            for row in rows
        ]
    )


async def add_shipped(
    names: Iterable[str],
    *,
    now: datetime,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = (),
    pause: float = PAUSE,
) -> list[Added]:
    """Add sources of the shipped list by their names, in the order of the list.

    A page or feed that is not verified is visited first, as every address that a person adds:
    `discovered` says what stands there. Raises UnknownSourceError, with nothing added, for a name
    that is not in the list.
    """
    wanted = set(names)
    unknown = sorted(wanted - {each.name for each in shipped()})
    if unknown:
        raise UnknownSourceError(f"The list holds no source called «{unknown[0][:80]}».")
    finder = Finder(now, limits or Limits(), private_networks, pause)
    return [
        await add_told(_of_the_list(each), finder=finder)
        for each in shipped()
        if each.name in wanted
    ]


def _as_wanted(outline: Outline) -> Wanted:
    return Wanted(
        address=outline.address,
        kind=outline.kind,
        name=outline.name,
        language=outline.language or None,
        zone=outline.zone or BRUSSELS,
        countries=split_countries(outline.countries),
        selector=outline.selector or None,
    )


def _of_the_list(each: ShippedSource) -> Wanted:
    return Wanted(
        address=each.address,
        kind="auto" if each.kind in UNSURE and not each.is_verified else each.kind,
        name=each.name,
        language=each.language,
        zone=each.zone,
        countries=each.countries,
        selector=each.selector,
        otherwise=each.kind,
    )


async def _insert(wanted: Wanted, found: Discovered, now: datetime) -> Added:
    language = language_code(wanted.language or "")
    settings = {"selector": wanted.selector, "language": language}
    address = normalised(found.address)
    source = Source(
        name=(wanted.name or found.title).strip()[:300],
        address=address,
        host=host_of(address),
        kind=found.kind,
        language=language,
        zone=wanted.zone,
        countries=",".join(wanted.countries),
        settings=json.dumps({key: text for key, text in settings.items() if text}),
        created=now,
        next_due=now,
        rhythm_reason=found.sentence,
    )
    made = (
        await Source.insert(source)
        .on_conflict(target=Source.address, action="DO NOTHING")
        .returning(Source.id)
    )
    # Read back: another may have added it meanwhile, and the id after a conflict is not ours.
    added = await Source.objects().get(Source.address == address)
    if added is None:
        raise SourceError("The source could not be added.")
    return Added(added, bool(made), found if wanted.kind == "auto" else None)


async def _set_state(source_id: int, state: str, reason: str) -> None:
    kept = (
        await Source.update({Source.state: state, Source.state_reason: reason})
        .where(Source.id == source_id)
        .returning(Source.id)
    )
    if not kept:
        raise UnknownSourceError("There is no such source.")
