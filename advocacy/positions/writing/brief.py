"""One page to speak from: three messages, the figures, two voices, whom to ask."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # what JSON holds

from advocacy import texts
from advocacy.calls.covering.coverage import Coverage
from advocacy.positions.passages.quotations import PassageRow
from advocacy.positions.rules import PassageStance
from advocacy.positions.writing.behind import Behind
from advocacy.positions.writing.marked import spans
from advocacy.provenance import Paragraphs, citations, parse
from advocacy.typesetting import compiled

MESSAGES, VOICES = 3, 2
LONGEST_MESSAGE, LONGEST_VOICE, SHORTEST_VOICE = 280, 240, 20  # characters
ZONE = "Europe/Brussels"


@dataclass(frozen=True, slots=True)
class Brief:
    """What the page says; `language` is that of the position's words, the labels are in that of
    the reader. `state` is empty for adopted words.
    """

    network: str
    number: str
    title: str
    language: str
    state: str
    messages: Sequence[str]
    figures: Sequence[str]
    voices: Sequence[PassageRow]
    contact: str
    made: datetime


def messages(asks: Sequence[str], paragraphs: Paragraphs) -> list[str]:
    """What is asked for, else how the first paragraphs begin."""
    wanted = list(asks[:MESSAGES])
    begins = (parse(text)[0].text for _, text in paragraphs if text)
    return [_short(plain(text), LONGEST_MESSAGE) for text in wanted or list(begins)[:MESSAGES]]


def plain(text: str) -> str:
    """Without the signs of bold, lists and links, and in one line."""
    words = " ".join(run.text for block in spans(text) for run in block.runs)
    return " ".join(words.split()).replace(" .", ".").replace(" ,", ",")


def _short(text: str, longest: int) -> str:
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:– ") + "…"


def voices(paragraphs: Paragraphs, rows: Iterable[PassageRow], language: str) -> list[PassageRow]:
    """Short ones that the text rests on, from municipalities that agreed to be named; those in
    the reader's language first, and each from another country while there is one.
    """
    used = {mark for _, text in paragraphs for mark in citations(text)}
    fit = [
        row
        for row in rows
        if row.mark in used
        and row.stands
        and row.name_public
        and row.stance == PassageStance.SUPPORTS
        and SHORTEST_VOICE <= len(row.text) <= LONGEST_VOICE
    ]
    fit.sort(key=lambda row: (row.language != language, row.contribution, row.number))
    chosen: list[PassageRow] = []
    for row in fit:
        if row.country not in {each.country for each in chosen}:
            chosen.append(row)
    rest = [row for row in fit if row.municipality_id not in {c.municipality_id for c in chosen}]
    return [*chosen, *rest][:VOICES]


def figures(covered: Coverage, every: Sequence[Behind]) -> list[str]:
    """Sentences in the reader's language."""
    said = []
    whole = covered.whole
    if whole.asked:
        sentence = texts.ngettext(
            "%(answered)s of %(num)d municipality has answered (%(share)s).",
            "%(answered)s of %(num)d municipalities have answered (%(share)s).",
            whole.asked,
        )
        shown = {"answered": texts.number(whole.answered), "share": texts.percent(whole.percent)}
        said.append(sentence % {"num": whole.asked, **shown})
        said.append(f"{texts.label(texts.gettext('Countries'))} {len(covered.countries)}")
    stances = [each.stance for each in every]
    if supporting := stances.count(PassageStance.SUPPORTS):
        sentence = texts.ngettext(
            "%(num)d municipality supports what the text says.",
            "%(num)d municipalities support what the text says.",
            supporting,
        )
        said.append(sentence % {"num": supporting})
    if contradicting := stances.count(PassageStance.CONTRADICTS):
        sentence = texts.ngettext(
            "%(num)d municipality contradicts a part of it.",
            "%(num)d municipalities contradict a part of it.",
            contradicting,
        )
        said.append(sentence % {"num": contradicting})
    return said


def as_pdf(brief: Brief) -> bytes:
    """PDF/UA, one page of A4. Blocks for some milliseconds."""
    return compiled("brief.typ", _content(brief), made=brief.made)


def _content(brief: Brief) -> Mapping[str, Any]:
    return {
        "language": texts.language(),
        "network": brief.network,
        "reference": brief.number,
        "title": {"text": brief.title, "language": brief.language},
        "state": brief.state,
        "messages": [{"text": each, "language": brief.language} for each in brief.messages],
        "figures": list(brief.figures),
        "voices": [
            {
                "text": " ".join(row.text.split()),
                "language": row.language,
                "who": f"{row.municipality} ({row.country})",
            }
            for row in brief.voices
        ],
        "contact": brief.contact,
        "labels": {
            "messages": texts.gettext("What we say"),
            "figures": texts.gettext("Figures"),
            "voices": texts.gettext("In their own words"),
            "contact": texts.gettext("Contact"),
        },
        "foot": texts.label(texts.gettext("As of")) + " " + texts.moment(brief.made, ZONE),
    }
