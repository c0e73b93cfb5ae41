"""What people type about questions: text → what is meant, or what to do about each field."""

from collections.abc import Mapping
from dataclasses import dataclass

from advocacy.calls.rules import OFFERED, Stance
from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES, check_address

Typed = Mapping[str, str]

LONGEST_SUBJECT = 200
LONGEST_NAME = 120
LONGEST_TEXT = 20_000
LARGEST_ID = 2**31 - 1
SUBJECT_FROM_TEXT = 80  # characters of the first line


def clean(text: str) -> str:
    """One kind of line end, no NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def one_line(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def number(text: str) -> int | None:
    """A row's number; None for whatever else stands there."""
    known = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if known and 0 < int(text) <= LARGEST_ID else None


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """`subject` is never empty: else it is the beginning of the text."""

    subject: str
    text: str


def question(typed: Typed) -> NewQuestion:
    wrong: dict[str, Message] = {}
    text = _text(typed, "text", Message("Write your question, please"), wrong)
    subject = one_line(typed.get("subject", ""))
    if len(subject) > LONGEST_SUBJECT:
        wrong["subject"] = Message("Shorten it to 200 characters")
    if wrong:
        raise Invalid(wrong)
    return NewQuestion(subject or subject_of(text), text)


def subject_of(text: str) -> str:
    """The first line, cut at a word."""
    first = one_line(text.strip().partition("\n")[0])
    if len(first) <= SUBJECT_FROM_TEXT:
        return first
    cut = first[:SUBJECT_FROM_TEXT].rpartition(" ")[0] or first[:SUBJECT_FROM_TEXT]
    return f"{cut} …"


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks, as they name themselves, and where the answer goes."""

    name: str
    email: str


def who(typed: Typed) -> Who:
    wrong: dict[str, Message] = {}
    name = one_line(typed.get("asker", ""))
    if not 0 < len(name) <= LONGEST_NAME:
        wrong["asker"] = Message("Enter who asks, with at most 120 characters")
    email = ""
    try:
        email = check_address(typed.get("email", ""))
    except Invalid as error:
        wrong |= dict(error.fields)
    if wrong:
        raise Invalid(wrong)
    return Who(name, email)


def words(typed: Typed) -> str:
    wrong: dict[str, Message] = {}
    text = _text(typed, "text", Message("Write a few words, please"), wrong)
    if wrong:
        raise Invalid(wrong)
    return text


@dataclass(frozen=True, slots=True)
class Reply:
    """`translation`: the same in the language of the municipality, if it was written in another.
    `seen`: the number of the last message on the page.
    """

    text: str
    translation: str
    seen: int


def reply(typed: Typed) -> Reply:
    wrong: dict[str, Message] = {}
    text = _text(typed, "text", Message("Write what you answer"), wrong)
    translation = _text(typed, "translation", None, wrong)
    if wrong:
        raise Invalid(wrong)
    return Reply(text, translation, seen(typed))


def seen(typed: Typed) -> int:
    return number(typed.get("seen", "")) or 0


@dataclass(frozen=True, slots=True)
class Handing:
    to: int
    note: str
    seen: int


def handing(typed: Typed) -> Handing:
    wrong: dict[str, Message] = {}
    to = number(typed.get("to", ""))
    if to is None:
        wrong["to"] = Message("Choose who takes it over")
    note = _text(typed, "note", None, wrong)
    if wrong or to is None:
        raise Invalid(wrong)
    return Handing(to, note, seen(typed))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question belongs; empty: nobody knows, or nowhere. `was`: what stood there when the
    page was opened; None: whatever it is.
    """

    code: str
    dossier: str
    subject: str
    was: str | None = None


def place(typed: Typed) -> Place:
    subject = one_line(typed.get("subject", ""))
    if not 0 < len(subject) <= LONGEST_SUBJECT:
        raise Invalid({"subject": Message("Say in a few words what it is about")})
    code, dossier = (one_line(typed.get(name, ""))[:40] for name in ("code", "dossier"))
    return Place(code, dossier, subject, typed.get("was"))


def stance(typed: Typed) -> Stance:
    """What it says, if somebody has understood it; else it is assigned later."""
    said = typed.get("stance", "")
    return Stance(said) if said in set(OFFERED) else Stance.NOT_STATED


@dataclass(frozen=True, slots=True)
class Translated:
    message: int
    language: str
    text: str


def translated(typed: Typed) -> Translated:
    """Of the message with this number in the thread."""
    counted = number(typed.get("number", ""))
    language = typed.get("language", "")
    field = f"translation-{counted}"
    wrong: dict[str, Message] = {}
    if counted is None or language not in LANGUAGES:
        raise Invalid({"language": Message("Choose one of the five languages")})
    text = _text({field: typed.get("translation", "")}, field, Message("Write the translation"), wrong)  # noqa: E501  # fmt: skip
    if wrong:
        raise Invalid(wrong)
    return Translated(counted, language, text)


@dataclass(frozen=True, slots=True)
class Told:
    """A question and its answer for everybody, in one language."""

    question: str
    answer: str


def told(typed: Typed) -> Told:
    wrong: dict[str, Message] = {}
    question = _text(typed, "question", Message("Write the question as anybody could ask it"), wrong)  # noqa: E501  # fmt: skip
    answer = _text(typed, "answer", Message("Write the answer"), wrong)
    if wrong:
        raise Invalid(wrong)
    return Told(question, answer)


def _text(typed: Typed, name: str, missing: Message | None, wrong: dict[str, Message]) -> str:
    """`missing`: what to say when it is empty; None: it may be."""
    text = clean(typed.get(name, ""))
    if missing and not text:
        wrong[name] = missing
    if len(text) > LONGEST_TEXT:
        wrong[name] = Message("Shorten it to 20,000 characters")
    return text
