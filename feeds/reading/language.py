"""The language of a text, among the five of the network."""

from functools import cache
from typing import TYPE_CHECKING

from feeds.reading.lemmas import LANGUAGES
from feeds.reading.letters import words_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_READ = 400  # characters; more change nothing
_LETTERS_TO_TELL = 8
_SURE = 0.6
# To overrule what a source declares the text must be long and leave no doubt.
_LETTERS_TO_OVERRULE = 60
_CERTAIN = 0.99

# Small words that only one of the five languages has. So many of one, and none of another, settle
# nearly every text before the model is asked (or even loaded).
_SMALL_WORDS = {
    "en": "the of and is for with that by are be this from as which it have has been their its "
    "shall these those into than not was were",
    "de": "der und ist nicht für mit auf von zu den dem im über werden wird sich bei nach aus "
    "oder auch zur zum vom durch eine einer einen wurde sind hat ihre diese dieser",
    "fr": "les et est dans pour par sur une du aux au que qui pas cette être avec sont ont ces "
    "leur leurs plus été ou",
    "it": "il di che della dei delle degli alla nel nella sono per gli è più dal dalla sul sulla "
    "ed anche questo questa e",
    "sl": "ki ter bo pri kot ali tudi če pa iz ob od lahko bodo so kar med zaradi katere kateri "
    "njihovo smo bil bila nad na za",
}
_ENOUGH = 5
_HARDLY_ANY = 4  # times as many of the declared language as of the others together

# Names alone ("Ana Muster, Luca Beispiel") have no language. German nouns with such an ending,
# capitals or not, are no names.
_MOST_NAMES = 8
_SURE_OF_NAMES = 0.95
_NO_NAME = ("ung", "ungen", "heit", "keit", "schaft", "gesetz", "gesetze", "schutz", "tion", "plan")


def _words_of_one() -> dict[str, str]:
    listed = [(word, code) for code, words in _SMALL_WORDS.items() for word in words.split()]
    return dict(listed)


_LANGUAGE_OF = _words_of_one()


@cache
def _identifier() -> "LanguageIdentifier":
    """py3langid with our languages only: about 75 MB and 0.8 s, once in a process.

    Narrowed before it is built: the weights of the other 137 languages would stay with it.
    Measured on 192 sentences of notices: 191 right in 0.08 ms each; simplemma's counting of known
    words 190 in 0.14 ms, with all five dictionaries in memory.
    """
    import numpy as np
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier
    from py3langid.modelio import load_model

    weights, priors, codes, moves, rows, output = load_model(MODEL_DIR / MODEL_FILE)
    ours = [place for place, code in enumerate(codes) if code in LANGUAGES]
    return LanguageIdentifier(
        np.ascontiguousarray(weights[:, ours]),
        priors[ours],
        [codes[place] for place in ours],
        moves,
        output,
        norm_probs=True,
        tk_row=rows,
    )


def _by_small_words(sample: str, known: str | None = None) -> str | None:
    """The language whose small words stand in the sample, when those of no other do.

    That of a `known` language: when hardly any of the others do.
    """
    found = [_LANGUAGE_OF[word] for word in sample.lower().split() if word in _LANGUAGE_OF]
    if len(found) < _ENOUGH:
        return None
    if len(set(found)) == 1:
        return found[0]
    own = found.count(known) if known else 0
    return known if own >= _ENOUGH and own >= _HARDLY_ANY * (len(found) - own) else None


def _only_names(sample: str) -> bool:
    """May the words be nothing but names: few, and each with a capital?"""
    words = words_of(sample)
    if not 1 < len(words) <= _MOST_NAMES or sample.isupper():
        return False
    return all(word[0].isupper() and not word.endswith(_NO_NAME) for word in words)


def detect(text: str, *, declared: str | None = None) -> str | None:
    """The code of the language, one of ours (`LANGUAGES`), or None.

    None: nothing is declared and the text is too short to tell, or nothing but names. A declared
    language ("de-AT") wins unless the text clearly says otherwise.
    """
    named = (declared or "").replace("_", "-").split("-")[0].strip().lower()
    known = named if named in LANGUAGES else None
    sample = text[:_READ]
    plain = _by_small_words(sample, known)
    if plain and known in (plain, None):
        return plain
    letters = sum(map(str.isalpha, sample))
    if letters < (_LETTERS_TO_OVERRULE if known else _LETTERS_TO_TELL):
        return known
    found, probability = _identifier().classify(sample)
    sure = _SURE_OF_NAMES if _only_names(sample) else _SURE
    return str(found) if probability >= (_CERTAIN if known else sure) else known
