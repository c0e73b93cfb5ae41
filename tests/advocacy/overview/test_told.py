import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy import texts
from advocacy.digest.actions import send_due
from advocacy.errors import Message
from advocacy.mail.tables import Letter
from advocacy.overview.health import PAUSED_BY_HAND
from advocacy.overview.sentences import REASONS, SENTENCES
from advocacy.overview.told import as_message, templates_of, told
from feeds.parsing import Wishes
from feeds.polling import outage, schedule
from feeds.tables import Poll
from tests.advocacy.overview import matters
from tests.advocacy.overview import sentences_of_feeds as feeds
from tests.browsing import browser
from tests.characters import ana

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
GERMAN = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "The answer was empty."
msgstr "Die Antwort war leer."

msgid "It could not be visited now."
msgstr "Ein Besuch war jetzt nicht möglich."

msgid "The answer is a web page («%(title)s»), not a feed."
msgstr "Kein Feed, sondern die Webseite „%(title)s“."

msgid "There is no server with the name %(name)s."
msgstr "Einen Server namens %(name)s gibt es nicht."

msgid "%(num)d item could not be read."
msgid_plural "%(num)d items could not be read."
msgstr[0] "%(num)d Eintrag war nicht lesbar."
msgstr[1] "%(num)d Einträge waren nicht lesbar."

msgid "the document asks for a pause: %(span)s"
msgstr "das Dokument bittet um eine Pause: %(span)s"

msgid "the document asks not to be visited at certain hours"
msgstr "zu gewissen Stunden soll niemand kommen"

msgid "%(reason)s; %(another)s"
msgstr "%(reason)s, und %(another)s"

msgid "%(num)d day"
msgid_plural "%(num)d days"
msgstr[0] "%(num)d Tag"
msgstr[1] "%(num)d Tage"

msgid "The server's certificate is not valid: %(reason)s."
msgstr "Das Zertifikat gilt nicht: %(reason)s."

msgid "Only addresses with http:// or https:// can be visited."
msgstr "Nur Adressen mit http:// oder https://."

msgid "certificate has expired"
msgstr "es ist abgelaufen"
"""


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small catalogue of its own: what stands here does not wait for the translators."""
    folder = tmp_path / "templates" / "locale"
    folder.mkdir(parents=True)
    (folder / "de.po").write_text(GERMAN)
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    texts.catalogue.cache_clear()
    with texts.speaking("de"):
        yield
    texts.catalogue.cache_clear()


def said_by_feeds() -> list[str]:
    return sorted(feeds.all_said() | feeds.said_in(feeds.ACTIONS) | {PAUSED_BY_HAND})


def test_every_sentence_of_feeds_is_told_by_exactly_one_template() -> None:
    amiss = {each: len(found) for each in said_by_feeds() if len(found := templates_of(each)) != 1}
    assert amiss == {}


def test_no_template_waits_for_a_sentence_that_nobody_says() -> None:
    said = [template for each in said_by_feeds() for template, _ in templates_of(each)]
    assert [each for each in SENTENCES if each not in said] == []


def test_why_a_document_could_not_be_read_is_told_as_well() -> None:
    assert feeds.half_sentences() <= {str(each) for each in REASONS}


@pytest.mark.parametrize(
    "code",
    [
        'def f():\n    return "Something new went wrong."',
        'def f(n):\n    return Failed("slow", f"it took {n} lives")',
        'def f():\n    raise NewError("nobody knows it")',
        'x = {"rhythm_reason": "nobody knows it"}',
        'x["state_reason"] = "nobody knows it"',
        'Parsed(problem="nobody knows it")',
    ],
)
def test_a_new_sentence_is_noticed_wherever_it_stands(code: str, tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text(code)
    (sentence,) = feeds.said_in(tmp_path / "new.py")
    assert templates_of(sentence) == ()


def test_in_english_a_sentence_is_told_as_it_was_said() -> None:
    for each in said_by_feeds():
        assert told(each) == (each, True)


def test_a_number_of_one_is_put_right() -> None:
    assert told("1 items could not be read.") == ("1 item could not be read.", True)


def test_what_nobody_has_translated_stays_as_it_was_said() -> None:
    unknown = "The cat sat on the server."
    assert told(unknown) == (unknown, False)
    assert told("") == ("", False)
    both = f"The answer was empty. {unknown}"
    assert told(both) == (both, False)


@pytest.mark.usefixtures("german")
def test_a_sentence_is_told_in_the_readers_language_with_its_values() -> None:
    assert told("The answer was empty.") == ("Die Antwort war leer.", True)
    assert told("The answer is a web page («100 % «Bauer» & Söhne. 3; 4»), not a feed.") == (
        "Kein Feed, sondern die Webseite „100 % «Bauer» & Söhne. 3; 4“.",
        True,
    )


@pytest.mark.usefixtures("german")
def test_numbers_spans_and_known_reasons_are_told_too() -> None:
    assert told("1 items could not be read.")[0] == "1 Eintrag war nicht lesbar."
    assert told("12 items could not be read.")[0] == "12 Einträge waren nicht lesbar."
    pause = "the document asks for a pause:"
    assert told(f"{pause} 7 days") == ("das Dokument bittet um eine Pause: 7 Tage", True)
    assert told(f"{pause} 3 h") == ("das Dokument bittet um eine Pause: 3 h", True)
    wrong = "The server's certificate is not valid:"
    assert told(f"{wrong} certificate has expired.")[0] == (
        "Das Zertifikat gilt nicht: es ist abgelaufen."
    )
    assert told(f"{wrong} unheard of.")[0] == "Das Zertifikat gilt nicht: unheard of."


@pytest.mark.usefixtures("german")
def test_several_sentences_and_reasons_are_told_one_by_one() -> None:
    assert told("It could not be visited now. There is no server with the name amt.example.") == (
        "Ein Besuch war jetzt nicht möglich. Einen Server namens amt.example gibt es nicht.",
        True,
    )
    assert told(
        "the document asks for a pause: 2 days;"
        " the document asks not to be visited at certain hours"
    ) == (
        "das Dokument bittet um eine Pause: 2 Tage, und zu gewissen Stunden soll niemand kommen",
        True,
    )


@pytest.mark.usefixtures("german")
def test_what_the_catalogue_does_not_have_stays_english_as_a_whole() -> None:
    known = "It could not be visited now."
    missing = "The address leads in a circle."
    assert told(missing) == (missing, False)
    assert told(f"{known} {missing}") == (f"{known} {missing}", False)


@pytest.mark.usefixtures("german")
def test_a_refusal_becomes_a_message_that_is_said_later() -> None:
    message = as_message("There is no server with the name amt.example.")
    assert str(message) == "There is no server with the name amt.example."
    assert texts.translate(message) == "Einen Server namens amt.example gibt es nicht."
    assert as_message("Who says so?") == Message("Who says so?")


quotes = st.text(max_size=120)


@given(quotes)
def test_whatever_is_quoted_comes_back_as_it_was(quote: str) -> None:
    for sentence in (
        f"The source refuses to answer: «{quote}».",
        f"A wall of Imperva against robots answers for the source («{quote}»).",
    ):
        if quote:
            assert told(sentence) == (sentence, True)


@given(
    gap=st.integers(0, 10**8) | st.none(),
    quiet=st.integers(0, 400),
    max_age=st.integers(0, 10**6) | st.none(),
    pause=st.integers(0, 10**6) | st.none(),
    hours=st.frozensets(st.integers(0, 23)),
)
def test_every_reason_for_a_rhythm_is_told(
    gap: int | None, quiet: int, max_age: int | None, pause: int | None, hours: frozenset[int]
) -> None:
    wishes = Wishes(pause=pause, skip_hours=hours)
    _, reason = schedule.next_due(
        now=NOW, jitter=0, gap=gap, last_new=NOW - timedelta(days=quiet), max_age=max_age,
        wishes=wishes,
    )  # fmt: skip
    assert told(reason) == (reason, True)


@given(st.integers(1, 50), st.integers(0, 10**7) | st.none(), st.booleans())
def test_every_reason_after_a_failure_is_told(
    failures: int, asked: int | None, missing: bool
) -> None:
    since = NOW - timedelta(days=40) if missing else None
    _, reason = schedule.after_failure(
        now=NOW, jitter=0, failures=failures, retry_after=asked, missing_since=since
    )
    assert told(reason) == (reason, True)
    assert told(outage.SENTENCE)[1]


NAMELESS = "There is no server with the name amt.example."
NAMENLOS = "Einen Server namens amt.example gibt es nicht."


@pytest.mark.anyio
@pytest.mark.usefixtures("german")
async def test_the_pages_of_sources_tell_in_german_and_mark_what_is_english(
    db: str, now: datetime
) -> None:
    known = await matters.source(
        now, "Amt", failures=1, last_error=NAMELESS, rhythm_reason="the document asks for a pause: 7 days"
    )  # fmt: skip
    unknown = await matters.source(
        now, "Bote", state="paused", state_reason="Nobody <knows> it.", rhythm_reason="just so"
    )
    for of, sentence in ((known, NAMELESS), (unknown, "Nobody <knows> it.")):
        await Poll(
            source=of.id, started=now, ended=now, outcome="failed", error=sentence, reason="just so"
        ).save()
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        board = (await web.get("/de/sources")).text
        pages = [(await web.get(f"/de/sources/{of.id}")).text for of in (known, unknown)]
    for page in (board, pages[0]):
        assert f'<p class="small">{NAMENLOS}</p>' in page
        assert '<span class="small">das Dokument bittet um eine Pause: 7 Tage</span>' in page
    for page in (board, pages[1]):
        assert '<p class="small" lang="en">Nobody &lt;knows&gt; it.</p>' in page
    assert all('<span class="small" lang="en">just so</span>' in page for page in pages)


@pytest.mark.anyio
@pytest.mark.usefixtures("german")
async def test_what_is_refused_is_said_in_german(db: str, now: datetime) -> None:
    wrong = b'<opml><body><outline text="A" xmlUrl="ftp://a.example/"/></body></opml>'
    async with browser(now) as web:
        await web.sign_in(await ana(now), now)
        await web.get("/de/sources")
        page = await web.post("/de/sources", {"address": "ftp://a.example/"})
        assert page.status_code == 422
        assert "Nur Adressen mit http:// oder https://." in page.text
        page = await web.post("/de/sources/import", files={"file": ("list.opml", wrong)})
        assert "ftp://a.example/: Nur Adressen mit http:// oder https://." in page.text


@pytest.mark.anyio
@pytest.mark.usefixtures("german")
async def test_the_digest_tells_in_german(db: str, now: datetime) -> None:
    who = await ana(now)
    for name, sentence in (("Amt", NAMELESS), ("Bote", "Nobody knows it.")):
        of = await matters.source(now, name, failures=4, last_error=sentence)
        await Poll(
            source=of.id, started=now - timedelta(hours=9), ended=now, outcome="blocked"
        ).save()
    await send_due(now)
    letter = await Letter.objects().where(Letter.recipient == who.email).first()
    assert letter is not None
    assert re.search(rf"<span (?![^>]*lang)[^>]*>{NAMENLOS}</span>", letter.html)
    assert re.search(r'<span [^>]*lang="en"[^>]*>Nobody knows it\.</span>', letter.html)
    assert f"  {NAMENLOS}\n" in letter.text
    assert "  Nobody knows it.\n" in letter.text
