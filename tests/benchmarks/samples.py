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


def rss(source: int, items: int) -> bytes:
    """A document of one language; a higher number of items has the same ones and more on top."""
    language = LANGUAGES[source % len(LANGUAGES)]
    entries = "".join(_item(source, each) for each in reversed(range(items)))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Source {source}</title><link>https://example.org/{source}/</link>"
        f"<description>News</description><language>{language}</language>{entries}</channel></rss>"
    ).encode()


def _item(source: int, number: int) -> str:
    chosen = source % len(LANGUAGES) + len(LANGUAGES) * (1000 * source + number)
    said = sentences(chosen, 1400)[1]
    html = "".join(f'<p>{each} <a href="/more/{number}">→</a></p>' for each in said)
    at = format_datetime(BEGAN + timedelta(hours=number))
    return (
        f"<item><title>{said[0][:80]}</title><link>https://example.org/{source}/{number}</link>"
        f'<guid isPermaLink="false">{source}-{number}</guid><pubDate>{at}</pubDate>'
        f"<description><![CDATA[{html}]]></description></item>"
    )
