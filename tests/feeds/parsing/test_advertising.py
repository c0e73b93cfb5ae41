import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing import Document, parse
from feeds.parsing.advertising import BLOCK_LIMIT, without_advertising

TEXT = (
    "<p>Stellungnahmen zum Entwurf sind bis zum 15. Dezember 2026 an die Gemeinde zu richten.</p>"
)


@pytest.mark.parametrize(
    "block",
    [
        '<div class="feedflare"><a href="https://x.example">Teilen</a></div>',
        "<div class='sharedaddy sd-sharing-enabled'><ul><li>Drucken</li></ul></div>",
        '<p id="ad-1">Kaufen <b>Sie</b></p>',
        '<section data-x="1" class="box ads">Jetzt</section>',
        "<div class=Anzeige>Jetzt</div>",
        '<div class="publicite"><div>innen</div> und <div>noch einmal</div></div>',
        '<aside id="pubblicita_2">Offerta</aside>',
        '<div class="werbung"><script>einblenden()</script></div>',
        '<img class="advert" src="https://x.example/1.gif">',
        '<DIV class="addtoany_share_save_container"><A href="#">+</A></DIV>',
    ],
)
def test_a_block_of_advertising_goes(block: str) -> None:
    assert without_advertising(TEXT + block + TEXT) == TEXT * 2


@pytest.mark.parametrize(
    "html",
    [
        TEXT,
        '<div class="address">Hauptplatz 1</div>' + TEXT,
        '<div class="ad">' + TEXT + "</div>",
        '<div class="oglas">' + TEXT + "</div>" + "<p>Več</p>",
        '<div class="datum-anzeige">3. 11. 2026</div>' + TEXT,
        '<div class="ad">' + "lang " * BLOCK_LIMIT + "</div>" + TEXT * 100,
        '<div class="ad">nie geschlossen ' + TEXT,
        '<!-- <div class="ad"> -->' + TEXT + "</div>",
        '<p title="class=ad">Text</p>' + TEXT,
    ],
)
def test_what_might_be_the_text_stays(html: str) -> None:
    assert without_advertising(html) == html


@given(st.text(alphabet="<>/ abdivpclsn=\"'-", max_size=200))
def test_text_without_such_a_block_is_untouched(html: str) -> None:
    if "ad" not in html:
        assert without_advertising(html) is html


@given(st.text(max_size=60), st.text(max_size=60))
def test_what_goes_is_never_most_of_the_text(before: str, after: str) -> None:
    html = f'{before}<div class="ad">{after}</div>'
    kept = without_advertising(html)
    assert kept == html or len(kept) < len(html)
    assert "".join(kept.split()) or not "".join(html.split())


def test_a_changed_advertisement_makes_no_other_text() -> None:
    def entry_with(advertisement: str) -> tuple[str, str]:
        body = (
            "<rss version='2.0'><channel><item><description><![CDATA["
            f"{TEXT}<div class='ad'>{advertisement}</div>]]></description></item></channel></rss>"
        )
        [entry] = parse("feed", body.encode(), address="https://www.musterdorf.example/").entries
        return entry.html, entry.text

    assert entry_with("Schuhe") == entry_with("Brillen, nur heute")


def test_many_blocks_without_an_end_take_no_time() -> None:
    html = '<div class="ad">' * 20_000 + TEXT
    assert Document(html.encode(), "").body and without_advertising(html) == html
