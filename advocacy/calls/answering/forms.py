"""What a municipality typed: text → an answer, or what to do about each field."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from advocacy.calls import rules
from advocacy.calls.asking.call_forms import NewCall, NewQuestion, Words
from advocacy.calls.rules import Basis, QuestionKind, Stance
from advocacy.deadlines import local_date
from advocacy.errors import Invalid, Message

__all__ = ["Answer", "NewCall", "NewQuestion", "Words", "answer", "kept_draft"]

LONGEST_NAME = 120
LONGEST_ROLE = 40
LONGEST_DRAFT = 100_000  # characters of one field
LONGEST_PAGE = 1_000_000  # characters of all that is typed on one page
CHANNELS = ("web", "mail", "phone", "paper", "workshop")
NO_WORDS = frozenset({"save", "ask", "remove", "files"})
"""Fields of the form that hold nothing somebody typed: its buttons, its files."""
_COMMENT = re.compile(r"comment-([1-9]\d{0,3})", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})")


@dataclass(frozen=True, slots=True)
class Answer:
    """`answers`: number of a question → what was typed; for a choice the option's number.
    `comments`: number of an official paragraph → what is said of it. `enclosures`: their numbers.
    """

    stance: Stance
    language: str
    answered_by: str
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    basis: Basis = Basis.MAYOR
    decided: date | None = None
    role: str = "mayor"
    name_public: bool = True
    comments: Mapping[int, str] = field(default_factory=dict)
    enclosures: tuple[int, ...] = ()


def answer(
    typed: Mapping[str, str],
    questions: Sequence[NewQuestion],
    *,
    language: str,
    zone: str,
    now: datetime,
    enclosures: Iterable[int] = (),
) -> Answer:
    """Invalid names the fields; the first text question is `text`, others `answer-<number>`,
    comments on the official text `comment-<number>`.
    """
    wrong: dict[str, Message] = {}
    stance = typed.get("stance", "")
    if stance not in set(rules.OFFERED):
        wrong["stance"] = Message("Choose whether your municipality agrees")
    text = _text(typed, "text", wrong)
    answers = {
        str(each.number): given
        for each in asked_besides(questions)
        if (given := _besides(typed, each, wrong))
    }
    comments = _comments(typed, wrong)
    main = main_text(questions)
    if main and main.required and not text.strip() and stance not in rules.SHORT:
        wrong["text"] = Message("Write a few words, please")
    basis = typed.get("basis", "") or Basis.MAYOR
    if basis not in set(Basis):
        wrong["basis"] = Message("Choose on what the answer rests")
    decided = _decided(typed, wrong, today=local_date(now, zone)) if basis == "council" else None
    name = " ".join(typed.get("answered_by", "").split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        wrong["answered_by"] = Message("Enter who answers")
    if wrong:
        raise Invalid(wrong)
    return Answer(
        stance=Stance(stance),
        language=language,
        answered_by=name,
        text=text,
        answers=answers,
        basis=Basis(basis),
        decided=decided,
        role=_role(typed.get("role", "")),
        name_public=typed.get("name_public") == "1",
        comments=comments,
        enclosures=tuple(enclosures),
    )


def _comments(typed: Mapping[str, str], wrong: dict[str, Message]) -> dict[int, str]:
    """Also on a paragraph that the text no longer has: it was there when somebody typed."""
    found = {
        int(number[1]): _text(typed, name, wrong)
        for name in typed
        if (number := _COMMENT.fullmatch(name))
    }
    return {number: text for number, text in sorted(found.items()) if text}


def _role(typed: str) -> str:
    role = " ".join(typed.split())[:LONGEST_ROLE]
    return role if role and role.isprintable() else "mayor"


def main_text(questions: Sequence[NewQuestion]) -> NewQuestion | None:
    """The question that the large field answers; without one it asks "Why?"."""
    return next((each for each in questions if each.kind == QuestionKind.TEXT), None)


def asked_besides(questions: Sequence[NewQuestion]) -> list[NewQuestion]:
    main = main_text(questions)
    return [each for each in questions if each.kind != QuestionKind.STANCE and each != main]


def _text(typed: Mapping[str, str], name: str, wrong: dict[str, Message]) -> str:
    # Browsers send CR LF for every line (HTML, form submission).
    text = typed.get(name, "").replace("\r\n", "\n").replace("\x00", "").strip()
    over = len(text) - rules.LONGEST_TEXT
    if over > 0:
        wrong[name] = Message(
            "Your answer is %(length)s characters; please shorten it by %(over)s",
            {"length": len(text), "over": over},
        )
    return text


def _besides(typed: Mapping[str, str], asked: NewQuestion, wrong: dict[str, Message]) -> str:
    name = f"answer-{asked.number}"
    text = _text(typed, name, wrong)
    if asked.required and not text and typed.get("stance") not in rules.SHORT:
        wrong[name] = Message("This question needs an answer")
    elif text and asked.kind == QuestionKind.NUMBER and not rules.is_number(text):
        wrong[name] = Message("Enter a number, for example 14")
    elif text and asked.kind == QuestionKind.CHOICE and not _is_option(text, asked):
        wrong[name] = Message("Choose one of the answers")
    return text


def _is_option(text: str, asked: NewQuestion) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= asked.options


def _decided(typed: Mapping[str, str], wrong: dict[str, Message], *, today: date) -> date | None:
    """The day of the council's decision, as the calendar field sends it or as people write it."""
    text = typed.get("decided", "").strip()
    day: date | None = None
    with suppress(ValueError):
        written = _DAY.fullmatch(text)
        day = (
            date(int(written[3]), int(written[2]), int(written[1]))
            if written
            else date.fromisoformat(text)
        )
    if day is None:
        wrong["decided"] = Message(
            "Enter the day of the council's decision, for example 14.11.2026"
        )
    elif day > today:
        wrong["decided"] = Message("The day of the decision lies ahead: send the answer after it")
    return day


def kept_draft(typed: Mapping[str, str]) -> dict[str, str]:
    """What of a form is kept: everything typed, nothing of the form's own keys."""
    kept = {
        name[:40]: text.replace("\x00", "")
        for name, text in typed.items()
        if not name.startswith("_") and name not in NO_WORDS
        # a long text has hundreds of paragraphs, and most have no comment
        if text or not _COMMENT.fullmatch(name)
    }
    too_long = any(len(text) > LONGEST_DRAFT for text in kept.values())
    if too_long or sum(map(len, kept.values())) > LONGEST_PAGE:
        raise Invalid({"text": Message("This is too long to be kept: please send us a file")})
    return kept


def words_in(kept: Mapping[str, str]) -> list[str]:
    """What somebody wrote in their own words: the text, comments, free answers."""
    fields = [name for name in kept if name == "text" or name.startswith(("comment-", "answer-"))]
    written = [kept[name].replace("\r\n", "\n").strip() for name in fields]
    return [words for words in written if words and not words.isdecimal()]


@dataclass(frozen=True, slots=True)
class Page:
    """One showing of the form. `seen`: the stamp of the draft that it shows, `base`: the number
    of the version that stood when it was opened, 0 for none.
    """

    key: str
    seen: str
    base: int | None


def page(typed: Mapping[str, str]) -> Page | None:
    """None for a form that does not say on which page it was typed."""
    key, base = typed.get("_once", "")[:64], typed.get("_base", "")[:9]
    if not key or "_seen" not in typed:
        return None
    number = int(base) if base.isascii() and base.isdigit() else None
    return Page(key, typed["_seen"][:40], number)
