from hypothesis import given
from hypothesis import strategies as some

from advocacy.dossiers.relations.related import Because, Kin, Reason, is_enough, proposals, reasons

NUMBERS = ("2023/0156(COD)", "COM(2024) 123", "EVA 2026-2550-0012")


def kin(number: int, **values: object) -> Kin:
    return Kin(number, f"2026-{number:03d}", f"Dossier {number}", "de", "opened", **values)  # type: ignore[arg-type]


kins = some.builds(
    kin,
    some.integers(1, 30),
    body=some.sampled_from([None, 1, 2]),
    procedure_number=some.sampled_from(["", *NUMBERS]),
    references=some.lists(some.sampled_from(NUMBERS), max_size=2, unique=True).map(tuple),
    topics=some.lists(some.sampled_from(["water", "forest"]), unique=True).map(tuple),
    countries=some.lists(some.sampled_from(["AT", "SI"]), unique=True).map(tuple),
)


def test_a_shared_number_says_it_alone_wherever_each_has_it():
    a = kin(1, procedure_number="COM(2024)123 final")
    b = kin(2, references=("COM(2024) 123",))
    [proposal] = proposals(a, [b])
    assert proposal.reasons == (Reason(Because.NUMBERS, ("COM(2024) 123",)),)


def test_a_topic_needs_a_country_or_the_body_beside_it():
    this = kin(1, topics=("water",), countries=("AT",), body=7)
    assert proposals(this, [kin(2, topics=("water",))]) == []
    assert proposals(this, [kin(2, countries=("AT",), body=7)]) == []
    assert len(proposals(this, [kin(2, topics=("water",), countries=("AT", "SI"))])) == 1
    assert len(proposals(this, [kin(2, topics=("water",), body=7)])) == 1


def test_numbers_come_before_topics_and_the_newest_of_equals_first():
    this = kin(1, topics=("water", "forest"), countries=("AT",), references=NUMBERS[:1])
    same = {"topics": ("water",), "countries": ("AT",)}
    others = [
        kin(2, **same), kin(3, **same), kin(4, references=NUMBERS[:1]),
        kin(5, topics=("water", "forest"), countries=("AT",)),
    ]  # fmt: skip
    assert [each.kin.id for each in proposals(this, others)] == [4, 5, 3, 2]
    assert [each.kin.id for each in proposals(this, others, most=1)] == [4]


@given(kins, kins)
def test_reasons_are_the_same_whichever_comes_first(a: Kin, b: Kin):
    assert reasons(a, b) == reasons(b, a)


@given(kins, some.lists(kins, max_size=8, unique_by=lambda each: each.id), some.randoms())
def test_proposals_have_enough_reason_never_itself_and_in_whatever_order_they_came(
    this: Kin, others: list[Kin], chance: object
):
    found = proposals(this, others)
    assert all(is_enough(each.reasons) and each.kin.id != this.id for each in found)
    shuffled = list(others)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert proposals(this, shuffled) == found
