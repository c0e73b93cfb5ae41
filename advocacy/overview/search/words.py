"""The words of a query, as the texts of each language hold them. Pure."""

import re

from advocacy import texts
from feeds.reading.folding import search_words

LONGEST_QUERY = 200
LONG = 9  # letters: of such a word the beginning tells enough
_ENDING = re.compile(r"(?:[aeiou]?[mnrshj]|[aeiou])$")


def wordings(query: str) -> list[list[str]]:
    """The words to look for, once per language in which they may stand in the text.

    Also with capitals: German dictionary forms tell "Wolf" from "wolfen" by them.
    """
    asked = query[:LONGEST_QUERY]
    found = [
        search_words(each, language=language)
        for language in (*texts.LANGUAGES, None)
        for each in (asked, asked.title())
    ]
    found.append([_without_ending(word) for word in found[-1]])
    return [list(words) for words in dict.fromkeys(tuple(each) for each in found) if words]


def _without_ending(word: str) -> str:
    """For words that stand in no dictionary: "Großraubtieren" finds "Großraubtiere"."""
    return _ENDING.sub("", word) if len(word) >= LONG else word
