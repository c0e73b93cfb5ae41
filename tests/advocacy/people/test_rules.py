import pytest

from advocacy.errors import Invalid
from advocacy.people.rules import check_address


def test_an_address_is_taken_as_it_is_with_a_small_domain():
    assert check_address(" Ana.Muster+kmet@Gore.Example ") == "Ana.Muster+kmet@gore.example"


@pytest.mark.parametrize(
    "address",
    ["", "ana", "ana@gore", "ana@@gore.example", "ana@x@gore.example", "ana@gore..example",
     "ana..m@gore.example", ".ana@gore.example", "ana.@gore.example", "ana@gore.example.",
     "ana@gore.example\nBcc: x@y.example"],
)  # fmt: skip
def test_what_no_letter_can_be_written_to_is_refused(address: str):
    with pytest.raises(Invalid):
        check_address(address)
