"""What feeds/ can say to people, as it stands in its code, with a sample for each value."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

FEEDS = Path(__file__).parents[3] / "feeds"
ACTIONS = FEEDS.parent / "advocacy" / "overview" / "actions.py"
# They read texts, and say nothing of sources.
SILENT = ("reading", "identity")

TITLED = ("", " («Zu viel. Bitte, «warten»; danke!»)")
QUOTED = (".", ": «Zu viel. Bitte, «warten»; danke!».")
SAMPLES: dict[str, tuple[str, ...]] = {
    "page.name": TITLED,
    "_titled(page)": TITLED,
    "f' («{title}»)' if title else ''": TITLED,
    "quote": QUOTED,
    "whose": ("", " of Imperva"),
    "form": ("plain text", "an error"),
    # Another sentence, told by itself.
    "why": ("",),
    "reason": ("",),
}
# Raised and caught in feeds/ itself.
INTERNAL = {"no address", "an event without a beginning"}
# Their texts stand within a sentence.
HALF = ("CrashedError", "OutOfTimeError")
SPOKEN_AT = {"Failed": 1, "Discovered": 2, "Tried": 1, "_refused": 0}
REASONS = ("rhythm_reason", "state_reason")


def said_in(path: Path) -> set[str]:
    """Every sentence and every reason in a module."""
    tree = ast.parse(path.read_text())
    found = [*_ending_with_a_full_stop(tree), *_handed_on(tree), *_reasons(tree)]
    if path.name == "schedule.py":
        found += [each for each in _strings(tree) if " " in _text(each) and not _is_span(each)]
    texts = {text for each in found for text in _with_samples(each)}
    return {text for text in texts - INTERNAL if text}


def all_said() -> set[str]:
    modules = (path for path in FEEDS.rglob("*.py") if not {*path.parts} & {*SILENT})
    return set().union(*map(said_in, modules))


def half_sentences() -> set[str]:
    """Why a document could not be read."""
    tree = ast.parse((FEEDS / "parsing" / "isolation.py").read_text())
    crashes = (
        each.args[0]
        for each in ast.walk(tree)
        if isinstance(each, ast.Call) and _name(each.func) == "CrashedError" and each.args
    )
    return {text for each in crashes for text in _with_samples(each)}


def _ending_with_a_full_stop(tree: ast.Module) -> Iterator[ast.expr]:
    for each in _strings(tree):
        text = _text(each)
        if " " in text.strip(": ") and text.endswith((".", "{quote}")):
            yield each


def _handed_on(tree: ast.Module) -> Iterator[ast.expr]:
    """To those who tell people, whatever it ends with."""
    for each in ast.walk(tree):
        if not isinstance(each, ast.Call):
            continue
        name = _name(each.func)
        is_error = name.endswith("Error") and name not in HALF
        place = 0 if is_error else SPOKEN_AT.get(name)
        if place is not None and len(each.args) > place:
            yield each.args[place]
        yield from (word.value for word in each.keywords if word.arg in {"problem", *REASONS})


def _reasons(tree: ast.Module) -> Iterator[ast.expr]:
    """Values of the columns that hold one."""
    for each in ast.walk(tree):
        if isinstance(each, ast.Dict):
            pairs = zip(each.keys, each.values, strict=True)
            yield from (value for key, value in pairs if key and _name(key) in REASONS)
        if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Subscript):
            yield from [each.value] if _name(each.targets[0].slice) in REASONS else []


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Constant(value=str(name)):
            return name
    return ""


def _strings(tree: ast.Module) -> Iterator[ast.expr]:
    """But for docstrings, and what stands within an f-string."""
    skipped = {
        id(inner)
        for each in ast.walk(tree)
        if isinstance(each, ast.Expr | ast.JoinedStr)
        for inner in ast.walk(each)
        if inner is not each and (isinstance(each, ast.JoinedStr) or inner is each.value)
    }
    for each in ast.walk(tree):
        if isinstance(each, ast.expr) and _is_text(each) and id(each) not in skipped:
            yield each


def _is_text(node: ast.expr) -> bool:
    constant = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return constant or isinstance(node, ast.JoinedStr)


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value)}}}"
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _is_span(node: ast.expr) -> bool:
    return _text(node).startswith("{") and _text(node).endswith((" min", " h", " days"))


def _with_samples(node: ast.expr) -> Iterator[str]:
    if not _is_text(node):
        return
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    for chosen in product(*map(_samples, parts)):
        yield "".join(chosen).strip("; ")


def _samples(part: ast.expr) -> tuple[str, ...]:
    if isinstance(part, ast.FormattedValue):
        meant = ast.unparse(part.value)
        return ("3 h",) if meant.startswith("_span(") else SAMPLES.get(meant, ("7",))
    return (_text(part).replace("{}", "3 h"),)
