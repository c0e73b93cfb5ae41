"""Where in a text somebody proposes something: a paragraph, the title, a numbered ask. Pure."""

from dataclasses import replace

from advocacy.positions import rules
from advocacy.positions.writing.merging import Ask, Draft

TITLE = "title"
ASK = "ask-"


def asked(place: str) -> int | None:
    """The number of the ask that is meant."""
    number = place.removeprefix(ASK)
    is_ask = place.startswith(ASK) and number.isascii() and number.isdigit() and len(number) < 4  # noqa: PLR2004  at most 50 asks
    return int(number) if is_ask else None


def is_place(place: str) -> bool:
    return place == TITLE or asked(place) is not None or rules.is_key(place)


def words_at(draft: Draft, place: str) -> str | None:
    """None: it is not in this text (not yet, or not any more)."""
    if place == TITLE:
        return draft.title
    if number := asked(place):
        return next((ask.text for ask in draft.asks if ask.number == number), None)
    return dict(draft.paragraphs).get(place)


def put(draft: Draft, place: str, text: str, *, after: str = "") -> Draft:
    """The text with other words there. Empty takes the place out; a paragraph that is not there
    follows `after`, or stands first ("") or last (a key that is gone).
    """
    if place == TITLE:
        return replace(draft, title=" ".join(text.split()))
    if number := asked(place):
        return replace(draft, asks=_asks(draft, number, " ".join(text.split())))
    paragraphs = [(key, text if key == place else words) for key, words in draft.paragraphs]
    keys = [key for key, _ in paragraphs]
    if place not in keys:
        at = keys.index(after) + 1 if after in keys else (len(keys) if after else 0)
        paragraphs.insert(at, (place, text))
    return replace(draft, paragraphs=[each for each in paragraphs if each[1]])


def _asks(draft: Draft, number: int, text: str) -> list[Ask]:
    """One that was taken out meanwhile comes back as a new one."""
    known = [ask.number for ask in draft.asks]
    if number not in known:
        return [*draft.asks, Ask(0, "", text)] if text else list(draft.asks)
    changed = [ask._replace(text=text) if ask.number == number else ask for ask in draft.asks]
    return [ask for ask in changed if ask.text]


def order_of(draft: Draft) -> dict[str, int]:
    """Places as they stand in the text: title, paragraphs, asks."""
    keys = [TITLE, *(key for key, _ in draft.paragraphs), *(f"{ASK}{a.number}" for a in draft.asks)]
    return {key: n for n, key in enumerate(keys)}
