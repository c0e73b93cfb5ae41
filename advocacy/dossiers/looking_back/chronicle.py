"""What the acts of a history say by themselves, read forwards. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from advocacy.dossiers.looking_back.past import MERGED, UNDONE, Act, day_of


def read_together(acts: Iterable[Act], dossier: int) -> frozenset[int]:
    """The dossier and those that these acts have merged into it."""
    joined = [dossier]
    for act in sorted(acts, key=lambda each: each.id):
        taken_back = act.action == UNDONE and act.undone is not None
        merged = act.undone if taken_back else act
        if merged is None or merged.action != MERGED or merged.dossier not in joined:
            continue
        source = int(merged.details["source"])
        if not taken_back:
            joined.append(source)
        elif source in joined:
            joined.remove(source)
    return frozenset(joined)


@dataclass(frozen=True, slots=True)
class CallThen:
    number: str
    state: str  # calls.rules.CallState
    answers: int


CALL_STATES: Mapping[str, str] = {
    "call drafted": "draft",
    "call launched": "held",
    "call stopped": "draft",
    "call sent": "open",
    "call closed": "closed",
}


def calls(acts: Iterable[Act]) -> list[CallThen]:
    """In the order in which they were drafted, with how many municipalities had answered."""
    numbers: dict[int, str] = {}
    states: dict[int, str] = {}
    answered: dict[str, set[str]] = {}
    for act in sorted(acts, key=lambda each: each.id):
        if act.action in CALL_STATES:
            numbers.setdefault(act.object, act.details.get("call", ""))
            states[act.object] = CALL_STATES[act.action]
        elif act.action == "answered":
            answered.setdefault(act.details["call"], set()).add(act.details["code"])
        elif act.action == "answer withdrawn":
            answered.get(act.details["call"], set()).discard(act.details["code"])
    return [
        CallThen(number, states[each], len(answered.get(number, ())))
        for each, number in numbers.items()
        if number
    ]


def position(acts: Iterable[Act], dossier: int) -> tuple[int, int] | None:
    """Whose position it was (a dossier's id) and its version; its own before one it took in."""
    versions: dict[int, int] = {}
    for act in sorted(acts, key=lambda each: each.id):
        if act.action in {"position started", "position saved"} and act.dossier is not None:
            versions[act.dossier] = int(act.details.get("version", 0))
    if not versions:
        return None
    whose = dossier if dossier in versions else next(iter(versions))
    return whose, versions[whose]


def days(acts: Sequence[Act]) -> list[date]:
    """On which something happened, the last first."""
    return sorted({day_of(act.at) for act in acts}, reverse=True)
