"""Whether an entry under a key that we do not know is one that we know. Pure.

What says so, the strongest first: the same content; the same address and title; the same path at
another host; the same id or address under another policy; the same page in another language,
when the whole source has turned to it; the same long text. Nothing else does: an entry that comes
twice costs a look, one that is taken for another costs the matter.
"""

from collections.abc import Collection
from dataclasses import replace

from feeds.identity.addresses import LANGUAGES, canonical, in_language, languages, place
from feeds.identity.comparing import Stored
from feeds.identity.likeness import is_retold, likeness, numbers, same_day, states_a_day
from feeds.identity.settled import settled
from feeds.parsing.entry import ParsedEntry

SIMILAR = 0.3
AKIN = 0.6
_LONG_ENOUGH = 40  # characters of a text that nobody writes twice by chance


def is_reused(stored: Stored, entry: ParsedEntry, *, by_id: bool, home: Collection[str]) -> bool:
    """Whether one key was given to another item: another address, title and text than before.

    A headline that is edited together with the address made from it keeps its text. Another host
    or another language of the same page is no other address; one that many items share says
    nothing. Not `by_id`, two items may share the address of a page that was used again.
    """
    if stored.title == entry.title or settled(stored.title) == settled(entry.title):
        return False
    says = not entry.address or is_specific(entry.address, home)
    if by_id and says and _in_no_language(stored.address) == _in_no_language(entry.address):
        return False
    return _alike(stored, entry) < SIMILAR


def is_renamed(stored: Stored, entry: ParsedEntry, *, home: Collection[str]) -> bool:
    """Whether an entry with an unknown id is one that we know: the same address and title.

    `home` are canonical addresses that many items share (the feed itself): there, on a front page
    and without an address, only the same content says so.
    """
    same = stored.title == entry.title and canonical(stored.address) == canonical(entry.address)
    return same and is_specific(entry.address, home) and not is_another_day(stored, entry)


def has_moved(stored: Stored, entry: ParsedEntry) -> bool:
    """Whether an entry stands at the same path of another host: the same title, or the same text.

    With the same title the texts may differ, as long as they are not wholly different.
    """
    where = place(entry.address)
    if not where or place(stored.address) != where:
        return False
    if stored.title == entry.title:
        return _alike(stored, entry) >= SIMILAR and not is_another_day(stored, entry)
    return len(entry.text) >= _LONG_ENOUGH and settled(stored.text) == settled(entry.text)


def is_akin(stored: Stored, entry: ParsedEntry, *, home: Collection[str]) -> bool:
    """Whether an entry is the one that has its id or address under another policy of the source."""
    if is_another_day(stored, entry):
        return False
    same_page = canonical(stored.address) == canonical(entry.address)
    return _alike(stored, entry) >= (
        SIMILAR if same_page and is_specific(entry.address, home) else AKIN
    )


def is_translated(stored: Stored, entry: ParsedEntry) -> bool:
    """Whether both stand at the same page but for the language that its address names."""
    return bool(place(entry.address)) and (
        _in_no_language(stored.address) == _in_no_language(entry.address)
    )


def is_republished(stored: Stored, entry: ParsedEntry) -> bool:
    """Whether a long text came again under another id, its title perhaps slightly edited.

    It must be of the same day, or name the same days: one text may serve for many meetings.
    """
    if not is_retold(stored.title, stored.text, entry.title, entry.text):
        return False
    if same_day(stored.published, entry.published):
        return True
    year = entry.published.year if entry.published else 0
    return states_a_day(entry.text, since=year)


def is_another_day(stored: Stored, entry: ParsedEntry) -> bool:
    """Whether two notices of one template are of two days and give other numbers."""
    if not stored.published or not entry.published or same_day(stored.published, entry.published):
        return False
    return numbers(f"{stored.title} {settled(stored.text)}") != numbers(
        f"{entry.title} {settled(entry.text)}"
    )


def is_specific(address: str, home: Collection[str]) -> bool:
    """Whether an address says which item is meant: no front page, none that many items share."""
    return bool(place(address)) and canonical(address) not in home


def in_other_languages(entry: ParsedEntry) -> list[ParsedEntry]:
    """The entry under the ids and addresses that it would have in our other languages."""
    own = tongue_of(entry)
    if own is None:
        return []
    return [_turned(entry, each) for each in LANGUAGES if each != own]


def tongue_of(entry: ParsedEntry) -> str | None:
    """The language that the id or the address of an entry names, if it is one and the same."""
    named = {*languages(entry.id), *languages(entry.address)}
    return named.pop() if len(named) == 1 else None


def _turned(entry: ParsedEntry, language: str) -> ParsedEntry:
    return replace(
        entry, id=in_language(entry.id, language), address=in_language(entry.address, language)
    )


def _in_no_language(address: str) -> str:
    return place(in_language(address, "*"))


def _alike(stored: Stored, entry: ParsedEntry) -> float:
    return likeness(f"{stored.title} {stored.text}", f"{entry.title} {entry.text}")
