"""Where a text's sentences begin and end, dates and abbreviations left whole."""

import re
from collections.abc import Iterator

from feeds.reading.letters import word_set

_ABBREVIATIONS = word_set(
    "art abs nr no n bzw ca dr st inkl resp ev etc lit ziff ff vgl z b u a d h s sog "
    "max min mio mrd scad gg ss lett cod tel prof dott ing geom p c m mme mlle mm env "
    "al op cit cf vol st t i oz ipd npr itd tj ur l r ul sr str bundesgesetzbl bgbl "
    "rs sp gem jan feb febr mar apr jun jul aug avg sep sept okt oct nov dez dec dic "
    "janv fevr avr juil gen ott set dem e g vklj spat langst max approx incl ref para "
    "sec reg dir"
)
# Every repetition is bounded: a line of full stops must not cost the square of its length.
_BREAK = re.compile(r"[.!?][\"')\]]{0,3}\s{1,20}(?=[\"'(\[«„“]{0,3}[^\W_])|\n\s{0,40}|\s[|•]\s")
# The same for texts without cells, led by one set of signs: the engine skips to the next of them.
_PLAIN_BREAK = re.compile(
    r"[.!?\n](?:(?<=\n)\s{0,40}|(?<!\n)[\"')\]]{0,3}\s{1,20}(?=[\"'(\[«„“]{0,3}[^\W_]))"
)
_LONG_LINE = 50
_LONG_WORD = 30
_SHORT = 3  # letters or digits: "Art", "31"


def _ends_sentence(text: str, at: int, after: int) -> bool:
    """Does the full stop at `at` end a sentence, given that the next word begins at `after`?"""
    if text[at] in "!?":
        return True
    follows = text[after : after + 1]
    before = _word_before(text, at)
    if follows.isdigit():
        return (
            len(before) > _SHORT and not before.isdigit() and before.lower() not in _ABBREVIATIONS
        )
    if follows.islower():
        return False
    if before.isdigit():
        # "31. März", "81. Sitzung" go on; "31.3.2026. Es", "um 17.00. Die" end.
        return len(before) >= _SHORT or text[max(0, at - len(before) - 1) : at][:1] in ".:"
    return before.lower() not in _ABBREVIATIONS and len(before) != 1


def _word_before(text: str, at: int) -> str:
    """The letters and digits before `at`, at most 30; one line break may stand between."""
    low = max(0, at - _LONG_WORD)
    first = end = at - 1 if text[low:at].endswith("\n") else at
    while first > low and text[first - 1].isalnum():
        first -= 1
    return text[first:end]


def _line_ends(text: str, at: int, after: int, began: int) -> bool:
    """Does a line end here, or was a long line only wrapped?"""
    if "\n" in text[at + 1 : after] or after >= len(text):
        return True
    before = text[max(0, at - 1) : at]
    if text[after].islower():
        return False
    wrapped = at - max(text.rfind("\n", 0, at), 0) >= _LONG_LINE and before not in ".!?:;"
    return not wrapped and not re.search(r"\b\d{1,2}\.$", text[max(began, at - 4) : at])


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every sentence, in order; they cover the text."""
    began = 0
    cells = "|" in text or "•" in text
    for match in (_BREAK if cells else _PLAIN_BREAK).finditer(text):
        line = match[0][0] == "\n"
        mark = line or match[0].strip() in ("|", "•")
        ends = (
            _line_ends(text, match.start(), match.end(), began)
            if line
            else mark or _ends_sentence(text, match.start(), _letter_after(text, match.end()))
        )
        if ends and match.end() > began:
            yield began, match.end()
            began = match.end()
    if began < len(text):
        yield began, len(text)


def _letter_after(text: str, at: int) -> int:
    while at < len(text) and text[at] in "\"'([«„“":
        at += 1
    return at
