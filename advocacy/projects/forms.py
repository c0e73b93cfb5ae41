"""What people type of a project."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from advocacy.bodies.forms import is_address
from advocacy.errors import Invalid, Message
from advocacy.municipalities.rules import is_code
from advocacy.people.rules import LANGUAGES, check_address
from advocacy.projects.rules import MOST_PARTICIPANTS, ProjectState
from feeds.reading.topics import TOPICS

Typed = Mapping[str, str]
TITLE = 300
TEXT = 8_000
SHORT = {"code": 40, "programme": 120, "contact_name": 120, "contact_phone": 40}
"""The most characters of each field of one line."""


@dataclass(frozen=True, slots=True)
class Told:
    """A project in one language."""

    title: str
    summary: str = ""
    results: str = ""


@dataclass(frozen=True, slots=True)
class NewProject:
    """`texts` by language, at least in `language`; `led_by` and `members` are codes ("SI-07")."""

    language: str
    texts: Mapping[str, Told]
    state: ProjectState = ProjectState.RUNNING
    code: str = ""
    topics: tuple[str, ...] = ()
    begins: date | None = None
    ends: date | None = None
    programme: str = ""
    partners: str = ""
    address: str = ""
    led_by: str = ""
    members: tuple[str, ...] = ()
    contact: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """name, email, phone, languages."""
    contact_public: bool = False


class _Fields:
    """Reads the fields one by one and gathers what is wrong."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.wrong: dict[str, Message] = {}

    def line(self, name: str, most: int) -> str:
        text = " ".join(self.typed.get(name, "").split())
        if len(text) > most:
            self.wrong[name] = Message("At most %(most)s characters fit here", {"most": most})
        return text

    def text(self, name: str) -> str:
        lines = [line.rstrip() for line in self.typed.get(name, "").splitlines()]
        text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
        if len(text) > TEXT:
            self.wrong[name] = Message("At most %(most)s characters fit here", {"most": TEXT})
        return text

    def day(self, name: str) -> date | None:
        typed = self.typed.get(name, "").strip()
        if not typed:
            return None
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.wrong[name] = Message("Write the day like 2026-12-14")
            return None

    def chosen(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        named = {each.strip() for each in self.typed.get(name, "").split(",") if each.strip()}
        if named - set(known):
            self.wrong[name] = Message("Choose from the list")
        return tuple(each for each in known if each in named)

    def codes(self, name: str) -> tuple[str, ...]:
        """Codes of members, however they are set apart; each once."""
        named = dict.fromkeys(re.split(r"[\s,;]+", self.typed.get(name, "").upper().strip()))
        codes = tuple(each for each in named if each)
        strange = [each for each in codes if not is_code(each)]
        if strange:
            self.wrong[name] = Message("%(code)s is no code like SI-07", {"code": strange[0]})
        elif len(codes) > MOST_PARTICIPANTS:
            self.wrong[name] = Message(
                "At most %(most)s municipalities fit here", {"most": MOST_PARTICIPANTS}
            )
        return codes

    def email(self, name: str) -> str:
        typed = self.typed.get(name, "").strip()
        try:
            return check_address(typed) if typed else ""
        except Invalid as error:
            self.wrong[name] = next(iter(error.fields.values()))
            return ""

    def address(self, name: str) -> str:
        typed = self.typed.get(name, "").strip()
        if typed and not is_address(typed):
            self.wrong[name] = Message("Write the whole address, beginning with https://")
        return typed


def project(typed: Typed) -> NewProject:
    """Raises Invalid with every field that is wrong."""
    fields = _Fields(typed)
    language = typed.get("language", "")
    if language not in LANGUAGES:
        fields.wrong["language"] = Message("Choose one of the languages")
    texts = {each: _told(fields, each) for each in LANGUAGES}
    if language in texts and not texts[language].title:
        fields.wrong[f"title-{language}"] = Message("Write the title in this language")
    state = typed.get("state", "")
    if state not in set(ProjectState):
        fields.wrong["state"] = Message("Choose one")
    begins, ends = fields.day("begins"), fields.day("ends")
    if begins and ends and ends < begins:
        fields.wrong["ends"] = Message("It ends before it begins")
    short = {name: fields.line(name, most) for name, most in SHORT.items()}
    email = fields.email("contact_email")
    topics, members = fields.chosen("topics", TOPICS), fields.codes("members")
    partners, where = fields.text("partners"), fields.address("address")
    spoken = fields.chosen("contact_languages", LANGUAGES)
    led_by = fields.codes("led_by")
    if len(led_by) > 1:
        fields.wrong["led_by"] = Message("One municipality leads")
    if fields.wrong:
        raise Invalid(fields.wrong)
    return NewProject(
        language=language,
        texts={each: told for each, told in texts.items() if told.title},
        state=ProjectState(state),
        code=short["code"],
        topics=topics,
        begins=begins,
        ends=ends,
        programme=short["programme"],
        partners=partners,
        address=where,
        led_by=led_by[0] if led_by else "",
        members=members,
        contact={
            "name": short["contact_name"], "email": email, "phone": short["contact_phone"],
            "languages": ",".join(spoken),
        },
        contact_public=typed.get("contact_public") == "yes",
    )  # fmt: skip


def _told(fields: _Fields, language: str) -> Told:
    told = Told(
        fields.line(f"title-{language}", TITLE),
        fields.text(f"summary-{language}"),
        fields.text(f"results-{language}"),
    )
    if not told.title and (told.summary or told.results):
        fields.wrong[f"title-{language}"] = Message("Write the title in this language")
    return told


@dataclass(frozen=True, slots=True)
class Result:
    """Something to read or to use: an address, or the file that comes with the form."""

    title: str
    language: str
    address: str


def result(typed: Typed, *, has_file: bool) -> Result:
    fields = _Fields(typed)
    title, language = fields.line("result_title", TITLE), typed.get("result_language", "")
    where = fields.address("result_address")
    if not title:
        fields.wrong["result_title"] = Message("Write what it is")
    if language not in ("", *LANGUAGES):
        fields.wrong["result_language"] = Message("Choose one of the languages")
    if bool(where) == has_file and "result_address" not in fields.wrong:
        fields.wrong["result_address"] = Message("Write an address or choose a file, one of both")
    if fields.wrong:
        raise Invalid(fields.wrong)
    return Result(title, language, where)
