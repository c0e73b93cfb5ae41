"""The list of sources: add, pause, resume, import and export."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feeds.fetching import Failed, Fetched, Limits, check_address, fetch
from feeds.opml import Outline, outlines, written
from feeds.parsing import KINDS, Document, kind_of
from feeds.parsing.page import feed_addresses
from feeds.tables import Source

ADDRESS_LIMIT = 2000


class SourceError(ValueError):
    """One sentence for a person: why this cannot be done with a source."""


class InvalidAddressError(SourceError):
    pass


class UnknownKindError(SourceError):
    pass


class UnknownSourceError(SourceError):
    pass


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `refused` holds (address, sentence)."""

    added: tuple[int, ...]
    known: int
    refused: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    address: str
    kind: str
    title: str = ""


async def add(
    address: str,
    *,
    now: datetime,
    kind: str = "auto",
    name: str | None = None,
    language: str | None = None,
    zone: str = "Europe/Brussels",
    countries: Sequence[str] = (),
    selector: str | None = None,
    limits: Limits | None = None,
    private_networks: tuple[str, ...] = (),
) -> Source:
    """The source at an address, due at once. Adding an address twice gives the same source.

    With the kind `auto` the address is visited: a page leads to the feed that it names, else it is
    watched itself. What cannot be fetched now is added as a feed; its polls will say what is wrong.
    Raises InvalidAddressError and UnknownKindError.
    """
    address = normalised(address)
    if kind != "auto" and kind not in KINDS:
        raise UnknownKindError(f"There is no kind of source called «{kind[:40]}».")
    known = await Source.objects().get(Source.address == address)
    if known is not None:
        return known
    found = _Found(address, kind)
    if kind == "auto":
        found = await _discovered(address, now, limits or Limits(), private_networks, selector)
    source = Source(
        name=(name or found.title).strip()[:300],
        address=found.address,
        kind=found.kind,
        language=language,
        zone=zone,
        countries=",".join(countries),
        settings=json.dumps({"selector": selector} if selector else {}),
        created=now,
        next_due=now,
    )
    await Source.insert(source).on_conflict(target=Source.address, action="DO NOTHING")
    # Read back: another may have added it meanwhile, and the id after a conflict is not ours.
    added = await Source.objects().get(Source.address == found.address)
    if added is None:
        raise SourceError("The source could not be added.")
    return added


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
        before = await Source.count().where(Source.address == outline.address)
        try:
            source = await add(
                outline.address,
                now=now,
                kind=outline.kind if outline.kind in KINDS else "feed",
                name=outline.name,
                language=outline.language or None,
                zone=outline.zone or "Europe/Brussels",
                countries=[code for code in outline.countries.split(",") if code],
                selector=outline.selector or None,
            )
        except SourceError as error:
            refused.append((outline.address[:200], str(error)))
            continue
        if before:
            known += 1
        else:
            added.append(source.id)
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


def normalised(address: str) -> str:
    """The address as it is kept: with a scheme, no fragment. Raises InvalidAddressError."""
    address = address.strip()
    for scheme in ("feed://", "webcal://"):
        if address.lower().startswith(scheme):
            address = "https://" + address[len(scheme) :]
    if "://" not in address and not address.lower().startswith(("javascript:", "data:", "file:")):
        address = f"https://{address}"
    try:
        url = check_address(address)
    except ValueError as error:
        raise InvalidAddressError(str(error)) from error
    if len(address) > ADDRESS_LIMIT:
        raise InvalidAddressError(f"The address is longer than {ADDRESS_LIMIT} characters.")
    return str(url.copy_with(fragment=None))


async def _discovered(
    address: str,
    now: datetime,
    limits: Limits,
    private_networks: tuple[str, ...],
    selector: str | None,
) -> _Found:
    answer = await fetch(address, now=now, limits=limits, private_networks=private_networks)
    if isinstance(answer, Failed) and answer.problem in ("address", "network"):
        raise InvalidAddressError(answer.sentence)
    if not isinstance(answer, Fetched):
        return _Found(address, "feed")
    document = Document(answer.body, answer.address, answer.content_type)
    kind = kind_of(document)
    named = feed_addresses(document) if kind == "page" and not selector else []
    for feed, title in named:
        try:
            return _Found(normalised(feed), "feed", title)
        except InvalidAddressError:
            continue
    return _Found(address, kind)


async def _set_state(source_id: int, state: str, reason: str) -> None:
    kept = (
        await Source.update({Source.state: state, Source.state_reason: reason})
        .where(Source.id == source_id)
        .returning(Source.id)
    )
    if not kept:
        raise UnknownSourceError("There is no such source.")
