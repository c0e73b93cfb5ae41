"""Citations in the text, who stands behind it, hashes, differences."""

import string
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.provenance import (
    OWN,
    ChainedFact,
    CitedPassage,
    Fate,
    FateKind,
    HonestyMark,
    Mark,
    Problem,
    Stance,
    Standing,
    Support,
    Wrong,
    chain,
    check_citations,
    citations,
    fate_of,
    parse,
    render,
    support,
    text_hash,
    unused,
    verify,
    without_citations,
)

COSTS = "Protection costs must be covered in full [@17.2 @23.1]."
TEXTS = st.text(
    st.sampled_from(string.ascii_letters + " \n\r.!?[]@.0123456789EPowné»č-"), max_size=80
)
CITATIONS = st.one_of(
    st.builds("@{}.{}".format, st.integers(1, 999), st.integers(1, 99)),
    st.builds("@{}{}".format, st.sampled_from("EP"), st.integers(1, 9999)),
    st.just(OWN),
)
WORDS = st.lists(st.text("abcčšžéü", min_size=2, max_size=8), min_size=2, max_size=6)


# Sentences and citations


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (COSTS, [COSTS]),
        ("One thing [@1.1]. Another [@own].", ["One thing [@1.1]. ", "Another [@own]."]),
        ("One thing. [@1.1] Another.", ["One thing. [@1.1] ", "Another."]),
        ("Kosten, z. B. Zäune, ab 3. Dezember.", ["Kosten, z. B. Zäune, ab 3. Dezember."]),
        ("Po čl. 5 velja. Škodo krije EU.", ["Po čl. 5 velja. ", "Škodo krije EU."]),
        (
            "Selon l'art. 12 de 2026. «Vraiment ?» Oui.",
            ["Selon l'art. 12 de 2026. ", "«Vraiment ?» ", "Oui."],
        ),
        (
            "We ask for 30 [@1.1]. The rest follows.",
            ["We ask for 30 [@1.1]. ", "The rest follows."],
        ),
        ("We ask:\n- more time\n- more money", ["We ask:\n", "- more time\n", "- more money"]),
        ("A heading\n\nA text.", ["A heading\n\n", "A text."]),
    ],
)
def test_a_paragraph_is_read_sentence_by_sentence(text: str, sentences: list[str]) -> None:
    assert [s.text for s in parse(text)] == sentences


def test_each_citation_is_known_by_its_place() -> None:
    first, second = parse("All of it [@own]. " + COSTS)
    assert first.marks == (Mark("@own", 11, 15),)
    assert second.marks == (Mark("@17.2", 60, 65), Mark("@23.1", 66, 71))
    assert (first.standing, second.standing) == (Standing.OWN, Standing.ON_INPUT)
    assert parse("Nobody said this.")[0].standing == Standing.UNSUPPORTED
    assert parse("Both [@own @17.2].")[0].standing == Standing.ON_INPUT


@given(TEXTS)
def test_reading_and_writing_a_paragraph_gives_back_every_character(text: str) -> None:
    sentences = parse(text)
    assert render(sentences) == text
    assert parse(render(sentences)) == sentences
    assert all(text[m.start : m.end] == m.citation for s in sentences for m in s.marks)
    assert {c for s in sentences for c in s.citations} == set(citations(text))


@given(
    st.lists(st.tuples(WORDS, st.lists(CITATIONS, min_size=1, max_size=3)), min_size=1, max_size=4)
)
def test_citations_survive_every_order_and_leave_no_trace_when_left_out(
    parts: list[tuple[list[str], list[str]]],
) -> None:
    cited = [f"{' '.join(words).capitalize()} [{' '.join(marks)}]." for words, marks in parts]
    plain = [f"{' '.join(words).capitalize()}." for words, _ in parts]
    for order in permutations(range(len(parts))):
        text = " ".join(cited[n] for n in order)
        expected = tuple(dict.fromkeys(c for n in order for c in parts[n][1]))
        assert citations(text) == expected
        assert [s.citations for s in parse(text)] == [
            tuple(dict.fromkeys(parts[n][1])) for n in order
        ]
        assert without_citations(text) == " ".join(plain[n] for n in order)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (COSTS, "Protection costs must be covered in full."),
        ("Costs. [@17.2] More [@own], and [@E345] so on", "Costs. More, and so on"),
        ("[@P12] Costs [@1.1] [@1.2].", "Costs."),
        ("[@1.1]", ""),
        ("aux communes [@17.2] ; « elles [@1.1] »", "aux communes ; « elles »"),
        ("more[@1.1]time", "more time"),
        ("- one\n[@1.1]\n- two [@1.2]", "- one\n- two"),
        ("wrong [@x] and open [@17.2", "wrong and open [@17.2"),
        ("an e-mail [at] musterdorf [sic]", "an e-mail [at] musterdorf [sic]"),
    ],
)
def test_what_goes_out_has_no_citations_and_right_punctuation(text: str, plain: str) -> None:
    assert without_citations(text) == plain


def test_citations_that_stand_in_the_way_are_named_with_their_place() -> None:
    paragraphs = [
        ("a", "Good [@17.2]. Own [@own]. Bare."),
        ("b", "Gone [@9.1]. Made up [@9.9 @17.2].\n[@17 @E0 @17.2, @23.1"),
        ("c", "Slip [@17 @e5 17.2]."),
    ]
    assert check_citations(paragraphs, known={"@17.2", "@9.1"}, withdrawn={"@9.1"}) == [
        Problem("b", 1, "@9.1", Wrong.WITHDRAWN),
        Problem("b", 2, "@9.9", Wrong.UNKNOWN),
        Problem("b", 3, "[@17", Wrong.MALFORMED),
        Problem("c", 1, "@17", Wrong.MALFORMED),
        Problem("c", 1, "@e5", Wrong.MALFORMED),
        Problem("c", 1, "17.2", Wrong.MALFORMED),
    ]


# Support


def _passage(municipality: int, country: str, stance: Stance = Stance.SUPPORTS) -> CitedPassage:
    return CitedPassage(municipality, f"Municipality {municipality}", country, stance)


PASSAGES = {
    "@1.1": _passage(1, "SI"),
    "@1.2": _passage(1, "SI"),
    "@2.1": _passage(2, "AT"),
    "@3.1": _passage(3, "SI"),
    "@4.1": _passage(4, "IT", Stance.CONTRADICTS),
    "@5.1": _passage(5, "FR", Stance.MENTIONS),
    "@6.1": _passage(2, "AT", Stance.CONTRADICTS),
}


def _support(text: str) -> Support:
    return support([("a", text)], PASSAGES)[0].whole


def test_a_municipality_counts_once_for_a_paragraph() -> None:
    (paragraph,) = support([("a", "One [@1.1]. Two [@1.2 @2.1]. Three [@3.1].")], PASSAGES)
    assert paragraph.whole == Support({"SI": 2, "AT": 1}, {}, frozenset())
    only_one = frozenset({HonestyMark.ONLY_ONE_COUNTRY})
    assert [s for _, s in paragraph.sentences] == [
        Support({"SI": 1}, {}, only_one),
        Support({"AT": 1, "SI": 1}, {}, frozenset()),
        Support({"SI": 1}, {}, only_one),
    ]


def test_who_supports_and_contradicts_counts_as_contradicting() -> None:
    assert _support("One [@2.1 @1.1]. Two [@6.1].") == Support(
        {"SI": 1},
        {"AT": 1},
        frozenset({HonestyMark.ONLY_ONE_COUNTRY, HonestyMark.CONTRADICTED_OVER_QUARTER}),
    )


def test_a_quarter_against_is_not_yet_over_a_quarter() -> None:
    assert _support("[@1.1 @2.1 @3.1 @4.1]") == Support({"SI": 2, "AT": 1}, {"IT": 1}, frozenset())
    assert HonestyMark.CONTRADICTED_OVER_QUARTER in _support("[@1.1 @2.1 @4.1]").marks


def test_only_the_word_of_a_municipality_is_municipal_input() -> None:
    nobody = Support({}, {}, frozenset({HonestyMark.NO_MUNICIPAL_INPUT}))
    assert _support("Bare. Own [@own]. News [@E345]. Unknown [@99.1].") == nobody
    assert _support("Mentioned [@5.1].") == Support({}, {}, frozenset())


# Fates

PARAGRAPHS = [("a", "One [@1.1]."), ("b", "Two."), ("c", "Three [@1.1 @2.1].")]


def test_passages_used_nowhere_are_listed_in_their_order() -> None:
    assert unused(PASSAGES, PARAGRAPHS) == ("@1.2", "@3.1", "@4.1", "@5.1", "@6.1")


@pytest.mark.parametrize(
    ("passage", "decided", "fate"),
    [
        ("@1.1", None, Fate(FateKind.TAKEN_UP, (1, 3))),
        ("@1.2", None, Fate(FateKind.OPEN)),
        ("@1.2", Fate(FateKind.NOTED), Fate(FateKind.NOTED)),
        ("@1.2", Fate(FateKind.TAKEN_UP), Fate(FateKind.OPEN)),
        ("@2.1", Fate(FateKind.PARTLY, (), "half"), Fate(FateKind.PARTLY, (3,), "half")),
        (
            "@2.1",
            Fate(FateKind.NOT_TAKEN_UP, (), "cost"),
            Fate(FateKind.NOT_TAKEN_UP, (3,), "cost"),
        ),
    ],
)
def test_each_passage_learns_what_became_of_it(
    passage: str, decided: Fate | None, fate: Fate
) -> None:
    dispositions = {passage: decided} if decided else {}
    assert fate_of(passage, PARAGRAPHS, dispositions) == fate


def test_a_contradiction_that_is_cited_is_not_called_taken_up() -> None:
    assert fate_of("@1.1", PARAGRAPHS, {}, stance=Stance.CONTRADICTS) == Fate(FateKind.OPEN, (1, 3))


def test_a_passage_that_only_mentions_is_noted_where_it_is_cited() -> None:
    assert fate_of("@1.1", PARAGRAPHS, {}, stance=Stance.MENTIONS) == Fate(FateKind.NOTED, (1, 3))
    assert fate_of("@77.7", PARAGRAPHS, {}, stance=Stance.MENTIONS) == Fate(FateKind.OPEN)


# Hashes


def test_the_hash_of_a_text_never_changes_between_releases() -> None:
    assert text_hash([("p1", COSTS)], "Large carnivores", [(1, "Pay.")]) == (
        "d111231612c64ecbbcd107ec179cc87e4f7f148b82bc5bb1b81d8bada71078fb"
    )


@given(TEXTS, TEXTS)
def test_the_hash_changes_if_and_only_if_the_text_does(one: str, other: str) -> None:
    def canonical(text: str) -> str:
        return "\n".join(text.replace("\r\n", "\n").split("\r")).strip()

    is_same = canonical(one).replace("e\u0301", "é") == canonical(other).replace("e\u0301", "é")
    assert (text_hash([("a", one)], "t", []) == text_hash([("a", other)], "t", [])) == is_same
    assert text_hash([("a", f" {one}\r\n")], "t ", []) == text_hash([("a", one)], "t", [])


def test_composed_and_decomposed_letters_are_one_text() -> None:
    assert text_hash([("a", "Vzorc\u030cna vas")], "", []) == text_hash(
        [("a", "Vzor\u010dna vas")], "", []
    )


def test_order_keys_title_and_asks_are_part_of_the_hash() -> None:
    one, two = ("a", "One."), ("b", "Two.")
    hashes = {
        text_hash([one, two], "t", [(1, "x")]),
        text_hash([two, one], "t", [(1, "x")]),
        text_hash([("a", "One. Two.")], "t", [(1, "x")]),
        text_hash([("b", "One."), ("a", "Two.")], "t", [(1, "x")]),
        text_hash([one, two], "T", [(1, "x")]),
        text_hash([one, two], "t", [(2, "x")]),
        text_hash([one, two], "t", []),
    }
    assert len(hashes) == 7


def _history(length: int) -> list[ChainedFact]:
    events: list[ChainedFact] = []
    for n in range(length):
        before = events[-1].hash if events else ""
        fact = {"who": "Ana Muster", "what": n, "at": datetime(2026, 11, 27, n, tzinfo=UTC)}
        events.append(ChainedFact(before, fact, chain(before, fact)))
    return events


def test_an_untouched_history_is_whole_from_any_checkpoint() -> None:
    events = _history(5)
    assert (verify([]), verify(events), verify(events[2:], events[1].hash)) == (None, None, None)


@given(st.integers(0, 4))
def test_a_history_breaks_where_it_was_touched(at: int) -> None:
    events = _history(6)
    changed = events[at]._replace(fact={**events[at].fact, "who": "Luca Beispiel"})
    assert verify([*events[:at], changed, *events[at + 1 :]]) == at
    assert verify(events[:at] + events[at + 1 :]) == at
    rehashed = changed._replace(hash=chain(changed.previous_hash, changed.fact))
    assert verify([*events[:at], rehashed, *events[at + 1 :]]) == at + 1


def test_the_same_instant_in_another_zone_is_the_same_fact() -> None:
    noon = datetime(2026, 11, 27, 12, tzinfo=UTC)
    vienna = noon.astimezone(timezone(timedelta(hours=1)))
    assert chain("", {"at": noon, "who": "A"}) == chain("", {"who": "A", "at": vienna})
    with pytest.raises(TypeError, match="not a plain fact"):
        chain("", {"at": datetime(2026, 11, 27, 12)})
