import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.parsing.decoding import decoded, mended_xml

PROLOG = '<?xml version="1.0" encoding="{}"?>'
SLOVENE = "<a>Občina Šmarje, žled in čebele</a>"
GERMAN = "<a>Gemeindeförderung für „Wälder“</a>"


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("labelled", ["utf-8", "iso-8859-1", "utf-16"])
def test_the_bytes_say_which_unicode_it_is(charset: str, labelled: str) -> None:
    text = PROLOG.format(labelled) + SLOVENE
    assert decoded(text.encode(charset), f"text/xml; charset={labelled}") == text


@pytest.mark.parametrize(
    ("text", "charset", "prolog", "http", "shown"),
    [
        (SLOVENE, "windows-1250", "windows-1250", "", SLOVENE),
        (SLOVENE, "windows-1250", "", "windows-1250", SLOVENE),
        (SLOVENE, "windows-1250", "", '"CP1250"', SLOVENE),
        (SLOVENE, "windows-1250", "windows-1250", "iso-8859-1", SLOVENE),
        (SLOVENE, "windows-1250", "windows-1250", "utf-8", SLOVENE),
        (SLOVENE, "windows-1250", "utf-8", "windows-1250", SLOVENE),
        (SLOVENE, "iso-8859-2", "iso-8859-2", "", SLOVENE),
        (SLOVENE, "utf-8", "windows-1250", "iso-8859-2", SLOVENE),
        (GERMAN, "windows-1252", "utf-8", "", GERMAN),
        (GERMAN, "windows-1252", "iso-8859-1", "", GERMAN),
        (GERMAN, "windows-1252", "", "us-ascii", GERMAN),
        (GERMAN, "windows-1252", "x-unheard-of", "", GERMAN),
        (GERMAN, "windows-1252", "", "punycode", GERMAN),
        (GERMAN, "windows-1252", "unicode_escape", "base64", GERMAN),
        ("<a>für \x81 alle</a>", "latin-1", "iso-8859-1", "", "<a>für \x81 alle</a>"),
    ],
)
def test_the_charset_is_the_one_that_fits(
    text: str, charset: str, prolog: str, http: str, shown: str
) -> None:
    before = PROLOG.format(prolog) if prolog else ""
    body = (before + text).encode(charset)
    assert decoded(body, f"text/xml; charset={http}" if http else "") == before + shown


def test_one_broken_byte_does_not_garble_all_others() -> None:
    text = "<a>" + "Öffentliche Kundmachung über Wälder. " * 20
    body = text.encode() + b"\xe4</a>"
    assert decoded(body) == text + "\ufffd</a>"


@pytest.mark.parametrize(
    ("xml", "mended"),
    [
        ("<a>x\x00y\x07\x7f\ufffe</a>", "<a>xy</a>"),
        ("<a>\U0001000b\ue000</a>", "<a>\U0001000b\ue000</a>"),
        ("<a>\ud800x</a>", "<a>x</a>"),
        ("<a>&eacute;&nbsp;&mdash;</a>", "<a>é\xa0—</a>"),
        ("<a>R&D &unknown; &#8211; &amp;</a>", "<a>R&amp;D &amp;unknown; &#8211; &amp;</a>"),
        ("<a>&#xD800; &#0; &#99; &#X41;</a>", "<a>\ufffd \ufffd &#99; &#x41;</a>"),
        ("<a><![CDATA[R&D &eacute;]]>&eacute;</a>", "<a><![CDATA[R&D &eacute;]]>é</a>"),
        ('<!DOCTYPE a [<!ENTITY x "]>"> <!-- ]> -->]><a>1</a>', "<a>1</a>"),
        ("<!doctype a SYSTEM 'http://x/>'><a>1</a>", "<a>1</a>"),
        ("<!-- x --><!DOCTYPE a><a>1</a>", "<!-- x --><a>1</a>"),
        ("<a><![CDATA[ <!DOCTYPE ]]></a>", "<a><![CDATA[ <!DOCTYPE ]]></a>"),
        ("\n  <?xml version='1.1'?><a/>", "<a/>"),
    ],
)
def test_what_is_no_xml_is_made_harmless(xml: str, mended: str) -> None:
    assert mended_xml(xml).decode() == '<?xml version="1.0" encoding="utf-8"?>' + mended


@given(st.binary(max_size=200), st.sampled_from(["", "text/xml; charset=utf-7", "charset=\x00"]))
def test_no_bytes_and_no_label_raise(body: bytes, content_type: str) -> None:
    assert isinstance(mended_xml(decoded(body, content_type)), bytes)


@given(st.text(max_size=100))
def test_any_text_can_stand_in_a_document(text: str) -> None:
    escaped = text.replace("<", "&lt;").replace("]]>", "")
    tree = etree.fromstring(mended_xml(f"<a>{escaped}</a>"))
    assert tree.tag == "a"
