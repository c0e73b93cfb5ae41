"""The draft that the Word files of this folder were made from, and the files."""

from pathlib import Path

from advocacy.positions.word.lines import Line, lines_of
from advocacy.positions.word.reading import Changed, changes, read
from advocacy.positions.writing.merging import Ask, Draft

FILES = Path(__file__).parent / "files"
DRAFT = Draft(
    "Großraubtiere",
    [
        (
            "k1",
            "Die Gemeinden leben mit **Großraubtieren**. [@own] "
            "Die Kosten sind voll zu tragen [@17.1].",
        ),
        (
            "k2",
            "Was zählt:\n\n- Zäune *vor* dem Sommer\n- [Hirten](https://hirten.example/)\n\n"
            "Ende. [@17.2]",
        ),
        ("k3", "Eine Überprüfung wird verlangt. [@17.1]"),
        ("k4", "Zuletzt steht dies."),
    ],
    [Ask(1, "k1", "Volle Kostendeckung"), Ask(2, "k3", "Überprüfung nach drei Jahren")],
)
LINES: list[Line] = lines_of(DRAFT)


def content(name: str) -> bytes:
    return (FILES / f"{name}.docx").read_bytes()


def changed(name: str) -> list[Changed]:
    return changes(read(f"{name}.docx", content(name)), LINES)


def said(name: str) -> list[tuple[str, str, str, str, str]]:
    """Author, kind, key, what it says now, after which key."""
    return [
        (each.author, one.kind.value, one.key, one.text, one.after)
        for each in changed(name)
        for one in each.differences
    ]
