import pytest
from lxml import etree

from feeds.parsing import Document, parse, parse_document
from feeds.parsing.raw_items import items_of, raw_items

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
