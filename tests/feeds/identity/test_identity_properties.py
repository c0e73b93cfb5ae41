"""What holds for any sequence of documents, whatever a source does with its ids and its order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.identity.addresses import canonical, place
from feeds.identity.comparing import POLICIES, hash_of, key_of, policy_for
from feeds.parsing import ParsedEntry
from tests.feeds.shelf import Shelf, received

DAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
LONG = (
    "Die Gemeinde Musterdorf legt den Entwurf der Verordnung auf. Er kann im Gemeindeamt während"
    " der Amtsstunden eingesehen werden. Stellungnahmen nimmt das Gemeindeamt schriftlich entgegen,"
    " am besten per Post. Auskunft erteilt die Bauverwaltung jederzeit gerne."
)
TEXTS = ("", "Sperre der Bergstrasse", "Remontées mécaniques: consultation", LONG)
HUGE = "Ä" * 2_000

ids = st.sampled_from(
    (
        *("", "1", "2", "a", "A", "x_EN", "x_DE", "'; DROP TABLE entry; --", HUGE),
        *("https://m.example/de/1", "http://www.m.example/de/1?utm_source=rss"),
    )
)
addresses = st.sampled_from(
    (
        *("", "https://m.example/", "https://m.example/de/1", "https://m.example/en/1"),
        *("http://www.m.example/de/1?fbclid=7", "https://new.example/de/1", "https://m.example/2"),
    )
)
items = st.builds(
    ParsedEntry,
    id=ids,
    title=st.sampled_from(["Meldung", "Sitzung am 2. Dezember", "Sitzung am 9. Dezember"]),
    address=addresses,
    text=st.sampled_from(TEXTS),
    published=st.sampled_from([None, DAY, DAY + timedelta(days=7)]),
).map(received)
documents = st.lists(items, max_size=6)
histories = st.lists(documents, min_size=1, max_size=5)
lengthy = settings(max_examples=200)


@lengthy
@given(histories, st.booleans())
def test_the_same_body_twice_makes_nothing_new(
    history: list[list[ParsedEntry]], whole: bool
) -> None:
    shelf = Shelf()
    for document in history:
        shelf.poll(document, whole=whole)
        assert shelf.poll(document, whole=whole) == []


@lengthy
@given(histories, st.booleans(), st.randoms(use_true_random=False))
def test_any_order_makes_nothing_new(
    history: list[list[ParsedEntry]], whole: bool, chance: Random
) -> None:
    shelf = Shelf()
    for document in history:
        shelf.poll(document, whole=whole)
        shuffled = list(document)
        for _ in range(2):
            chance.shuffle(shuffled)
            assert shelf.poll(shuffled, whole=whole) == []


@lengthy
@given(histories, st.booleans())
def test_no_sequence_of_polls_loses_an_item(history: list[list[ParsedEntry]], whole: bool) -> None:
    shelf = Shelf()
    for document in history:
        shelf.poll(document, whole=whole)
        kept = {hash_of(each) for versions in shelf.versions.values() for each in versions}
        assert kept >= {hash_of(each) for each in document}
        in_it = {hash_of(each) for each in document}
        now = [row.hash for row in shelf.rows.values()]
        # What is in the document together stands side by side, none under another's cover.
        assert in_it <= set(now)


def _may_be_one(one: ParsedEntry, other: ParsedEntry, *, ids_lie: bool) -> bool:
    same_id = one.id == other.id or canonical(one.id) == canonical(other.id)
    switched = one.id[:-2] == other.id[:-2] and one.id[-3:-2] == "_"
    same_page = place(one.address).replace("/en/", "/de/") == place(other.address).replace(
        "/en/", "/de/"
    )
    said_by_page = same_page and (one.title == other.title or one.text == other.text)
    nothing_else = (ids_lie or not (one.id and other.id)) and same_page
    return same_id or switched or said_by_page or nothing_else or one.text == other.text == LONG


@lengthy
@given(histories, st.booleans())
def test_two_items_become_one_only_where_something_says_so(
    history: list[list[ParsedEntry]], whole: bool
) -> None:
    shelf = Shelf()
    for document in history:
        shelf.poll(document, whole=whole)
    for versions in shelf.versions.values():
        for number, version in enumerate(versions[1:], start=1):
            assert any(
                _may_be_one(earlier, version, ids_lie=shelf.policy != "id")
                for earlier in versions[:number]
            )


honest = st.lists(
    st.integers(0, 40).map(
        lambda n: received(
            ParsedEntry(
                id=f"n{n}",
                title=f"Meldung {n}",
                address=f"https://m.example/{n}",
                text=f"{LONG} Nr. {n}",
            )
        )
    ),
    min_size=1,
    max_size=30,
    unique_by=lambda each: each.id,
)


@lengthy
@given(honest, st.sampled_from(["always", ""]), st.booleans())
def test_ids_that_begin_to_lie_multiply_nothing(
    document: list[ParsedEntry], lie: str, whole: bool
) -> None:
    shelf = Shelf()
    shelf.poll(document, whole=whole)
    lying = [received(replace(each, id=lie)) for each in document]
    assert shelf.poll(lying, whole=whole) == []
    assert len(shelf.rows) == len(document)
    assert shelf.poll(document[::-1], whole=whole) == []


@lengthy
@given(honest, st.integers(1, 5))
def test_ids_that_change_with_every_poll_multiply_nothing(
    document: list[ParsedEntry], polls: int
) -> None:
    shelf = Shelf()
    for poll in range(polls):
        shelf.poll([received(replace(each, id=f"{each.id}-{poll}")) for each in document])
    assert len(shelf.rows) == len(document)
    # Once the source goes by links, no further key is kept.
    assert len(shelf.aliases) <= max(len(document), 2 * polls)


@lengthy
@given(
    honest,
    st.sampled_from(
        ["http://m.example/", "https://www.m.example/", "https://neu.example/", "//M.example:443/"]
    ),
    st.booleans(),
)
def test_a_host_that_moves_multiplies_nothing(
    document: list[ParsedEntry], host: str, ids_are_addresses: bool
) -> None:
    if ids_are_addresses:
        document = [received(replace(each, id=each.address)) for each in document]
    host = f"https:{host}" if host.startswith("//") else host
    moved = [
        received(
            replace(
                each,
                address=each.address.replace("https://m.example/", host) + "?utm_medium=rss",
                id=each.id.replace("https://m.example/", host),
                published=DAY,
            )
        )
        for each in document
    ]
    shelf = Shelf()
    shelf.poll(document)
    changed = shelf.poll(moved)
    assert len(shelf.rows) == len(document)
    assert bool(changed) == (host == "https://neu.example/")


@lengthy
@given(
    st.dates(min_value=DAY.date()),
    st.dates(min_value=DAY.date()),
    st.sampled_from(["date", "number"]),
)
def test_two_notices_of_one_template_stay_two(one: object, other: object, differ: str) -> None:
    def notice(number: int, what: object) -> ParsedEntry:
        said = f"am {what}" if differ == "date" else f"zum Vorhaben {what}"
        return received(
            ParsedEntry(
                id=str(number),
                title="Einladung",
                address=f"https://m.example/{number}",
                text=f"{LONG * 4} Die Sitzung {said} ist öffentlich. {LONG * 4}",
                published=DAY + timedelta(days=number),
            )
        )

    shelf = Shelf()
    shelf.poll([notice(1, one)])
    shelf.poll([notice(2, other)])
    assert len(shelf.rows) == (1 if one == other and differ == "date" else len({one, other}) or 1)


words = st.sampled_from(["", "a", "b", "Wasser", "Lärm"])
lists = st.lists(
    st.builds(
        ParsedEntry,
        id=words,
        title=words,
        address=st.sampled_from(["", "https://example.org/a", "https://example.org/b?utm_id=1"]),
        text=words,
    )
)


@given(lists, st.sampled_from(POLICIES))
def test_hardly_any_key_names_two_different_items(entries: list[ParsedEntry], policy: str) -> None:
    hashes = [hash_of(each) for each in entries]

    def keys(candidate: str) -> list[str]:
        return [key_of(each, candidate) for each in entries]

    found = policy_for(keys, hashes, policy)
    assert POLICIES.index(found) >= POLICIES.index(policy)
    # Fewer than twenty: one liar is more than one in twenty.
    named = set(zip(keys(found), hashes, strict=True))
    assert len({key for key, _ in named}) == len(named) or len(entries) > 39
