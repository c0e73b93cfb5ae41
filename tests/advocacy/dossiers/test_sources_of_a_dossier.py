from hypothesis import given
from hypothesis import strategies as some

from advocacy.dossiers.sources import WORD_BY_WORD, changed, pieces

texts = some.one_of(
    some.text(max_size=60),
    some.lists(some.sampled_from(["one\n", "two\n", "three three\n", ""]), max_size=9).map("".join),
)


@given(texts, texts)
def test_the_pieces_give_both_texts_exactly(before: str, after: str):
    for old, new in ((before, after), (before * WORD_BY_WORD, after)):
        found = pieces(old[:9000], new)
        assert "".join(text for kind, text in found if kind != "ins") == old[:9000]
        assert "".join(text for kind, text in found if kind != "del") == new


def test_what_readers_see_is_shown_and_the_rest_is_not():
    said = changed(
        {"html": ["<p>", "<b>"], "title": ["Old", "New"], "enclosures": [[{"address": "a"}], []]}
    )
    assert [each.field.text for each in said] == ["Title", "Attached files"]
    assert said[1].pieces == (("del", "a"),)
    assert changed({}) == ()
    [day] = changed({"published": [None, "2026-11-23"]})
    assert day.pieces == (("ins", "2026-11-23"),)
