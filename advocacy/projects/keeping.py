"""A project as it stands in the tables, and how it is written there: whole, in every language."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any  # values of columns

from advocacy.errors import Invalid, Message
from advocacy.municipalities.tables import Municipality
from advocacy.projects.forms import NewProject
from advocacy.projects.tables import Project, ProjectText, TakesPart
from feeds.reading.folding import search_text

State = dict[str, Any]
"""What the history keeps of a project, so that a change can be taken back."""


async def state_of(project_id: int) -> State:
    """KeyError: there is no such project; who asks holds it."""
    return (await states_of([project_id]))[project_id]


async def states_of(numbers: Sequence[int]) -> dict[int, State]:
    """By number; three queries, however many."""
    if not numbers:
        return {}
    wanted = list(numbers)
    texts: dict[int, dict[str, list[str]]] = {number: {} for number in wanted}
    told = ProjectText.objects().where(ProjectText.project.is_in(wanted))
    for text in await told.order_by(ProjectText.language):
        texts[text.project][text.language] = [text.title, text.summary, text.results]
    members: dict[int, list[int]] = {number: [] for number in wanted}
    takes_part = TakesPart.select(TakesPart.project, TakesPart.municipality)
    for each in await takes_part.where(TakesPart.project.is_in(wanted)):
        members[each["project"]].append(each["municipality"])
    return {
        row.id: _state(row, texts[row.id], sorted(members[row.id]))
        for row in await Project.objects().where(Project.id.is_in(wanted))
    }


def _state(row: Project, texts: Mapping[str, list[str]], members: list[int]) -> State:
    return {
        **{name: getattr(row, name) for name in COLUMNS},
        "begins": row.begins.isoformat() if row.begins else None,
        "ends": row.ends.isoformat() if row.ends else None,
        "removed": row.removed is not None,
        "texts": dict(texts),
        "members": members,
    }


COLUMNS = (
    *("code", "state", "language", "topics", "programme", "partners", "address", "led_by"),
    *("contact_name", "contact_email", "contact_phone", "contact_languages", "contact_public"),
)


def fingerprint(state: State) -> str:
    """What a form carries, to know later whether somebody else changed something."""
    return hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:16]


async def written(new: NewProject) -> State:
    """As state_of gives it. Invalid for a code that no member has."""
    return as_state(new, await _members([code for code in (new.led_by, *new.members) if code]))


def as_state(new: NewProject, known: Mapping[str, int]) -> State:
    """`known`: municipalities by code. Invalid for a code that is not among them."""
    wrong = {}
    if new.led_by and new.led_by not in known:
        wrong["led_by"] = _unknown(new.led_by)
    if strange := [code for code in new.members if code not in known]:
        wrong["members"] = _unknown(strange[0])
    if wrong:
        raise Invalid(wrong)
    members = {known[code] for code in (new.led_by, *new.members) if code}
    return {
        "code": new.code,
        "state": new.state.value,
        "language": new.language,
        "topics": ",".join(new.topics),
        "programme": new.programme,
        "partners": new.partners,
        "address": new.address,
        "led_by": known.get(new.led_by),
        **{f"contact_{name}": new.contact.get(name, "") for name in CONTACT},
        "contact_public": new.contact_public,
        "begins": new.begins.isoformat() if new.begins else None,
        "ends": new.ends.isoformat() if new.ends else None,
        "removed": False,
        "texts": {
            language: [told.title, told.summary, told.results]
            for language, told in sorted(new.texts.items())
        },
        "members": sorted(members),
    }


CONTACT = ("name", "email", "phone", "languages")


def _unknown(code: str) -> Message:
    return Message("No member has the code %(code)s", {"code": code})


async def _members(codes: Sequence[str]) -> dict[str, int]:
    if not codes:
        return {}
    rows = await Municipality.select(Municipality.id, Municipality.code).where(
        Municipality.code.is_in(list(codes))
    )
    return {row["code"]: row["id"] for row in rows}


async def write(project_id: int, state: State, *, now: datetime) -> None:
    """In the caller's transaction; texts and participants become what `state` says."""
    values: dict[Any, Any] = {name: state[name] for name in COLUMNS}
    values |= {
        "begins": _day(state["begins"]),
        "ends": _day(state["ends"]),
        "removed": now if state["removed"] else None,
        "changed": now,
    }
    await Project.update(values).where(Project.id == project_id)
    await Project.update({Project.version: Project.version + 1}).where(Project.id == project_id)
    await ProjectText.delete().where(ProjectText.project == project_id)
    await ProjectText.insert(*_texts(project_id, state))
    await TakesPart.delete().where(TakesPart.project == project_id)
    if state["members"]:
        await TakesPart.insert(
            *(TakesPart(project=project_id, municipality=each) for each in state["members"])
        )


def _day(written_day: str | None) -> Any:
    return datetime.fromisoformat(written_day).date() if written_day else None


def _texts(project_id: int, state: Mapping[str, Any]) -> list[ProjectText]:
    beside = f"{state['code']} {state['programme']} {state['partners']}"
    return [
        ProjectText(
            project=project_id, language=language, title=title, summary=summary, results=results,
            search_text=search_text(f"{title} {summary} {results} {beside}", language=language),
        )
        for language, (title, summary, results) in state["texts"].items()
    ]  # fmt: skip
