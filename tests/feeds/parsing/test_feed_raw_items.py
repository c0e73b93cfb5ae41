import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.parsing import Document, Wishes, parse, parse_document
from feeds.parsing.raw_items import items_of, raw_items, split

ADDRESS = "https://www.musterdorf.example/rss"


@pytest.mark.parametrize(
    ("inside", "raw"),
    [
        (b"<item>1</item> <item\n a='b'>2</item>", [b"<item>1</item>", b"<item\n a='b'>2</item>"]),
        (b"<items/><item>1</item>", [b"<item>1</item>"]),
        (b"<item><![CDATA[</item><item>]]></item>", [b"<item>&lt;/item&gt;&lt;item&gt;</item>"]),
        (b"<!-- <item>0</item> --><item>1</item>", [b"<item>1</item>"]),
        (b"<item/><item>1</item>", [b"<item/>", b"<item>1</item>"]),
        (b"<item>1</item ><item>2</item>", [b"<item>1</item>", b"<item>2</item>"]),
        (b"<item>1<item>2</item></item>", [b"<item>1<item>2</item></item>"]),
        (b"", []),
    ],
)
def test_each_item_as_it_came(inside: bytes, raw: list[bytes]) -> None:
    xml = b"<rss><channel>" + inside + b"</channel></rss>"
    assert raw_items(xml, items_of(etree.fromstring(xml))) == raw


def test_of_a_changed_document_only_what_is_new_is_read() -> None:
    def document(*titles: str) -> bytes:
        items = "".join(f"<item><title>{title}</title></item>" for title in titles)
        return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()

    before = parse("feed", document("eins", "zwei"), address=ADDRESS).entries
    known = frozenset(entry.received_hash for entry in before)
    after = parse_document("feed", Document(document("drei", "eins", "zwei"), ADDRESS, known=known))
    assert [entry.title for entry in after.entries] == ["drei"]
    assert frozenset(after.known) == known


def test_known_items_are_left_out_before_feedparser_too() -> None:
    body = b"<rss><channel><item><body>1</body></item><item><body>2</body></item></channel></rss>"
    first, second = parse("feed", body, address=ADDRESS).entries
    known = frozenset({first.received_hash})
    again = parse_document("feed", Document(body, ADDRESS, known=known))
    assert (again.entries, again.known) == ((second,), (first.received_hash,))


@pytest.mark.parametrize(
    ("inside", "items"),
    [
        (b"<item>1</item>\n <item a='b'>2</item>", (b"<item>1</item>", b"<item a='b'>2</item>")),
        (b"<items/><item>1</item><x/>", (b"<item>1</item>",)),
        (b"<item><![CDATA[<p>1</p>]]></item>", (b"<item><![CDATA[<p>1</p>]]></item>",)),
        (b"<item>1</item>", (b"<item>1</item>",)),
    ],
)
def test_items_side_by_side_are_cut_without_a_parser(inside: bytes, items: tuple[bytes]) -> None:
    xml = b"<rss><channel>" + inside + b"</channel></rss>"
    parts = split(xml)
    assert parts is not None
    assert parts.items == items
    assert parts.digests == tuple(hashlib.sha256(item).hexdigest() for item in items)


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"<item/><item>1</item>",
        b"<item>1</item><ttl>5</ttl><item>2</item>",
        b"<item>1<item>2</item></item>",
        b"<item><![CDATA[<item>]]></item>",
        b"<!-- <item>0</item> --><item>1</item>",
        b"<item>1</item><!-- <item>0</item> -->",
        b"<!-- <item>0</item> <item>1</item> -->",
        b"<title><![CDATA[<item>0</item>]]></title><item>1</item>",
        b"<?x <item>0</item>?><item>1</item>",
        b"<item>1</item><item>2",
        b"<item>1</item ><item>2</item>",
        b"<entry>1</entry><item>2</item>",
    ],
)
def test_what_is_not_sure_is_not_cut(inside: bytes) -> None:
    assert split(b"<rss><channel>" + inside + b"</channel></rss>") is None


ITEM = st.sampled_from(
    (
        *("<item><title>{}</title></item>", "<item>{}<![CDATA[<b>x</b>]]></item>\n"),
        *("<item><title>{}</title><body>y</body></item>", " <item a='b'><guid>{}</guid></item>"),
        *("<item>{}</item >", "<ttl>9</ttl>", "<!-- {} -->", "<item>{}<item>y</item></item>"),
    )
)


@given(st.lists(ITEM, max_size=5), st.data())
def test_with_known_items_left_out_the_others_are_read_as_without(
    items: list[str], data: st.DataObject
) -> None:
    inside = "".join(item.format(number) for number, item in enumerate(items))
    body = f"<rss version='2.0'><channel><title>t</title>{inside}</channel></rss>".encode()
    whole = parse_document("feed", Document(body, ADDRESS))
    digests = [entry.received_hash for entry in whole.entries if entry.received_hash]
    known = frozenset(data.draw(st.lists(st.sampled_from(digests)))) if digests else frozenset("x")
    rest = parse_document("feed", Document(body, ADDRESS, known=known))
    assert rest.entries == tuple(e for e in whole.entries if e.received_hash not in known)
    assert rest.known == tuple(each for each in digests if each in known)
    assert (rest.title, rest.wishes, rest.problem) == (whole.title, whole.wishes, whole.problem)


def test_an_item_that_is_no_longer_one_is_not_known() -> None:
    item = b"<item><title>eins</title></item>"
    [entry] = parse("feed", b"<rss><channel>" + item + b"</channel></rss>", address=ADDRESS).entries
    known = frozenset({entry.received_hash})
    elsewhere = b"<rss><channel><archive>" + item + b"</archive></channel></rss>"
    assert parse_document("feed", Document(elsewhere, ADDRESS, known=known)).known == ()


BROKEN = (
    "<rss version='2.0'><channel><title>t</title><ttl>120</ttl>"
    "<item><title>eins<b></title></item> <item><title>zwei</title></item></channel></rss>"
)


def test_of_broken_xml_items_are_known_again_and_wishes_are_heard() -> None:
    whole = parse("feed", BROKEN.encode(), address=ADDRESS)
    assert [entry.received for entry in whole.entries] == [
        "<item><title>eins<b></title></item>",
        "<item><title>zwei</title></item>",
    ]
    assert whole.wishes == Wishes(pause=120 * 60)
    first, second = whole.entries
    known = frozenset({first.received_hash})
    again = parse_document("feed", Document(BROKEN.encode(), ADDRESS, known=known))
    assert (again.entries, again.known) == ((second,), (first.received_hash,))
    known |= {second.received_hash}
    last = parse_document("feed", Document(BROKEN.encode(), ADDRESS, known=known))
    assert (last.entries, last.problem) == ((), None)
    assert frozenset(last.known) == known


def test_of_xml_that_breaks_off_what_is_there_is_read() -> None:
    body = BROKEN[: BROKEN.index("</item></channel>")].encode()
    whole = parse("feed", body, address=ADDRESS)
    assert [entry.title for entry in whole.entries] == ["eins", "zwei"]
