"""Nothing gets out of the folder, and every disk takes every name."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from advocacy.exports.archive.names import LONGEST, Names, file_name, folder_name, plain

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d) *(\.|$)", re.IGNORECASE)
SAFE = re.compile(r"[A-Za-z0-9_.()+ -]+", re.ASCII)


@given(st.text(max_size=120))
@example("../../etc/passwd")
@example("C:\\Windows\\system32")
@example("CON")
@example("nul .txt")
@example("℀/℅ … .")
@example("Ünïcødé ß œ đ")
def test_any_title_makes_a_name_that_every_disk_takes(title: str):
    name = plain(title)
    assert len(name) <= LONGEST
    if name:
        assert SAFE.fullmatch(name)
        assert name.strip(" .-") == name
        assert not DEVICES.match(name)
    assert folder_name("2026-014", title).startswith("2026-014")
    assert plain(name) == name


def test_a_long_title_ends_with_a_whole_word():
    title = "Entwurf einer Verordnung über den Schutz der Herden und der Hirten im Gebirge"
    assert plain(title) == "Entwurf einer Verordnung uber den Schutz der Herden und der"
    assert plain("x" * 99) == "x" * LONGEST


@given(st.text(max_size=200))
@example("../../../x.pdf")
@example("a.b/c.d")
@example("." * 100)
def test_any_file_name_stays_one_part_of_a_path(name: str):
    made = file_name("03 v2", name, "document")
    assert SAFE.fullmatch(made)
    assert made.startswith("03 v2 ")
    assert made == made.strip(" .")
    assert len(made) <= LONGEST


@given(st.lists(st.sampled_from(("a/x.txt", "A/X.TXT", "a/x (2).txt", "a/y", "a/Y")), max_size=9))
def test_no_two_paths_are_one_on_a_disk_that_ignores_case(paths: list[str]):
    given_out = Names()
    found = [given_out.free(path) for path in paths]
    assert len({path.lower() for path in found}) == len(paths)
