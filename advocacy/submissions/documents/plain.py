"""The text for a form field of a portal that counts characters."""

from collections.abc import Iterator

from advocacy.positions.writing.marked import Block, BlockKind, spans
from advocacy.submissions.documents.text import SubmissionText
from advocacy.typesetting import printable


def plain_of(text: str) -> str:
    """Markdown-light as a field without any form shows it best; without citations."""
    said: list[str] = []
    before: Block | None = None
    for block in spans(printable(text)):
        words = "".join(
            f"{run.text} ({run.href})" if run.href and run.href != run.text else run.text
            for run in block.runs
        ).strip()
        if before is not None:
            said.append("\n" if _sign(block) and _sign(before) else "\n\n")
        said.append("  " * block.depth + _sign(block) + words)
        before = block
    return "".join(said)


def _sign(block: Block) -> str:
    if block.goes_on:
        return ""
    if block.kind is BlockKind.NUMBERED:
        return f"{block.number}) "
    return "- " if block.kind is BlockKind.BULLET else ""


def _blocks(text: SubmissionText) -> Iterator[str]:
    yield text.title
    for paragraph in text.paragraphs:
        yield f"{paragraph.number}. {plain_of(paragraph.text)}"
    if text.asks:
        asks = (f"{n}. {plain_of(ask)}" for n, ask in text.asks)
        yield "\n".join([text.labels["asks"], *asks])
    yield "\n".join([text.network, *text.signatories])


def plain_text(text: SubmissionText, limit: int | None = None) -> str:
    """Title, paragraphs, asks, signatures; without sources and annex.

    An approved text is never cut: ValueError if it has more characters than `limit`.
    """
    plain = "\n\n".join(printable(block).strip() for block in _blocks(text))
    if limit is not None and len(plain) > limit:
        raise ValueError(f"{len(plain)} characters do not fit into {limit}")
    return plain


def fits(text: SubmissionText, limit: int | None) -> tuple[bool, int]:
    """Whether the plain text fits the channel, and how many characters it has.

    Characters are Unicode code points, as most portals count them; a line end is one.
    """
    length = len(plain_text(text))
    return limit is None or length <= limit, length
