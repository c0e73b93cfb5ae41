"""Documents that real servers gave, where they are at hand. What each must give stands here."""

import gzip
from collections import Counter
from pathlib import Path

import pytest

from feeds.parsing import Document, ParsedEntry, kind_of, parse
from feeds.reading import read

RECORDED = Path(__file__).parents[3] / "shared" / "recorded"
ADDRESS = "https://example.org/feed"

# file → (kind, entries, first title begins, has a date, has an address, language of most).
# Czech, Spanish and Portuguese are none of ours: they are taken for their neighbours.
EXPECTED = {
    "atom_special_chars.xml": ("feed", 1, "Decode NMEA", True, True, "en"),
    "cdv_cz_dotted_date.xml": ("feed", 1, "Podpora udrži", True, True, "sl"),
    "cerclepsy_undeclared_latin1.xml": ("feed", 10, "Perturbateurs", True, True, "fr"),
    "council_press_a10_2026-09.xml": ("feed", 2, "Kyriakos", True, True, "en"),
    "diputacion_valencia_0.91.xml": ("feed", 1, "Oferta de Empleo Público", False, False, "it"),
    "ep_top_stories_2021.xml": ("feed", 1, "Top story", True, True, "en"),
    "fda_date_slashes.xml": ("feed", 1, "Vivimed", True, True, "en"),
    "fedlex_open_consultations_2026-08-15.json": ("fedlex", 20, "Änderung", True, True, "de"),
    "fedlex_upcoming_changes_2026-08-15.json": ("fedlex", 4, "Reglement", False, True, "de"),
    "feuerwehr_weiz_0.91.xml": ("feed", 15, "[19.08.2018", True, True, "de"),
    "gazzetta_contratti_2026-10.xml": ("feed", 4, "COMUNE DI", True, True, "it"),
    "gazzetta_serie_generale_2026-10.xml": ("feed", 17, "MINISTERO", True, True, "it"),
    "heise_atom.xml": ("feed", 15, "Java-Anwendungsserver", True, True, "de"),
    "heise_rdf_0.90.xml": ("feed", 60, "OLED-TVs", False, True, "de"),
    "hys_closingSoon_2026-05-07.json": ("have-your-say", 2, "Simplification", False, True, "en"),
    "hys_groupInitiatives_14794_fields.json": ("have-your-say", 1, "Simplif", True, True, "en"),
    "hys_searchInitiatives_2026-09-01_cut.json": ("have-your-say", 2, "Fitness", True, True, "en"),
    "ilmessaggero_it_dates.xml": ("feed", 1, "Missili Polonia", True, True, "it"),
    "jsonfeed_elastic_1.1.json": ("feed", 3, "InfluxDB", True, True, "en"),
    "lefigaro_2017.xml": ("feed", 50, "«En écrivant", True, True, "fr"),
    "orf_rdf_2017.xml": ("feed", 50, "US-Band", True, True, "de"),
    "relative_urls.xml": ("feed", 2, "Neverwinter", True, True, "en"),
    "reporterre_dcdate_2025.xml": ("feed", 1, "Europe : vers", True, True, "fr"),
    "romatoday_2017.xml": ("feed", 25, "Freddo a Roma", True, True, "it"),
    "spiegel_podcast.xml": ("feed", 1, "07.02.", True, True, "de"),
    "uol_local_daynames.xml": ("feed", 15, "Ibope", True, True, "it"),
}


def language_of(entry: ParsedEntry) -> str | None:
    read_from_it = read(f"{entry.title}\n{entry.text}", language=entry.language)
    return read_from_it.language or entry.language


def recorded() -> list[str]:
    return [name for name in EXPECTED if (RECORDED / name).exists()]


@pytest.mark.parametrize("name", recorded() or ["none at hand"])
def test_a_recorded_document_gives_what_stands_in_it(name: str) -> None:
    if name not in EXPECTED:
        return
    body = (RECORDED / name).read_bytes()
    kind, number, title, dated, addressed, language = EXPECTED[name]
    parsed = parse(kind_of(Document(body, ADDRESS)), body, address=ADDRESS)
    first = parsed.entries[0]
    found = (kind_of(Document(body, ADDRESS)), len(parsed.entries))
    assert found == (kind, number)
    assert first.title.startswith(title)
    assert (first.published is not None, bool(first.address)) == (dated, addressed)
    [(most, _)] = Counter(map(language_of, parsed.entries)).most_common(1)
    assert most == language


def test_every_open_consultation_has_its_end() -> None:
    path = RECORDED / "fedlex_open_consultations_2026-08-15.json"
    body = path.read_bytes() if path.exists() else b'{"results": {"bindings": []}}'
    for entry in parse("fedlex", body, address=ADDRESS).entries:
        assert [each.kind for each in entry.deadlines] == ["input"]


def test_what_is_no_feed_is_said() -> None:
    for name in ("invalid_truncated.xml", "notafeed.html", "amtsblatt_detail_2_2026-08.xml"):
        path = RECORDED / name
        body = path.read_bytes() if path.exists() else b"<html>"
        assert parse("feed", body, address=ADDRESS).problem is not None


def test_a_body_that_is_gzip_without_saying_so_is_known_to_the_fetcher() -> None:
    path = RECORDED / "gzip_raw.xml"
    body = gzip.decompress(path.read_bytes()) if path.exists() else b"<rss/>"
    assert parse("feed", body, address=ADDRESS).problem is None
