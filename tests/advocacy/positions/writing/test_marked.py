from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from advocacy.positions.writing.marked import Block, BlockKind, Run, html, spans
from advocacy.templating import markdown

TEXTS = st.text(alphabet="ab *_[]()@1.2>-#`\\<&\n\t \u2e28\u2e290", max_size=80)


def sup(cited: tuple[str, ...]) -> Markup:
    return Markup("<sup>{}</sup>").format(" ".join(cited))


def test_bold_italic_lists_links_and_quotations_are_shown():
    text = "**Ja** *so*: [hier](https://a.example)\n\n- eins\n- zwei\n\n> sagt man"
    assert html(text) == (
        '<p><strong>Ja</strong> <em>so</em>: <a href="https://a.example" '
        'rel="noopener noreferrer nofollow">hier</a></p>\n'
        "<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"
        "<blockquote>\n<p>sagt man</p>\n</blockquote>\n"
    )


def test_nothing_else_is_a_sign():
    assert html("# 5 ist `eine` Nummer") == "<p># 5 ist `eine` Nummer</p>\n"
    assert html("![x](https://a.example/x.png)").count("<img") == 0


def test_a_day_that_begins_a_line_keeps_its_number():
    assert html("3. Dezember") == '<ol start="3">\n<li>Dezember</li>\n</ol>\n'
    assert spans("3. Dezember") == [Block(BlockKind.NUMBERED, (Run("Dezember"),), number=3)]


def test_markup_and_dangerous_addresses_stay_words():
    assert html("<script>x</script>") == "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"
    for address in ("javascript:alert(1)", "data:text/html,x", "vbscript:x"):
        assert "href" not in html(f"[x]({address})")


def test_citations_are_left_out_or_shown_where_they_stand():
    text = "Die Kosten [@1.2 @3.4].\n- [@own] eins\n- zwei [@5.6]"
    assert "@" not in html(text)
    assert html(text, sup) == (
        "<p>Die Kosten<sup>@1.2 @3.4</sup>.</p>\n"
        "<ul>\n<li><sup>@own</sup> eins</li>\n<li>zwei<sup>@5.6</sup></li>\n</ul>\n"
    )


def test_a_mark_on_a_line_of_its_own_belongs_to_the_line_before():
    assert html("Eins.\n[@1.2]\nZwei.", sup) == "<p>Eins.<sup>@1.2</sup><br>\nZwei.</p>\n"


def test_documents_get_blocks_of_runs():
    text = "Die **Kosten** [@1.2].\nNeu\n\n- a\n  - b\n\n> q"
    assert spans(text) == [
        Block(BlockKind.PARAGRAPH, (Run("Die "), Run("Kosten", bold=True), Run(".\nNeu"))),
        Block(BlockKind.BULLET, (Run("a"),)),
        Block(BlockKind.BULLET, (Run("b"),), depth=1),
        Block(BlockKind.QUOTATION, (Run("q"),)),
    ]


def test_documents_may_have_the_citations_between_the_runs():
    assert spans("Ja **so [@1.2]** doch.", with_citations=True) == [
        Block(
            BlockKind.PARAGRAPH,
            (Run("Ja "), Run("so", bold=True), Run("", cited=("@1.2",)), Run(" doch.")),
        )
    ]


def test_a_second_paragraph_of_an_item_has_no_sign_of_its_own():
    found = [(each.kind, each.goes_on) for each in spans("- a\n\n  b\n- c")]
    assert found == [
        (BlockKind.BULLET, False),
        (BlockKind.BULLET, True),
        (BlockKind.BULLET, False),
    ]


@given(TEXTS)
@example("[@1.2][@1.2](b)")
@example("- [@1.2]\n[@")
def test_no_text_breaks_a_page_or_a_document(text: str):
    for shown in (html(text), html(text, sup)):
        assert "<script" not in shown
        assert "<img" not in shown
    assert "\u2e28" not in html(text, sup)
    for with_citations in (False, True):
        for block in spans(text, with_citations=with_citations):
            assert block.runs
            for run in block.runs:
                assert bool(run.text) != bool(run.cited or not run.text)
                assert "\u2e28" not in run.text


@given(st.text(alphabet="ab *.\n->", max_size=60))
def test_papers_have_the_words_of_the_page(text: str):
    paper = "".join(run.text for block in spans(text) for run in block.runs)
    assert "".join(paper.split()) == "".join(markdown(text).striptags().split())


def test_bold_ends_where_its_stars_stand_even_before_a_citation():
    assert spans("**Fett.** [@1.2] Und.", with_citations=True)[0].runs == (
        Run("Fett.", bold=True),
        Run("", cited=("@1.2",)),
        Run(" Und."),
    )
