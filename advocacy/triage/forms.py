"""What the buttons of the inbox say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from advocacy.errors import Invalid, Message
from advocacy.people.rules import LANGUAGES
from advocacy.triage import rules
from advocacy.triage.rules import Decision, Dismissal

LARGEST_ID = 2**31 - 1
AT_ONCE = 200
DECISIONS = {
    "dismiss": Decision.DISMISSED,
    "later": Decision.LATER,
    "next week": Decision.LATER,
    "duplicate": Decision.DUPLICATE,
}
"""What the inbox itself can do; opening and attaching belong to the dossiers."""


@dataclass(frozen=True, slots=True)
class Filters:
    """`source` is a source's name."""

    source: str = ""
    language: str = ""
    deadline: bool = False

    def query(self, **more: object) -> str:
        """The part of the address behind the question mark, without what is not set."""
        values = {
            "source": self.source,
            "language": self.language,
            "deadline": "1" if self.deadline else "",
            **more,
        }
        return urlencode({name: value for name, value in values.items() if value})


@dataclass(frozen=True, slots=True)
class TypedDecision:
    entries: tuple[int, ...]
    decision: Decision
    reason: str
    until: datetime | None


def one_line(text: str) -> str:
    """Words with single spaces, without signs that no database takes."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def identity(text: str) -> int | None:
    """A row's number as it stands in an address; None for anything else."""
    if not (text.isascii() and text.isdigit()) or len(text) > 10:  # noqa: PLR2004
        return None
    return int(text) if 0 < int(text) <= LARGEST_ID else None


def filters(typed: Mapping[str, str]) -> Filters:
    language = typed.get("language", "")
    return Filters(
        source=one_line(typed.get("source", ""))[:200],
        language=language if language in LANGUAGES else "",
        deadline=typed.get("deadline", "") == "1",
    )


def decision(typed: Mapping[str, str], *, now: datetime) -> TypedDecision:
    wrong: dict[str, Message] = {}
    entries = tuple(
        dict.fromkeys(n for part in typed.get("entry", "").split(",") if (n := identity(part)))
    )
    if not entries:
        wrong["entry"] = Message("Select at least one entry")
    if len(entries) > AT_ONCE:
        wrong["entry"] = Message("Select at most %(count)s entries", {"count": AT_ONCE})
    do = typed.get("do", "")
    if do not in DECISIONS:
        wrong["do"] = Message("Choose what to do with the entry")
    if wrong:
        raise Invalid(wrong)
    decided = DECISIONS[do]
    choice = "next week" if do == "next week" else "tomorrow"
    until = rules.later_until(choice, now=now) if decided is Decision.LATER else None
    return TypedDecision(entries, decided, _reason(typed, decided), until)


def _reason(typed: Mapping[str, str], decided: Decision) -> str:
    if decided is Decision.DUPLICATE:
        return one_line(typed.get("twin", ""))[:300]
    return Dismissal.NOT_OUR_TOPIC if decided is Decision.DISMISSED else ""


def dismissal(typed: Mapping[str, str]) -> Dismissal:
    reason = typed.get("reason", "")
    if reason not in set(Dismissal):
        raise Invalid({"reason": Message("Choose one of the reasons")})
    return Dismissal(reason)


def next_path(typed: Mapping[str, str], decided: Collection[int]) -> str:
    """The next entry of the list that was shown, with its filters."""
    following = identity(typed.get("next", ""))
    query = filters(typed).query(item=None if following in decided else following)
    return f"/inbox?{query}" if query else "/inbox"
