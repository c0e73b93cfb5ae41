"""The docs are true: `python -m tests.architecture.docs`.

Every link leads somewhere, every path and make target that is named exists, the README has the
operator's words that the command line has, and the changelog has a line for this version.
"""

import re
import sys
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

from advocacy.__main__ import parser

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *sorted((ROOT / "docs").glob("*.md")),
]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")
NAMED = re.compile(r"`((?:advocacy|feeds|templates|tests|migrations|docs)/[\w./*-]+)`")
MADE = re.compile(r"`?make ([a-z]+)`?")


def dead_links() -> Iterator[str]:
    for page in PAGES:
        for target in LINK.findall(page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page.name}: leads nowhere: {target}"


def missing_paths() -> Iterator[str]:
    for page in PAGES:
        for path in NAMED.findall(page.read_text()):
            if not any(ROOT.glob(path.rstrip("/"))) and not any(ROOT.glob(f"{path}.py")):
                yield f"{page.name}: is not there: {path}"


def missing_targets() -> Iterator[str]:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for page in PAGES:
        for line in page.read_text().splitlines():
            for name in MADE.findall(line) if "    make " in line or "`make " in line else ():
                if name not in targets and name not in {"check", "test"}:
                    yield f"{page.name}: no such target: make {name}"


def commands(made: ArgumentParser) -> Iterator[str]:
    for action in made._actions:
        if action.choices and hasattr(action.choices, "items"):
            yield from action.choices
            for below in action.choices.values():
                yield from commands(below)


def unsaid_commands() -> Iterator[str]:
    readme = (ROOT / "README.md").read_text()
    for name in sorted(set(commands(parser()))):
        if not re.search(rf"\b{re.escape(name)}\b", readme):
            yield f"README.md: does not say: {name}"


def missing_version() -> Iterator[str]:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    if f"## {version}" not in (ROOT / "CHANGELOG.md").read_text():
        yield f"CHANGELOG.md: nothing about {version}"


def problems() -> list[str]:
    checks = (dead_links, missing_paths, missing_targets, unsaid_commands, missing_version)
    return [problem for check in checks for problem in check()]


if __name__ == "__main__":
    found = problems()
    print("\n".join(found) or "docs: as the house is", file=sys.stderr)
    raise SystemExit(1 if found else 0)
