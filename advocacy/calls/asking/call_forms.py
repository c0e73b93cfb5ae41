"""What the secretariat typed for a call: questions, words by language, audience, deadline."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from advocacy.calls import rules
from advocacy.calls.asking.audience import Audience
from advocacy.calls.rules import QuestionKind
from advocacy.errors import Invalid, Message
from advocacy.municipalities.rules import is_code
from advocacy.people.rules import COUNTRIES, LANGUAGES

LONGEST_TITLE = 200
LONGEST_WORDS = 4_000
MOST_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """`options`: how many a choice has."""

    number: int
    kind: QuestionKind
    unit: str = ""
    required: bool = False
    options: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A call in one language. `questions` and `options` go by the number of the question."""

    title: str = ""
    why: str = ""
    summary: str = ""
    questions: Mapping[int, str] = field(default_factory=dict)
    options: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def is_empty(self) -> bool:
        texts = (self.title, self.why, self.summary, *self.questions.values())
        return not any(texts) and not any(self.options.values())

    def is_complete(self, questions: tuple[NewQuestion, ...]) -> bool:
        """Everything that a reader needs is there, and choices have as many answers."""
        return bool(self.title) and all(
            self.questions.get(each.number)
            and len(self.options.get(each.number, ())) == each.options
            for each in questions
        )

    def as_facts(self) -> dict[str, object]:
        return {
            "title": self.title,
            "why": self.why,
            "summary": self.summary,
            "questions": {str(number): text for number, text in self.questions.items()},
            "options": {str(number): list(texts) for number, texts in self.options.items()},
        }


@dataclass(frozen=True, slots=True)
class NewCall:
    language: str
    answers_until: datetime
    zone: str
    audience: Audience
    questions: tuple[NewQuestion, ...]
    words: Mapping[str, Words]


def audience(typed: Mapping[str, str]) -> Audience:
    """Never refuses: what cannot be meant restricts nothing, and the page shows the count.

    Regions come one a line: a name may hold a comma.
    """
    countries = typed.get("countries", "").upper().split(",")
    regions = (" ".join(each.split()) for each in typed.get("regions", "").splitlines())
    return Audience(
        countries=tuple(code for code in COUNTRIES if code in countries),
        regions=tuple(dict.fromkeys(each for each in regions if each)),
        topics=tuple(w for w in typed.get("topics", "").split(",") if w and w.isprintable()),
        population_from=_whole(typed.get("population_from", "")),
        population_to=_whole(typed.get("population_to", "")),
        lists=tuple(n for each in typed.get("lists", "").split(",") if (n := _whole(each))),
        codes=tuple(dict.fromkeys(code for code in _codes(typed) if is_code(code))),
    )


def _meant_by_nobody(typed: Mapping[str, str]) -> dict[str, Message]:
    """What `audience` reads nothing in. Counting passes over it; nobody is asked on its account."""
    wrong = {
        name: Message("Enter a number, for example 14")
        for name in ("population_from", "population_to")
        if typed.get(name, "").strip() and _whole(typed[name]) is None
    }
    if odd := [each for each in _codes(typed) if not is_code(each)]:
        wrong["codes"] = Message("Not known: %(codes)s", {"codes": ", ".join(odd)})
    return wrong


def _codes(typed: Mapping[str, str]) -> list[str]:
    return typed.get("codes", "").upper().replace(",", " ").replace(";", " ").split()


def _whole(text: str) -> int | None:
    digits = text.replace(".", "").replace(" ", "").replace("\u202f", "")
    return int(digits[:9]) if digits.isascii() and digits.isdigit() else None


def words(typed: Mapping[str, str], language: str) -> Words:
    """The fields of one language: title-de, why-de, summary-de, question-1-de, options-2-de."""

    def text(name: str) -> str:
        typed_here = typed.get(f"{name}-{language}", "").replace("\r\n", "\n")
        return typed_here.replace("\x00", "").strip()

    numbers = range(1, rules.MOST_QUESTIONS + 1)
    return Words(
        title=" ".join(text("title").split()),
        why=" ".join(text("why").split()),
        summary=text("summary"),
        questions={n: " ".join(text(f"question-{n}").split()) for n in numbers},
        options={
            n: tuple(line.strip() for line in text(f"options-{n}").splitlines() if line.strip())
            for n in numbers
        },
    )


def new_call(typed: Mapping[str, str], *, zone: str, now: datetime, closes: datetime) -> NewCall:
    """Invalid names the fields. The lead language must be whole; the gate asks for the rest."""
    wrong: dict[str, Message] = {}
    language = typed.get("language", "")
    if language not in LANGUAGES:
        wrong["language"] = Message("Choose the language you write in")
    lead = words(typed, language)
    questions = _questions(typed, lead)
    if not lead.title:
        wrong[f"title-{language}"] = Message("Enter a title")
    for each in questions:
        if not lead.questions[each.number]:
            wrong[f"question-{each.number}-{language}"] = Message("Enter the question")
        if each.kind == QuestionKind.CHOICE and not 2 <= each.options <= MOST_OPTIONS:  # noqa: PLR2004
            wrong[f"options-{each.number}-{language}"] = Message(
                "Enter 2 to 12 answers, one a line"
            )
    wrong |= _meant_by_nobody(typed)
    written = {each: _within(typed, each, wrong) for each in LANGUAGES}
    until = _until(typed, wrong, zone=zone, now=now, closes=closes)
    if wrong or until is None:
        raise Invalid(wrong)
    kept = {key: _only(text, questions) for key, text in written.items() if not text.is_empty()}
    return NewCall(language, until, zone, audience(typed), questions, kept)


def translation(
    typed: Mapping[str, str], language: str, questions: tuple[NewQuestion, ...]
) -> Words:
    """One language alone, as a coordinator types it."""
    wrong: dict[str, Message] = {}
    written = _only(_within(typed, language, wrong), questions)
    if wrong:
        raise Invalid(wrong)
    return written


def _only(text: Words, questions: tuple[NewQuestion, ...]) -> Words:
    asked = {each.number for each in questions}
    choices = {each.number for each in questions if each.kind == QuestionKind.CHOICE}
    return Words(
        text.title,
        text.why,
        text.summary,
        {number: said for number, said in text.questions.items() if number in asked and said},
        {number: said for number, said in text.options.items() if number in choices and said},
    )


def _within(typed: Mapping[str, str], language: str, wrong: dict[str, Message]) -> Words:
    found = words(typed, language)
    parts = {"title": found.title, "why": found.why, "summary": found.summary}
    parts |= {f"question-{number}": said for number, said in found.questions.items()}
    parts |= {f"options-{n}": "\n".join(lines) for n, lines in found.options.items()}
    for name, text in parts.items():
        longest = LONGEST_TITLE if name == "title" else LONGEST_WORDS
        if len(text) > longest:
            wrong[f"{name}-{language}"] = Message(
                "Shorten it to %(most)s characters", {"most": longest}
            )
    return found


def _questions(typed: Mapping[str, str], lead: Words) -> tuple[NewQuestion, ...]:
    """The first asks for a stance; a further one without a kind is not asked."""
    found = [NewQuestion(1, QuestionKind.STANCE, required=True)]
    for number in range(2, rules.MOST_QUESTIONS + 1):
        kind = typed.get(f"kind-{number}", "")
        if kind not in {QuestionKind.TEXT, QuestionKind.NUMBER, QuestionKind.CHOICE}:
            continue
        found.append(
            NewQuestion(
                number,
                QuestionKind(kind),
                unit=" ".join(typed.get(f"unit-{number}", "").split())[:40]
                if kind == "number"
                else "",
                required=typed.get(f"required-{number}") == "1",
                options=len(lead.options[number]) if kind == "choice" else 0,
            )
        )
    return tuple(found)


def _until(
    typed: Mapping[str, str],
    wrong: dict[str, Message],
    *,
    zone: str,
    now: datetime,
    closes: datetime,
) -> datetime | None:
    """The instant until which answers are taken, from a day and an hour in the body's zone."""
    found: datetime | None = None
    with suppress(ValueError):
        day = date.fromisoformat(typed.get("until_day", "").strip())
        hour = time.fromisoformat((typed.get("until_time", "").strip() or "18:00").zfill(5))
        found = datetime.combine(day, hour.replace(tzinfo=None), tzinfo=ZoneInfo(zone))
    if found is None:
        wrong["until_day"] = Message("Enter day and time, for example 2026-11-18 and 18:00")
    elif found <= now:
        wrong["until_day"] = Message("This deadline lies in the past")
    elif found > closes:
        wrong["until_day"] = Message("This is after the end of the window: nobody would read it")
    return found


def as_typed(call: NewCall) -> dict[str, str]:
    """A call as its form would hold it."""
    until = call.answers_until.astimezone(ZoneInfo(call.zone))
    chosen = call.audience
    sizes = (chosen.population_from, chosen.population_to)
    typed = {
        "language": call.language,
        "until_day": until.date().isoformat(),
        "until_time": f"{until:%H:%M}",
        "countries": ",".join(chosen.countries),
        "regions": "\n".join(chosen.regions),
        "lists": ",".join(str(each) for each in chosen.lists),
        "topics": ",".join(chosen.topics),
        "population_from": str(sizes[0]) if sizes[0] is not None else "",
        "population_to": str(sizes[1]) if sizes[1] is not None else "",
        "codes": " ".join(chosen.codes),
    }
    for each in call.questions[1:]:
        typed |= {f"kind-{each.number}": each.kind.value, f"unit-{each.number}": each.unit}
        typed[f"required-{each.number}"] = "1" if each.required else ""
    for language, said in call.words.items():
        typed |= typed_words(said, language)
    return typed


def typed_words(said: Words, language: str) -> dict[str, str]:
    typed = {"title": said.title, "why": said.why, "summary": said.summary}
    typed |= {f"question-{number}": text for number, text in said.questions.items()}
    typed |= {f"options-{number}": "\n".join(texts) for number, texts in said.options.items()}
    return {f"{name}-{language}": text for name, text in typed.items()}
