"""What people type about a document, and the files that they choose."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from advocacy.documents import rules
from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES
from advocacy.triage.forms import identity, one_line

TITLE = 300
CODE = 60
CHOOSE_A_FILE = Message("Choose a file")
FIELD = "files"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file as it was handed in, sniffed: `name` cleaned, `media_type` that of its content."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Description:
    """`title` may be empty: then the file's name serves. `place`: of the deadline it belongs to,
    from 1; 0 for none.
    """

    title: str = ""
    code: str = ""
    language: str = ""
    original: str = ""
    place: int = 0

    def as_text(self) -> str:
        return "\n".join(str(each) for each in astuple(self))

    def fingerprint(self) -> str:
        """What a form carries, to know later whether somebody else changed something."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()


def description(typed: Mapping[str, str], *, windows: int, files: int = 1) -> Description:
    """`windows`: how many deadlines the dossier has; `files`: how many the words are about."""
    title, code = one_line(typed.get("title", "")), one_line(typed.get("code", ""))
    language, original = typed.get("language", ""), typed.get("original", "")
    chosen = typed.get("window", "")
    place = identity(chosen) or 0
    wrong = {
        "title": _title_problem(title, files),
        "code": len(code) > CODE and _too_long("A code has at most %(most)s characters", CODE),
        "language": language not in ("", *LANGUAGES) and Message("Choose one of the languages"),
        "original": original not in ("", *LANGUAGES) and Message("Choose one of the languages"),
        "window": (bool(chosen) and not 0 < place <= windows)
        and Message("Choose one of the deadlines"),
    }
    problems = {name: problem for name, problem in wrong.items() if isinstance(problem, Message)}
    if problems:
        raise Invalid(problems)
    return Description(title, code, language, original, place)


def _too_long(text: str, most: int) -> Message:
    return Message(text, {"most": most})


def _title_problem(title: str, files: int) -> Message | None:
    if len(title) > TITLE:
        return Message(
            "The title has %(count)s characters; %(most)s fit",
            {"count": len(title), "most": TITLE},
        )
    if title and files > 1:
        return Message("One title is for one file. Leave it empty: each is called by its file.")
    return None


def papers(files: Sequence[tuple[str, bytes]]) -> list[Paper]:
    """All of them, or Invalid with a problem for each file that has one: nothing by halves.

    The first problem is that of the field, the others are named files-2, files-3 …
    """
    if not files:
        raise Invalid({FIELD: CHOOSE_A_FILE})
    if len(files) > rules.AT_ONCE:
        most = {"count": len(files), "most": rules.AT_ONCE}
        raise Invalid({FIELD: Message("%(count)s files at once; at most %(most)s fit", most)})
    found, problems = list[Paper](), list[Message]()
    for name, content in files:
        try:
            kind = rules.sniffed(name, content)
        except Invalid as error:
            problems.append(error.fields[FIELD])
        else:
            found.append(Paper(rules.cleaned_name(name), rules.MEDIA_TYPES[kind], content))
    check_papers(problems or _twins(found))
    return found


def check_papers(problems: Sequence[Message]) -> None:
    if problems:
        raise Invalid(
            {
                FIELD if place == 1 else f"{FIELD}-{place}": problem
                for place, problem in enumerate(problems, start=1)
            }
        )


def _twins(found: Sequence[Paper]) -> list[Message]:
    first: dict[str, str] = {}
    problems = []
    for paper in found:
        other = first.setdefault(paper.sha256, paper.name)
        if other is not paper.name:
            values = {"name": paper.name, "other": other}
            problems.append(
                Message("%(name)s holds the same as %(other)s. Nothing was kept.", values)
            )
    return problems
