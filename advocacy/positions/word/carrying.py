"""Words changed in Word, put back into the text that they were made from. Pure.

A Word file shows a paragraph without its citations. What colleagues change there is carried over
to the paragraph as it is kept, so that every citation stays behind the words it stands for.
"""

import re
from collections.abc import Sequence
from itertools import accumulate

from advocacy.provenance import parse
from advocacy.provenance.differences import matcher

# A citation mark is one word, and so is each sign that is no letter.
_WORD = re.compile(r"\[[ \t]*@[^\[\]\n]*\]|\w+|\s+|[^\w\s]")

_MARK = re.compile(r"\[[ \t]*@")


def carried(kept: str, shown: str, changed: str) -> str:
    """`kept` with what became of `shown` in `changed`.

    `shown` is `kept` as the file had it. A sentence that was taken out goes with its citations;
    one that was written anew keeps them: whether they still fit is for a person to say.
    """
    if shown == changed:
        return kept
    words = _WORD.findall(shown)
    ours, ours_between = _kept(words, kept)
    theirs, theirs_between = _aligned(words, _WORD.findall(changed))
    gone = _gone(shown, words, theirs, theirs_between)
    said = ""
    for place in range(len(words) + 1):
        said += theirs_between[place]
        if not gone[place]:
            said = _with(said, ours_between[place])
        if place < len(words):
            said += ours[place] if theirs[place] == words[place] else theirs[place]
    return said


def _with(said: str, mark: str) -> str:
    """A mark clings to the word before it, however much was taken out between them."""
    if not mark.lstrip().startswith("[@"):
        return said + mark
    words = said.rstrip(" \t")
    return words + mark + said[len(words) :]


def _kept(words: Sequence[str], kept: str) -> tuple[list[str], list[str]]:
    """As _aligned, with each mark before the word that it stands before.

    The marks are put aside first: they would lead the comparison astray where words repeat.
    """
    bare: list[str] = []
    marks: dict[int, str] = {}
    for word in _WORD.findall(kept):
        if not _MARK.match(word):
            bare.append(word)
            continue
        begins_line = not bare or bare[-1].endswith("\n")
        space = bare.pop() if not begins_line and bare[-1].isspace() else ""
        marks[len(bare)] = marks.get(len(bare), "") + space + word
    if marks and not bare[:1]:
        return list(words), [*[""] * len(words), "".join(marks.values())]
    became, between = _aligned(words, bare)
    places = _places(words, bare)
    for at, mark in marks.items():
        between[places[at]] += mark
    return became, between


def _places(words: Sequence[str], bare: Sequence[str]) -> list[int]:
    """For each place between the words of `bare`: which place between `words` that is."""
    places = [0] * (len(bare) + 1)
    for tag, a, b, c, d in matcher(words, bare).get_opcodes():
        for n in range(c, d + 1):
            places[n] = a + n - c if tag == "equal" else b
    return places


def _aligned(words: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """What became of each word, and what was put before each (and behind the last)."""
    became, between = list(words), [""] * (len(words) + 1)
    for tag, a, b, c, d in matcher(words, other).get_opcodes():
        if tag == "equal":
            continue
        if a == b:
            between[a] = "".join(other[c:d])
            continue
        became[a:b] = ["".join(other[c:d]), *[""] * (b - a - 1)]
    return became, between


def _gone(
    shown: str, words: Sequence[str], became: Sequence[str], between: Sequence[str]
) -> list[bool]:
    """For each place between words: whether the sentence that ends or stands there is taken out."""
    starts = list(accumulate((len(word) for word in words), initial=0))
    gone = [False] * (len(words) + 1)
    for sentence in parse(shown):
        end = sentence.start + len(sentence.text)
        inside = [n for n in range(len(words)) if sentence.start <= starts[n] < end]
        said = [n for n in inside if not words[n].isspace()]
        left = "".join(became[n] for n in inside) + "".join(between[n] for n in inside)
        if said and not left.strip():
            for place in range(inside[0] + 1, inside[-1] + 2):
                gone[place] = True
    return gone
