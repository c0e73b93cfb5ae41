"""What was said comes back as a paper: in its own words, without the key to change them."""

import json
from datetime import datetime
from typing import Any

import pytest

from advocacy.calls.papers.receipt_pdf import receipt_pdf, size
from advocacy.calls.queries import code_of, link_of, token_of
from advocacy.deadlines import Milestone as Kind
from advocacy.dossiers.tables import Milestone
from advocacy.errors import NotFound
from tests.advocacy.calls.papers.matters import (
    MAJA,
    OFFICIAL,
    SAID,
    UNTIL,
    personal,
    read,
    said,
    whole,
)


def _ahead(kind: Kind, due: datetime) -> Milestone:
    return Milestone(window=1, kind=kind, due=due)


def test_it_returns_everything_that_was_said_and_how() -> None:
    made = receipt_pdf(
        personal(comments=json.dumps({"2": "Se strinjamo."}), call=whole(official=OFFICIAL)),
        enclosures=[("sklep občine.pdf", 123_456)],
        ahead=[_ahead(Kind.CALL_OUT, UNTIL), _ahead(Kind.PRESIDENCY, UNTIL)],
        coordinator=MAJA,
    )
    words = said(made)
    for piece in (
        *("Alpennetz 2026-014-1/SI-07", "Vaš odgovor 2026-014-1/SI-07 Velike zveri in paša"),
        *("Občina: Vzorčna vas (SI-07)", "Janez Primer, župan", "četrtek, 12. november 2026"),
        "Prejeto: ponedeljek, 23. november 2026, 09.40 (bruseljski čas)",
        "Rok: petek, 4. december 2026, 18.00 (bruseljski čas)",
        "Ali predlog upošteva življenje čred? Deloma Zakaj? Imamo 14 planin. Še žičnico.",
        *("Koliko? 1.200 ha", "Proposal for a Directive 2 · Art. 3 (2) Second paragraph."),
        *("Se strinjamo.", "sklep občine.pdf (121 kB)"),
        *("Maja Vzorec, +386 40 555 010", "različica 2 · stran 1 od 1"),
    ):
        assert piece in words
    assert words.count("4. december 2026") == 2  # the deadline and the presidency


@pytest.mark.parametrize("language", SAID)
def test_it_is_accessible_in_each_language(language: str) -> None:
    made = receipt_pdf(personal(language))
    catalogue, metadata = read(made).root_object, read(made).metadata
    assert metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert catalogue["/MarkInfo"]["/Marked"] == True  # noqa: E712  a boolean of pypdf
    assert str(catalogue["/Lang"]) == language
    assert "2026-014-1/SI-07" in (metadata.title or "")
    assert SAID[language][1] in said(made)


def _languages(element: Any) -> set[str]:
    """Of the parts of a document that say one of their own (ISO 32000-1, 14.9.2)."""
    own = element.get_object()
    if isinstance(own, list):
        return set().union(*(_languages(each) for each in own))
    if not hasattr(own, "get"):
        return set()
    found = {str(own["/Lang"])} if "/Lang" in own else set()
    return found | (_languages(own["/K"]) if "/K" in own else set())


def test_what_was_written_in_another_language_says_so_to_a_screen_reader() -> None:
    made = receipt_pdf(personal("de"))
    catalogue = read(made).root_object
    assert str(catalogue["/Lang"]) == "de"
    assert _languages(catalogue["/StructTreeRoot"]) == {"sl"}


def test_the_key_to_the_answer_stands_nowhere_in_it() -> None:
    made = receipt_pdf(personal(), coordinator=MAJA)
    code = code_of(7)
    everything = made + said(made).encode()
    for page in read(made).pages:
        contents = page.get_contents()
        assert contents is not None
        everything += contents.get_data()
        assert "/Annots" not in page
    for secret in (link_of(7), token_of(7), code, f"{code[:4]}-{code[4:]}"):
        assert secret.encode() not in everything


def test_a_page_in_another_language_gives_the_paper_in_that_language() -> None:
    assert "Ihre Antwort" in said(receipt_pdf(personal("sl"), language="de"))


def test_a_late_and_a_withdrawn_answer_say_so() -> None:
    answered = personal("en")
    assert answered.contribution is not None
    assert "Came after the deadline" not in said(receipt_pdf(answered))
    answered.contribution.late = True
    answered.contribution.state = "withdrawn"
    words = said(receipt_pdf(answered))
    assert "This answer was withdrawn. Came after the deadline" in words


def test_how_it_came_is_named_without_a_page() -> None:
    said_by = {
        channel: said(receipt_pdf(personal("en", channel=channel)))
        for channel in ("web", "mail", "phone", "paper")
    }
    for channel, how in {
        "web": "(with the personal link)", "mail": "(by mail)", "phone": "(by phone)",
        "paper": "(on paper)",
    }.items():  # fmt: skip
        assert how in said_by[channel]


def test_5000_characters_go_on_on_the_next_page() -> None:
    text = ("Imamo 14 planin. " * 300)[:5000].strip()
    made = receipt_pdf(personal(text=text))
    assert [page.extract_text().splitlines()[-1] for page in read(made).pages] == [
        f"2026-014-1/SI-07 · različica 2 · stran {n} od 2" for n in (1, 2)
    ]
    assert said(made).count("planin") == text.count("planin")


def test_a_word_without_end_stays_on_the_paper() -> None:
    made = read(receipt_pdf(personal(text="a" * 300)))
    lines = [line for line in made.pages[0].extract_text().splitlines() if "aaaa" in line]
    assert len(lines) > 1


def test_words_that_run_from_right_to_left_keep_their_order() -> None:
    made = receipt_pdf(personal(text="Volk in \u05e9\u05dc\u05d5\u05dd konec."))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert "Volk in" in said(made)
    assert "konec." in said(made)


def test_an_emoji_does_not_stop_the_receipt() -> None:
    made = receipt_pdf(personal(text="Volk 🐺 #panic() $x$ *ne*"))
    assert "#panic() $x$ *ne*" in said(made)
    assert b"pdfuaid" not in made


def test_a_comment_on_a_paragraph_that_is_gone_is_returned_too() -> None:
    made = receipt_pdf(personal(comments=json.dumps({"9": "Ne."})))
    assert "9 Ne." in said(made)


def test_a_file_is_never_smaller_than_one_kilobyte() -> None:
    assert size(1) == "1 kB"
    assert size(1_048_576) == "1 MB"


def test_without_an_answer_there_is_no_receipt() -> None:
    answered = personal()
    with pytest.raises(NotFound):
        receipt_pdf(type(answered)(
            answered.invitation, answered.municipality, None, answered.whole, None, None
        ))  # fmt: skip


def test_the_same_version_is_the_same_file() -> None:
    assert receipt_pdf(personal()) == receipt_pdf(personal())
