"""What feeds/ says of a source, in the reader's language.

A sentence is kept as it was said, in English and with its values. Here it is recognised by its
words, and said again with the same values. What was quoted in it stays as it is.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from advocacy import texts
from advocacy.errors import Message
from advocacy.overview.sentences import REASONS, SENTENCES, SPANS, Counted, Sentence

_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
_VALUES = {
    **dict.fromkeys(("num", "status", "port", "size"), "[0-9]+"),
    "seconds": r"[0-9]+(?:\.[0-9]+)?",
    "span": "[0-9]+ (?:min|h|days?)",
}
# Sentences stand side by side; a semicolon joins the reasons for a rhythm.
_JOINED = re.compile(r"(?<=\.) |; ")


@dataclass(frozen=True, slots=True)
class _Template:
    sentence: Sentence
    patterns: tuple[re.Pattern[str], ...]

    def values_in(self, text: str) -> dict[str, str] | None:
        """None: `text` is another sentence."""
        found = next(filter(None, (each.fullmatch(text) for each in self.patterns)), None)
        return found.groupdict() if found else None


def told(sentence: str) -> tuple[str, bool]:
    """A text of feeds/ in the language in use, and whether it is; else as it was said, in English.

    A text of several sentences or reasons is translated as a whole or not at all.
    """
    said = _several(sentence)
    return (sentence, False) if said is None else (said, True)


def as_message(sentence: str) -> Message:
    """One sentence of feeds/, to be said later. One that is not known stays as it is."""
    for template, values in templates_of(sentence):
        if isinstance(template, Message):
            return Message(template.text, values)
    return Message(sentence)


@lru_cache(maxsize=1024)
def templates_of(text: str) -> tuple[tuple[Sentence, dict[str, str]], ...]:
    """The sentence that `text` is, with its values; none when it is not known, or several."""
    return _matching(text, _SENTENCES)


def _several(text: str) -> str | None:
    """Part by part, the first part as short as it can be; else `text` as one."""
    for joint in _JOINED.finditer(text):
        first = _one(text[: joint.start()])
        rest = _several(text[joint.end() :]) if first is not None else None
        if first is not None and rest is not None:
            return _together(first, rest, joint[0])
    return _one(text)


def _together(first: str, rest: str, joint: str) -> str:
    if joint == " ":
        return f"{first} {rest}"
    return texts.gettext("%(reason)s; %(another)s") % {"reason": first, "another": rest}


def _one(text: str) -> str | None:
    for sentence, values in templates_of(text):
        return _said(sentence, values)
    return None


def _said(sentence: Sentence, values: dict[str, str]) -> str | None:
    """None where the catalogue of the language does not have it."""
    filled: dict[str, object] = {name: _value(name, value) for name, value in values.items()}
    if isinstance(sentence, Counted):
        filled["num"] = int(values["num"])
        words = texts.ngettext(sentence.one, sentence.many, int(values["num"]))
    else:
        words = texts.gettext(sentence.text)
    # Units are written alike in several languages; a sentence never is.
    if words in _forms(sentence) and texts.language() != "en" and sentence not in SPANS:
        return None
    return words % filled if filled else words


def _value(name: str, value: str) -> str:
    """Spans and known reasons are said as well; all else is a quotation."""
    for sentence, values in _matching(value, _WITHIN.get(name, ())):
        return _said(sentence, values) or value
    return value


def _matching(
    text: str, templates: tuple[_Template, ...]
) -> tuple[tuple[Sentence, dict[str, str]], ...]:
    found = ((each.sentence, each.values_in(text)) for each in templates)
    return tuple((sentence, values) for sentence, values in found if values is not None)


def _compiled(sentences: tuple[Sentence, ...]) -> tuple[_Template, ...]:
    """The one with the most words of its own first."""
    templates = [_Template(each, tuple(map(_pattern, _forms(each)))) for each in sentences]
    return tuple(sorted(templates, key=lambda each: -_length(each.sentence)))


def _forms(sentence: Sentence) -> tuple[str, ...]:
    return (sentence.many, sentence.one) if isinstance(sentence, Counted) else (sentence.text,)


def _length(sentence: Sentence) -> int:
    return len(_PLACEHOLDER.sub("", _forms(sentence)[0]))


def _pattern(words: str) -> re.Pattern[str]:
    parts = _PLACEHOLDER.split(words)
    literals, names = parts[::2], parts[1::2]
    values = [f"(?P<{name}>{_VALUES.get(name, '.+?')})" for name in names]
    pieces = zip(map(re.escape, literals), [*values, ""], strict=True)
    return re.compile("".join(chain.from_iterable(pieces)), re.DOTALL)


_SENTENCES = _compiled(SENTENCES)
_WITHIN = {"span": _compiled(SPANS), "reason": _compiled(REASONS)}
