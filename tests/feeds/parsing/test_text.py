import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsing.text import one_line, plain, sanitised, web_address, without_illegal

BASE = "https://www.musterdorf.example/amt/"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>eins</p><p>zwei <b>drei</b></p>", "eins\nzwei drei"),
        ("eins<br>zwei<hr>drei", "eins\nzwei\ndrei"),
        ('eins<br lang="de">zwei', "eins\nzwei"),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", "a b"),
        ("a\n b \xa0 c\u2009d\te", "a b c d e"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("", ""),
    ],
)
def test_blocks_become_lines(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("plan.pdf", "https://www.musterdorf.example/amt/plan.pdf"),
        ("//x.example/a b", "https://x.example/a%20b"),
        ("https://x.example:8443/a?b=1#c", "https://x.example:8443/a?b=1#c"),
        ("https://občina.example/š", "https://občina.example/š"),
        (" HTTPS://x.example/ ", "https://x.example/"),
        ("http://[::1", ""),
        ("java\x00script:alert(1)", ""),
        ("ftp://x.example/", ""),
    ],
)
def test_links_lead_to_the_web(link: str, address: str) -> None:
    assert web_address(link, base=BASE) == address


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<a href='x'>y</a>", f'<a href="{BASE}x" rel="noopener noreferrer nofollow">y</a>'),
        ("<A HREF=x>y</A>", f'<a href="{BASE}x" rel="noopener noreferrer nofollow">y</a>'),
        (
            "<a href=https://x.example/>y</a>",
            '<a href="https://x.example/" rel="noopener noreferrer nofollow">y</a>',
        ),
    ],
)
def test_only_relative_links_need_a_base(html: str, safe: str) -> None:
    assert sanitised(html, base=BASE) == safe


@given(st.text())
def test_what_is_illegal_goes_and_nothing_else(text: str) -> None:
    legal = without_illegal(text)
    assert legal.encode("utf-8", "strict").decode() == legal
    assert without_illegal(legal) == legal
    assert [each for each in text if each not in legal] == [
        each for each in text if not without_illegal(each)
    ]


@given(st.text(max_size=80))
def test_a_line_is_a_line(text: str) -> None:
    assert "\n" not in one_line(text)


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Plan <object>für</object> das <svg>Tal</svg>", "Plan für das Tal"),
        ("Plan <script>alert(1)</script><style>b {}</style>B", "Plan B"),
        ("Plan\x07\ufffe \xa0 <b>B</b>", "Plan B"),
        ("a < b & c", "a < b & c"),
    ],
)
def test_a_title_keeps_its_words_whatever_they_stand_in(title: str, line: str) -> None:
    assert one_line(title) == line


def test_markup_in_attributes_is_no_text() -> None:
    html = sanitised('<abbr title="<p>a > b</p>">UVP</abbr><p>x', base=BASE)
    assert plain(html) == "UVPx"
