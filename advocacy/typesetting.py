"""Papers as PDF, set by Typst from the templates in templates/documents."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime
from typing import Any, Literal

import typst

from advocacy.settings import ROOT

TEMPLATES = ROOT / "templates" / "documents"
# XML 1.0, section 2.2: what a Word file cannot hold. Lone surrogates are no text at all.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# Two: somebody's one sheet does not wait for a pile of two hundred.
_PRESS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="typesetting")


async def in_turn(make: Callable[[], bytes]) -> bytes:
    """In a thread, two at a time, the others wait; `make` speaks the language in use here."""
    context = copy_context()
    return await asyncio.get_running_loop().run_in_executor(_PRESS, context.run, make)


def printable(text: str) -> str:
    """Without what no document can hold (a Word file would not open); one kind of line end."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def compiled(template: str, content: Mapping[str, Any], *, made: datetime) -> bytes:
    """PDF/UA-1 (accessible), the same bytes for the same content and the same `made`.

    `content` (what JSON holds) is data to the template, so nothing in it is read as markup. A
    character that no bundled font has (an emoji, a Chinese name) is shown as a box, and the file
    then is a tagged PDF that does not claim PDF/UA, which forbids such boxes. Takes milliseconds
    and lets other threads run meanwhile.
    """
    said = json.dumps(_printable(content))
    try:
        return _compile(template, said, made, "ua-1")
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(template, said, made, None)


def _compile(
    template: str, content: str, made: datetime, standard: Literal["ua-1"] | None
) -> bytes:
    return typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        sys_inputs={"content": content},
        # The same on every machine: bundled fonts, the date of the text.
        ignore_system_fonts=True,
        timestamp=made.replace(microsecond=0),
        pdf_standards=standard,
    )


def _printable(value: Any) -> Any:  # whatever JSON holds
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(item) for item in value]
    return value
