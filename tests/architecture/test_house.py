"""What two places must agree on, compared."""

import ast
import importlib
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from litestar.handlers import HTTPRouteHandler

from advocacy import jobs, settings
from advocacy.errors import Message
from advocacy.history.labels import ACTS
from advocacy.positions import actions
from advocacy.provenance import Wrong
from app import house
from tests.architecture import docs, translations, vendor

ROOT = Path(__file__).parent.parent.parent
PYTHON = sorted(path for folder in ("advocacy", "feeds") for path in (ROOT / folder).rglob("*.py"))
ROOMS_WITH_STATES = (
    "mail",
    "triage",
    "learned",
    "bodies",
    "dossiers",
    "calls",
    "advice",
    "letterbox",
    "positions",
    "translations",
    "approvals",
    "submissions",
    "outcomes",
    "events",
)


def routes() -> list[HTTPRouteHandler]:
    return [
        handler
        for route in house().routes
        for handler in getattr(route, "route_handlers", ())
        if isinstance(handler, HTTPRouteHandler) and "OPTIONS" not in handler.http_methods
    ]


def test_every_route_has_a_guard_or_says_that_it_is_public():
    without = [
        sorted(handler.paths)
        for handler in routes()
        if not handler.guards and handler.opt.get("public") is not True
    ]
    assert without == []


def test_no_route_that_is_read_changes_anything():
    mixed = [
        h.paths for h in routes() if {"GET", "HEAD"} & h.http_methods and "POST" in h.http_methods
    ]
    assert mixed == []


def tables_of_states() -> list[tuple[str, dict[object, frozenset[object]], frozenset[object]]]:
    """Each ALLOWED table of a room's rules, with its ends and its room."""
    found = []
    for room in ROOMS_WITH_STATES:
        rules = importlib.import_module(f"advocacy.{room}.rules")
        for name in vars(rules):
            if name == "ALLOWED" or name.endswith("_ALLOWED"):
                ends = name.replace("ALLOWED", "ENDS")
                found.append((f"{room}.{name}", vars(rules)[name], vars(rules)[ends]))
    return found


@pytest.mark.parametrize(
    ("name", "allowed", "ends"),
    tables_of_states(),
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_state_is_reached_and_none_is_a_dead_end(
    name: str, allowed: dict[object, frozenset[object]], ends: frozenset[object]
):
    first, *_ = allowed
    reached, edge = {first}, {first}
    while edge:
        edge = {after for state in edge for after in allowed.get(state, ())} - reached
        reached |= edge
    assert set(allowed) == reached
    assert {state for state in allowed if not allowed[state]} <= set(ends)


@pytest.mark.parametrize("room", ROOMS_WITH_STATES)
def test_every_state_has_a_label(room: str):
    module = importlib.import_module(f"advocacy.{room}.labels")
    labelled = {
        state
        for names in vars(module).values()
        if isinstance(names, Mapping)
        for state, label in names.items()
        if isinstance(label, Message)
    }
    states = {
        state
        for name, allowed, _ in tables_of_states()
        if name.startswith(f"{room}.")
        for state in allowed
        if state
    }
    assert states - labelled == set()


def recorded_acts() -> set[str]:
    """What any action writes into the history, where it stands as a word."""
    acts: set[str] = set()
    for path in PYTHON:
        tree = ast.parse(path.read_text())
        words = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            first = node.args[0]
            if called in {"record", "_record", "_taken_back"}:
                word = (
                    first.value
                    if isinstance(first, ast.Constant)
                    else words.get(getattr(first, "id", ""))
                )
                acts |= {word} if isinstance(word, str) else set()
    return acts


def test_every_act_of_the_history_has_its_words():
    assert len(recorded_acts()) > 40
    assert recorded_acts() - set(ACTS) == set()


def test_every_setting_is_explained():
    page = (ROOT / "docs" / "operations.md").read_text()
    source = Path(settings.__file__).read_text()
    names = {f"ALPHORN_{name}" for name in re.findall(r'value\("([A-Z_]+)"', source)}
    assert {name for name in names if f"`{name}`" not in page} == set()
    assert set(re.findall(r"`(ALPHORN_[A-Z_]+)`", page)) - {"ALPHORN_TEST_POSTGRES"} == names


def test_every_job_is_described_and_its_name_is_its_own():
    assert all(job.description and job.description[0].isupper() for job in jobs.JOBS)
    assert len({job.name for job in jobs.JOBS}) == len(jobs.JOBS)


ENGINE_WORDS = re.compile(
    r"\b(sqlite|postgres\w*|asyncpg|aiosqlite|fts5|tsvector|pragma|pg_\w+|engine_type)\b",
    re.IGNORECASE,
)
MAY_SAY_IT = ("advocacy/database/", "advocacy/settings.py")
"""settings.py reads the address that names the engine."""


def _code_without_words(path: Path) -> str:
    """Comments and docstrings may explain; code may not decide."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [  # type: ignore[attr-defined]
                each
                for each in body
                if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
            ] or [ast.Pass()]
    return ast.unparse(tree)


def test_only_the_database_room_knows_which_engine_it_is():
    others = [
        str(path.relative_to(ROOT))
        for path in PYTHON
        if not str(path.relative_to(ROOT)).startswith(MAY_SAY_IT)
        and ENGINE_WORDS.search(_code_without_words(path))
    ]
    assert others == []


SPOKEN = frozenset({"Message", "NotFound", "NotAllowed", "Outdated"})


def _unspoken(path: Path, said: Catalog) -> list[str]:
    """Constants that people read though nobody translates them: plain strings, not Messages."""
    tree = ast.parse(path.read_text())
    used = {
        call.args[0].id
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in SPOKEN
        and call.args
        and isinstance(call.args[0], ast.Name)
    }
    return [
        target.id
        for each in tree.body
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Constant)
        for target in each.targets
        if isinstance(target, ast.Name)
        and target.id in used
        and not said.get(str(each.value.value))
    ]


def test_what_people_read_can_be_translated():
    said = translations.messages()
    unspoken = {str(path.relative_to(ROOT)): _unspoken(path, said) for path in PYTHON}
    assert {path: names for path, names in unspoken.items() if names} == {}
    assert said.get(actions.SAYS[Wrong.UNKNOWN].text) is not None


def test_no_page_says_a_problem_or_a_result_twice():
    """The layout says both where a page has no columns of its own (its block "main")."""
    twice = [
        path.name
        for path in (ROOT / "templates").rglob("*.html")
        if '{% extends "shared/layout.html" %}' in (text := path.read_text())
        and "{% block main %}" not in text
        and ("parts.summary(problems)" in text or "parts.result(banner)" in text)
    ]
    assert twice == []


def test_no_file_is_crowded():
    crowded = {
        str(p.relative_to(ROOT)): n for p in PYTHON if (n := p.read_text().count("\n")) > 350
    }
    assert crowded == {}


def test_no_room_has_a_name_that_says_nothing():
    empty = {"utils", "helpers", "common", "misc", "manager", "services"}
    assert [str(path) for path in PYTHON if path.stem in empty or empty & set(path.parts)] == []


def test_what_others_made_stands_unmodified():
    assert vendor.differences() == []


def test_the_lock_names_no_host():
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    assert "--hash=sha256:" in lock


def test_the_docs_say_what_is_there():
    assert docs.problems() == []
