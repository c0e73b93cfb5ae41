"""Invented texts in five languages, the same in every run."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

BEGAN = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)

SENTENCES: dict[str, tuple[str, ...]] = {
    "de": (
        "Die Gemeinde Musterdorf lädt alle Bürgerinnen und Bürger zur Anhörung über den Talraum ein.",
        "Stellungnahmen können bis zum 15. Dezember 2026 schriftlich eingereicht werden.",
        "Der Entwurf regelt den Verkehr über die Pässe und den Schutz der Quellen neu.",
        "Grundlage ist die Verordnung 2026/0123(COD) der Europäischen Union.",
        "Über die Rückkehr des Wolfs und die Alpwirtschaft wird im Ausschuss beraten.",
    ),
    "fr": (
        "La commune de Villexemple invite ses habitants à la consultation sur la vallée.",
        "Les avis peuvent être déposés jusqu'au 15 décembre 2026 à la mairie.",
        "Le projet règle à nouveau la circulation sur les cols et la protection des sources.",
        "La proposition 2026/0123(COD) de l'Union européenne en est la base.",
        "Le retour du loup et les alpages seront débattus en commission.",
    ),
    "it": (
        "Il comune di Valdesempio invita i cittadini alla consultazione sul fondovalle.",
        "Le osservazioni possono essere presentate entro il 15 dicembre 2026.",
        "Il progetto disciplina il traffico sui valichi e la tutela delle sorgenti.",
        "La base è la proposta 2026/0123(COD) dell'Unione europea.",
        "Il ritorno del lupo e gli alpeggi saranno discussi in commissione.",
    ),
    "sl": (
        "Občina Vzorčna vas vabi prebivalce na javno obravnavo o dolini.",
        "Pripombe je mogoče oddati do 15. decembra 2026.",
        "Osnutek na novo ureja promet čez prelaze in varstvo vodnih virov.",
        "Podlaga je predlog 2026/0123(COD) Evropske unije.",
        "O vrnitvi volka in o planinah bo razpravljal odbor.",
    ),
    "en": (
        "The municipality invites everybody to the consultation on the valley floor.",
        "Comments may be handed in until 15 December 2026.",
        "The draft governs traffic across the passes and the protection of springs anew.",
        "It rests on the proposal 2026/0123(COD) of the European Union.",
        "The return of the wolf and the alpine pastures are debated in committee.",
    ),
}
LANGUAGES = tuple(SENTENCES)


def sentences(number: int, size: int) -> tuple[str, Sequence[str]]:
    """The language of the text with this number, and about `size` characters of it.

    Every third one names a deadline and a procedure.
    """
    language = LANGUAGES[number % len(LANGUAGES)]
    chance = random.Random(number)  # noqa: S311
    invites, deadline, drafts, number_of_eu, debates = SENTENCES[language]
    said = [deadline, number_of_eu] if number % 3 == 0 else []
    while sum(map(len, said)) < size:
        said.append(f"{chance.choice((invites, drafts, debates))} ({chance.randrange(10_000)})")
    return language, said


def text(number: int, size: int = 1500) -> str:
    return " ".join(sentences(number, size)[1])


def language_of(source: int) -> str:
    return LANGUAGES[source % len(LANGUAGES)]


def document(source: int, items: int) -> tuple[str, bytes]:
    """Its media type and itself, in one language, RSS and Atom in turns; with a higher number of
    items it has the same ones and more on top.
    """
    kind, written = ("atom", _atom) if source % 2 else ("rss", _rss)
    return f"application/{kind}+xml", written(source, items).encode()


def _rss(source: int, items: int) -> str:
    entries = "".join(_item(*_said(source, each)) for each in reversed(range(items)))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Source {source}</title><link>https://example.org/{source}/</link>"
        f"<description>News</description><language>{language_of(source)}</language>"
        f"{entries}</channel></rss>"
    )


def _atom(source: int, items: int) -> str:
    entries = "".join(_entry(*_said(source, each)) for each in reversed(range(items)))
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language_of(source)}">'
        f"<id>https://example.org/{source}/</id><title>Source {source}</title>"
        f'<link href="https://example.org/{source}/"/>'
        f"<updated>{BEGAN.isoformat()}</updated>{entries}</feed>"
    )


def _said(source: int, number: int) -> tuple[str, datetime, str, str]:
    """The key of an item, its instant, title and HTML of 1 to 2 kB."""
    chosen = source % len(LANGUAGES) + len(LANGUAGES) * (1000 * source + number)
    said = sentences(chosen, 700 + number % 10 * 80)[1]
    html = "".join(f'<p>{each} <a href="/more/{number}">→</a></p>' for each in said)
    return f"{source}/{number}", BEGAN + timedelta(hours=number), said[0][:80], html


def _item(key: str, at: datetime, title: str, html: str) -> str:
    return (
        f"<item><title>{title}</title><link>https://example.org/{key}</link>"
        f'<guid isPermaLink="false">{key}</guid><pubDate>{format_datetime(at)}</pubDate>'
        f"<description><![CDATA[{html}]]></description></item>"
    )


def _entry(key: str, at: datetime, title: str, html: str) -> str:
    return (
        f"<entry><title>{title}</title><id>https://example.org/{key}</id>"
        f'<link href="https://example.org/{key}"/><published>{at.isoformat()}</published>'
        f"<updated>{at.isoformat()}</updated>"
        f'<content type="html"><![CDATA[{html}]]></content></entry>'
    )
