"""What people type about passages and positions."""

import itertools
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from advocacy.errors import Invalid, Message
from advocacy.positions import rules
from advocacy.positions.rules import Disposition, PassageStance
from advocacy.positions.writing.merging import Ask, Draft

Typed = Mapping[str, str]


class Piece(NamedTuple):
    """One point of a contribution, as it shall be cited."""

    text: str
    tag: str = ""
    stance: PassageStance = PassageStance.SUPPORTS
    place: str = ""  # what it speaks of: "Art. 5"
    number: int = 0  # of the passage that it is; 0: a new one


@dataclass(frozen=True, slots=True)
class ParagraphRow:
    """A paragraph in the form; `place` is the number that orders it."""

    key: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole form as typed, also when it cannot be saved: it is shown again."""

    title: str
    rows: Sequence[ParagraphRow]
    asks: Sequence[Ask]
    note: str
    base_version: int


def clean(text: str) -> str:
    """As PostgreSQL and every browser agree on: one kind of line end, no NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def number(text: str, *, default: int = 0) -> int:
    """A plain number of at most nine digits; anything else is the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else default  # noqa: PLR2004


def new_key() -> str:
    return "k" + secrets.token_hex(4)


def sheet_of(draft: Draft, *, base_version: int) -> Sheet:
    rows = [
        ParagraphRow(key, text, str(place)) for place, (key, text) in enumerate(draft.paragraphs, 1)
    ]
    return Sheet(draft.title, rows, list(draft.asks), draft.note, base_version)


def sheet(typed: Typed) -> Sheet:
    """Fields: title, note, base, key-1 text-1 place-1 …, ask-1 wanted-1 of-1 …"""
    return Sheet(
        title=one_line(typed.get("title", "")),
        rows=_rows(typed),
        asks=_asks(typed),
        note=one_line(typed.get("note", ""))[: rules.LONGEST_REASON],
        base_version=number(typed.get("base", "")),
    )


def _rows(typed: Typed) -> list[ParagraphRow]:
    rows = []
    for count in itertools.count(1):
        if f"text-{count}" not in typed:
            break
        key = typed.get(f"key-{count}", "")
        place = typed.get(f"place-{count}", "") or str(count)
        key = key if rules.is_key(key) else new_key()
        rows.append(ParagraphRow(key, clean(typed[f"text-{count}"]), place[:6]))
    return sorted(rows, key=lambda row: number(row.place, default=rules.MOST_PARAGRAPHS))


def _asks(typed: Typed) -> list[Ask]:
    asks = []
    for count in itertools.count(1):
        if f"wanted-{count}" not in typed:
            break
        asked = number(typed.get(f"ask-{count}", ""))
        asks.append(
            Ask(asked, typed.get(f"of-{count}", "")[:16], one_line(typed[f"wanted-{count}"]))
        )
    return asks


def with_paragraph(sheet: Sheet) -> Sheet:
    row = ParagraphRow(new_key(), "", str(len(sheet.rows) + 1))
    return replace(sheet, rows=[*sheet.rows, row])


def with_ask(sheet: Sheet) -> Sheet:
    return replace(sheet, asks=[*sheet.asks, Ask(0, "", "")])


def draft_of(sheet: Sheet) -> Draft:
    """An empty text takes its paragraph or ask out."""
    paragraphs = [(row.key, row.text) for row in sheet.rows if row.text]
    return Draft(sheet.title, paragraphs, [ask for ask in sheet.asks if ask.text], sheet.note)


def check_draft(draft: Draft) -> None:
    """Raises Invalid; a paragraph's field is named by its key: text-k3f…"""
    wrong: dict[str, Message] = {}
    if not 0 < len(draft.title) <= rules.LONGEST_TITLE:
        wrong["title"] = Message("Enter a title of at most 300 characters")
    if len(draft.paragraphs) > rules.MOST_PARAGRAPHS or len(draft.asks) > rules.MOST_ASKS:
        wrong["title"] = Message("At most 200 paragraphs and 50 asks")
    keys = [key for key, _ in draft.paragraphs if key]
    if len(keys) != len(set(keys)) or not all(rules.is_key(key) for key in keys):
        wrong["title"] = Message("Two paragraphs have the same key. Please load the page again.")
    for key, text in draft.paragraphs:
        if len(text) > rules.LONGEST_PARAGRAPH:
            wrong[f"text-{key}"] = rules.too_long(len(text), rules.LONGEST_PARAGRAPH)
    for ask in draft.asks:
        if len(ask.text) > rules.LONGEST_ASK:
            wrong[f"ask-{ask.number}"] = rules.too_long(len(ask.text), rules.LONGEST_ASK)
    if wrong:
        raise Invalid(wrong)


def pieces(typed: Typed) -> list[Piece]:
    """Fields: piece-1 tag-1 stance-1 place-1 number-1 …; an emptied piece is left out."""
    found = []
    for count in itertools.count(1):
        if f"piece-{count}" not in typed:
            break
        text = clean(typed[f"piece-{count}"])
        if text:
            stance = stance_of(typed.get(f"stance-{count}", ""))
            tag, place = typed.get(f"tag-{count}", ""), typed.get(f"place-{count}", "")
            known = number(typed.get(f"number-{count}", ""))
            found.append(Piece(text, tag_of(tag), stance, place_of(place), known))
    if not found:
        raise Invalid({"piece-1": Message("Keep at least one piece")})
    return found


def check_words(found: Sequence[Piece], said: str) -> None:
    """Nobody is made to say what it did not write. "…" stands for what is left out."""
    whole = " ".join(said.split())
    for count, piece in enumerate(found, 1):
        parts = (" ".join(part.split()) for part in _LEFT_OUT.split(piece.text))
        if not all(part in whole for part in parts):
            raise Invalid(
                {
                    f"piece-{count}": Message(
                        "These words do not stand in the answer. Write … for what you leave out."
                    )
                }
            )


_LEFT_OUT = re.compile(r"\[?(?:…|\.\.\.)\]?")


def check_pieces(found: Sequence[Piece]) -> None:
    for count, piece in enumerate(found, 1):
        if not piece.text or len(piece.text) > rules.LONGEST_PASSAGE:
            length = len(piece.text)
            raise Invalid({f"piece-{count}": rules.too_long(length, rules.LONGEST_PASSAGE)})


def tag_of(text: str) -> str:
    return one_line(text)[: rules.LONGEST_TAG].strip()


def place_of(text: str) -> str:
    return one_line(text)[: rules.LONGEST_PLACE].strip()


def stance_of(text: str) -> PassageStance:
    if text not in set(PassageStance):
        raise Invalid({"stance": Message("Choose supports, contradicts or mentions")})
    return PassageStance(text)


def disposition_of(text: str) -> Disposition:
    if text not in set(Disposition):
        raise Invalid({"disposition": Message("Choose what becomes of it")})
    return Disposition(text)


def numbers(text: str) -> list[int]:
    """A repeated field of numbers, as web.pages.typed joins it."""
    found = [number(part) for part in text.split(",")]
    return list(dict.fromkeys(each for each in found if each))
