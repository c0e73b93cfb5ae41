"""What a form for other words shows, and what was typed into it. Pure.

People read and change the words without citations; these are carried over to what they propose.
"""

from dataclasses import dataclass

from advocacy.errors import Invalid, NotFound
from advocacy.positions import forms, rules
from advocacy.positions.proposing import places
from advocacy.positions.word.carrying import carried
from advocacy.positions.word.lines import shown
from advocacy.positions.writing.merging import Draft

AFTER = "after-"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a text that somebody wants changed. `words` with citations, as they are kept;
    `path`: as addresses name it; `after`: the paragraph that a new one follows.
    """

    key: str
    path: str
    words: str
    number: int | None
    after: str = ""
    is_new: bool = False

    @property
    def shown(self) -> str:
        return shown(self.words) if rules.is_key(self.key) else self.words

    @property
    def ask(self) -> int | None:
        return places.asked(self.key)

    @property
    def is_title(self) -> bool:
        return self.key == places.TITLE


def spot(draft: Draft, path: str) -> Spot:
    """`path`: a paragraph's key, "title", "ask-1", or "after-k1" for a new paragraph there."""
    numbers = {key: n for n, (key, _) in enumerate(draft.paragraphs, 1)}
    if path.startswith(AFTER):
        after = path.removeprefix(AFTER)
        if after and after not in numbers:
            raise NotFound("There is no such paragraph")
        return Spot(forms.new_key(), path, "", numbers.get(after), after, is_new=True)
    words = places.words_at(draft, path) if places.is_place(path) else None
    if words is None:
        raise NotFound("There is no such paragraph")
    return Spot(path, path, words, numbers.get(path))


def wanted(there: Spot, typed: str) -> str:
    """The words as they are kept. Nothing typed: the place is to be taken out."""
    text = forms.clean(typed)
    if not text or not rules.is_key(there.key):
        return text
    if len(text) > rules.LONGEST_PARAGRAPH:  # before anything is compared, which takes time
        raise Invalid({"text": rules.too_long(len(text), rules.LONGEST_PARAGRAPH)})
    return carried(there.words, there.shown, text)
