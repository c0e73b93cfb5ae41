from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from advocacy.calls.asking.paragraphs import Paragraph, as_text, from_pages, from_text

words = st.text("abcdefgABCDEč-.,;()§ 0123456789\n\t\r\u00a0\u2028\x0c", max_size=300)
beginnings = st.sampled_from(
    ["", "Art. 3 ", "(2) ", "§ 5\n", "1.2.3 ", "a) ", "4. člen ", "Art. 3\n(2) "]
)


def whole(found: Iterable[Paragraph]) -> str:
    return "".join(f"{each.label}{each.text}" for each in found)


def said(text: str) -> str:
    return "".join(text.split())


@given(st.lists(st.tuples(beginnings, words)))
def test_splitting_loses_no_word(blocks: list[tuple[str, str]]):
    text = "\n\n".join(begin + block for begin, block in blocks)
    found = from_text(text)
    assert said(whole(found)) == said(text)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert all(each.text == each.text.strip() != "" for each in found)


@given(st.lists(st.tuples(beginnings, words)))
def test_what_is_shown_to_be_corrected_comes_back_as_it_was(blocks: list[tuple[str, str]]):
    found = from_text("\n\n".join(begin + block for begin, block in blocks))
    assert from_text(as_text(found)) == found


@given(st.lists(st.text("abcABC.č \n", max_size=200), max_size=1))
def test_the_lines_of_a_page_lose_no_word(pages: list[str]):
    found = from_pages(pages)
    assert said(whole(found)) == said("".join(pages))


@given(st.lists(st.lists(st.text("abcč-.", min_size=1, max_size=12), max_size=30), max_size=1))
def test_of_a_page_nothing_but_hyphens_at_line_ends_is_lost(pages: list[list[str]]):
    text = ["\n".join(lines) for lines in pages]
    kept = said(whole(from_pages(text)))
    assert kept.replace("-", "") == said("".join(text)).replace("-", "")


def labels(text: str) -> list[tuple[str, str]]:
    return [(each.label, each.text) for each in from_text(text)]


def test_blank_lines_separate_paragraphs_and_single_ones_stay():
    assert labels("Erster\nSatz.\n \t\nZweiter.\r\n\r\n\r\nDritter.") == [
        ("", "Erster\nSatz."),
        ("", "Zweiter."),
        ("", "Dritter."),
    ]


def test_a_text_that_counts_its_paragraphs_gives_their_labels():
    counted = {
        "Art. 3 Die Länder": "Art. 3",
        "Art. 3 (2) Die Länder": "Art. 3 (2)",
        "Artikel 12a Ziele": "Artikel 12a",
        "Article 4: Aims": "Article 4:",
        "Articolo 7 Obiettivi": "Articolo 7",
        "§ 5 Abs. 2 Wölfe": "§ 5 Abs. 2",
        "(2) Die Länder": "(2)",
        "a) Weiden": "a)",
        "1.2.3 Weiden": "1.2.3",
        "5. člen Pašniki": "5. člen",
        "IV. Schluss": "IV.",
        "3. Weiden": "3.",
    }
    assert {text: from_text(text)[0].label for text in counted} == counted


def test_what_only_looks_like_a_label_stays_text():
    for text in (
        "3. Dezember 2026",
        "3. decembra",
        "2026",
        "Art. 3",
        "(siehe Seite 2)",
        "Artenschutz 3 ha",
    ):
        assert labels(text) == [("", text)]


PAGES = [
    "Amt der Musterregierung\n"
    "Art. 1 Die Mitgliedstaaten schützen die Herden auf den Almen der Alpen-\n"
    "region und fördern den Herdenschutz sowie die Land- und Forstwirt-\n"
    "schaft.\n"
    "Art. 2 Die Kosten werden von den Ländern getragen, soweit sie nicht nach\n"
    "Art. 5 von anderer Seite ersetzt werden; dabei gilt, dass die Gemeinden\n"
    "Seite 1 von 3",
    "Amt der Musterregierung\n"
    "vorher zu hören sind.\n"
    "Schlussbestimmungen\n"
    "Diese Verordnung tritt am Tag nach ihrer Kundmachung im Amtsblatt in Kraft.\n"
    "Seite 2 von 3",
    "Amt der Musterregierung\n(2) Sie gilt fünf Jahre.\nSeite 3 von 3",
]


def test_the_lines_of_a_pdf_become_paragraphs_without_running_heads():
    assert [(each.label, each.text) for each in from_pages(PAGES)] == [
        (
            "Art. 1",
            "Die Mitgliedstaaten schützen die Herden auf den Almen der Alpenregion und fördern "
            "den Herdenschutz sowie die Land- und Forstwirtschaft.",
        ),
        (
            "Art. 2",
            "Die Kosten werden von den Ländern getragen, soweit sie nicht nach Art. 5 von anderer "
            "Seite ersetzt werden; dabei gilt, dass die Gemeinden vorher zu hören sind.",
        ),
        ("", "Schlussbestimmungen"),
        ("", "Diese Verordnung tritt am Tag nach ihrer Kundmachung im Amtsblatt in Kraft."),
        ("(2)", "Sie gilt fünf Jahre."),
    ]


def test_an_ordinary_first_line_is_no_running_head():
    pages = ["Die Almen.\nEnde eins.", "Die Wälder.\nEnde zwei.", "Die Gewässer.\nEnde drei."]
    assert said(whole(from_pages(pages))) == said("".join(pages))
