"""Which version, and which person, brought each sentence of a text. Pure.

A sentence is known by its words: that somebody cites another answer, or moves it into another
paragraph, does not make it theirs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from advocacy.provenance import Paragraphs, Sentence, parse, without_citations
from advocacy.provenance.differences import matcher


@dataclass(frozen=True, slots=True)
class Written:
    """A version as it was saved: `person` is the name of whoever saved it."""

    number: int
    person: str
    paragraphs: Paragraphs


class Brought(NamedTuple):
    sentence: Sentence
    version: int
    person: str


_Origin = tuple[int, str]
_Sentences = list[tuple[str, _Origin]]
"""The words of each sentence of a paragraph, with the version that brought them."""


@dataclass(frozen=True, slots=True)
class _Known:
    text: str
    sentences: _Sentences


def blame(versions: Sequence[Written]) -> dict[str, list[Brought]]:
    """By key of the paragraph, for the last of `versions`, which stand the oldest first."""
    known: Mapping[str, _Known] = {}
    for version in versions:
        known = _after(known, version)
    return {
        key: [
            Brought(sentence, *origin)
            for sentence, (_, origin) in zip(parse(each.text), each.sentences, strict=True)
        ]
        for key, each in known.items()
    }


def _after(before: Mapping[str, _Known], version: Written) -> dict[str, _Known]:
    anywhere: dict[str, _Origin] = {}
    for paragraph in before.values():
        for words, origin in paragraph.sentences:
            anywhere[words] = min(origin, anywhere.get(words, origin))
    own = (version.number, version.person)
    return {
        key: _one(before.get(key, _Known("", [])), text, anywhere, own)
        for key, text in version.paragraphs
    }


def _one(before: _Known, text: str, anywhere: Mapping[str, _Origin], own: _Origin) -> _Known:
    """Where it stood decides; what was moved is looked for in the whole text."""
    if text == before.text:  # most of them, from one version to the next
        return before
    words = _words(text)
    origins = [anywhere.get(each, own) if each else own for each in words]
    was = [said for said, _ in before.sentences]
    for a, b, size in matcher(was, words).get_matching_blocks():
        origins[b : b + size] = [origin for _, origin in before.sentences[a : a + size]]
    return _Known(text, list(zip(words, origins, strict=True)))


def _words(text: str) -> list[str]:
    return [" ".join(without_citations(each.text).split()) for each in parse(text)]
