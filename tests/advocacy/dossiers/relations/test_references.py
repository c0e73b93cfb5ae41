import pytest
from hypothesis import given
from hypothesis import strategies as some

from advocacy.dossiers.relations import references
from advocacy.dossiers.relations.references import Kind, Number, address_of, read
from advocacy.errors import Invalid

OEIL = "https://oeil.secure.europarl.europa.eu/oeil"
EUR_LEX = "https://eur-lex.europa.eu/legal-content"


@pytest.mark.parametrize(
    ("kind", "typed", "value", "address"),
    [
        ("cod", "2023/0156 (cod)", "2023/0156(COD)", f"{OEIL}/en/procedure-file?reference=2023/0156(COD)"),
        ("com", "COM(2024)123 final", "COM(2024) 123", f"{EUR_LEX}/DE/ALL/?uri=COM:2024:123:FIN"),
        ("celex", "32024R1991", "CELEX 32024R1991", f"{EUR_LEX}/DE/TXT/?uri=CELEX:32024R1991"),
        ("celex", "52024PC0123", "COM(2024) 123", f"{EUR_LEX}/DE/ALL/?uri=COM:2024:123:FIN"),
        (
            "hys", "14123", "HYS 14123",
            "https://ec.europa.eu/info/law/better-regulation/have-your-say/initiatives/14123_de",
        ),
        (
            "eli", "http://data.europa.eu/eli/reg/2024/1991/oj", "eli/reg/2024/1991",
            "https://data.europa.eu/eli/reg/2024/1991/oj",
        ),
        ("eli", "eli/cc/24/233", "eli/cc/24/233", "https://www.fedlex.admin.ch/eli/cc/24/233"),
        (
            "fedlex", "proj/2026/12/cons_1", "proj/2026/12/cons_1",
            "https://www.fedlex.admin.ch/eli/dl/proj/2026/12/cons_1",
        ),
        (
            "parliament", "88/ME XXVIII. GP", "88/ME XXVIII",
            "https://www.parlament.gv.at/gegenstand/XXVIII/ME/88",
        ),
        (
            "parliament", "Bundestags-Drucksache 20/1234", "BT-Drs. 20/1234",
            "https://dserver.bundestag.de/btd/20/012/2001234.pdf",
        ),
        (
            "parliament", "21.464", "CH 21.464",
            "https://www.parlament.ch/de/ratsbetrieb/suche-curia-vista/geschaeft?AffairId=20210464",
        ),
        ("eva", "2026-2550-0012", "EVA 2026-2550-0012", ""),
        ("epa", "EPA 1234-IX", "EPA 1234-IX", ""),
        ("other", "  GZ  2026-1 ", "GZ 2026-1", ""),
    ],
)  # fmt: skip
def test_a_number_has_one_spelling_and_leads_to_its_system(
    kind: str, typed: str, value: str, address: str
):
    number = read(kind, typed)
    assert number.value == value
    assert address_of(value, "de") == address
    assert read(number.kind, value) == number


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("cod", "COM(2024) 123", "value"),
        ("eva", "EPA 12-IX", "value"),
        ("hys", "javascript:alert(1)", "value"),
        ("ris", "BEGUT_1&x=y", "value"),
        ("com", "", "value"),
        ("other", "x" * 81, "value"),
        ("nothing", "1", "kind"),
    ],
)
def test_what_is_no_such_number_is_asked_back(kind: str, typed: str, field: str):
    with pytest.raises(Invalid) as refused:
        read(kind, typed)
    assert list(refused.value.fields) == [field]


def test_the_message_shows_what_such_a_number_looks_like():
    for kind, example in references.EXAMPLES.items():
        for each in example.split(", "):
            assert read(kind, each).kind is kind
        with pytest.raises(Invalid) as refused:
            read(kind, "???")
        assert str(refused.value).endswith(example)


@given(some.sampled_from(list(Kind)), some.text(max_size=90))
def test_whatever_is_typed_there_is_a_number_or_a_reason_and_only_known_hosts(
    kind: Kind, typed: str
):
    try:
        number = read(kind, typed)
    except Invalid:
        return
    assert read(number.kind, number.value) == number
    address = address_of(number.value, "de")
    hosts = (
        "https://oeil.secure.europarl.europa.eu/", "https://eur-lex.europa.eu/", "https://ec.europa.eu/",
        "https://data.europa.eu/", "https://www.fedlex.admin.ch/", "https://www.ris.bka.gv.at/",
        "https://www.parlament.gv.at/", "https://dserver.bundestag.de/", "https://www.parlament.ch/",
    )  # fmt: skip
    assert address == "" or address.startswith(hosts)


def test_a_procedure_number_as_typed_leads_to_its_page():
    assert references.procedure_address("COM(2024)123 final", "sl") == (
        f"{EUR_LEX}/SL/ALL/?uri=COM:2024:123:FIN"
    )
    assert references.procedure_address("our own", "sl") == ""
    assert references.numbers_of("") == []


def test_a_number_is_frozen():
    assert Number(Kind.EVA, "EVA 1") == Number(Kind.EVA, "EVA 1")
