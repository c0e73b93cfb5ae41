"""Lines that a program has wrapped become the paragraphs that were typed (RFC 3676)."""

import re

_QUOTED = re.compile(r"(>*)( ?)(.*)", re.DOTALL)
SIGNATURE = "-- "


def unfolded(text: str, *, delsp: bool) -> str:
    """A line that ends with a space goes on in the next of the same depth of quotation."""
    made: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        depth, rest = _parted(line)
        if open_depth == depth and rest != SIGNATURE:
            made[-1] += rest
        else:
            made.append(">" * depth + (" " if depth else "") + rest)
        flows = rest.endswith(" ") and rest != SIGNATURE
        open_depth = depth if flows else None
        if flows and delsp:
            made[-1] = made[-1][:-1]
    return "\n".join(made)


def _parted(line: str) -> tuple[int, str]:
    """The depth of quotation, and the line without its stuffing."""
    found = _QUOTED.fullmatch(line)
    assert found is not None  # noqa: S101  the pattern takes every line
    return len(found[1]), found[3]
