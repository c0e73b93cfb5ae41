"""How text is made comparable: one letter stays one letter, so that places in it stay true."""

import codecs
import re
import unicodedata

# Letters that Unicode does not take apart. One for one: every offset must survive.
_SINGLE = {"ß": "s", "ẞ": "s", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ŀ": "l"}
_SINGLE |= {"’": "'", "‘": "'", "ʼ": "'", "´": "'", "`": "'", "′": "'"}
_SINGLE |= {"–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-", "\xad": "-"}
_SINGLE |= {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
_SPACES = "\xa0\t\r\f\v\u2002\u2003\u2007\u2009\u200a\u202f\u2060\u3000"


def _base(letter: str) -> str:
    """The lower-case letter without its marks, or the letter itself when that is not one letter."""
    parts = [c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c)]
    base = "".join(parts).lower()
    return base if len(base) == 1 else letter.lower() if len(letter.lower()) == 1 else letter


def _table() -> dict[int, str]:
    letters = {code: _base(chr(code)) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))}
    letters |= {code: _base(chr(code)) for code in range(0xFF01, 0xFF5F)}
    letters |= {ord(letter): plain for letter, plain in _SINGLE.items()}
    return letters | {ord(space): " " for space in _SPACES}


_TABLE = _table()

# Nearly all texts are written in these 256 signs; through one byte each they are levelled six
# times faster than through the table of all letters.
_USUAL = (
    "".join(map(chr, range(0x80)))
    + "".join(map(chr, range(0xA0, 0x100)))
    + "ČčŠšŽžĆćĐđŒœŸ’‘“”„–—‑…€•\u2009\u202f\u200b\ufeff→"
)
_SINGLE_BYTES = codecs.charmap_build(_USUAL.ljust(256, "\ufffe"))
_LEVELLED = "".join(_TABLE.get(ord(letter), letter) for letter in _USUAL).ljust(256, "\ufffe")
_SHARP_S = str.maketrans({"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"})
_WORD = re.compile(r"[^\W_]+")


def word_set(listed: str) -> frozenset[str]:
    """The words of a list that is written as one line."""
    return frozenset(listed.split())


def composed(text: str) -> str:
    """Text with letters and their marks in one character each (NFC)."""
    return unicodedata.normalize("NFC", text)


def levelled(text: str) -> str:
    """Lower case, no accents, plain quotes, dashes and spaces; exactly as long as the text."""
    if text.isascii():
        return text.translate(_TABLE)
    try:
        one_byte_each, _ = codecs.charmap_encode(text, "strict", _SINGLE_BYTES)
    except UnicodeEncodeError:
        return text.translate(_TABLE)
    return codecs.charmap_decode(one_byte_each, "strict", _LEVELLED)[0]


def folded(text: str) -> str:
    """Like `levelled`, but ß is ss and œ is oe as people type them; the length may change.

    Folding what is folded changes nothing.
    """
    if text.isascii():
        lower = text.lower()
        return lower if lower.isalnum() else lower.translate(_TABLE)
    # Taking apart may uncover capitals (㎆ is MB), lowering them may uncover marks (İ).
    apart = unicodedata.normalize("NFKD", text.translate(_SHARP_S)).casefold()
    plain = unicodedata.normalize("NFKD", apart)
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_TABLE)


def words_of(text: str) -> list[str]:
    """The words and numbers in a text, in order."""
    return _WORD.findall(text)
