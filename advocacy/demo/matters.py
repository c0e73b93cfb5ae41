"""The demo's two matters, in days from today."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from advocacy.calls.asking.audience import Audience
from advocacy.demo.answers import (
    CARNIVORE_ANSWERS,
    CARNIVORE_CALL,
    FOREST_ANSWERS,
    FOREST_CALL,
    TRANSIT_ANSWERS,
    TRANSIT_CALL,
    Answer,
    CallText,
)
from advocacy.demo.answers.official import COMMENTS, OFFICIAL, OFFICIAL_TITLE


@dataclass(frozen=True, slots=True)
class Matter:
    """One of the demo's dossiers; all numbers are days from today."""

    title: str
    entry: str  # words of the title of the entry that it is opened from
    number: str  # of the procedure, part of it
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    opened: int
    closes: int
    called: int
    answers_until: int
    audience: Audience
    words: dict[str, CallText]
    answers: tuple[Answer, ...]
    body: str = "commission"
    procedure: str = "have-your-say"
    kind: str = "feedback"
    official_title: str = ""
    official: tuple[str, ...] = ()  # paragraphs
    comments: Mapping[str, Mapping[int, str]] = field(default_factory=dict)  # by municipality


HERDS = Matter(
    title="Herdenschutz und große Beutegreifer",
    entry="grazing livestock",
    number="0211(COD)",
    topics=("carnivores", "farming"),
    countries=("AT", "DE", "FR", "IT", "SI"),
    opened=-26,
    closes=29,
    called=-14,
    answers_until=8,
    audience=Audience(),
    words=CARNIVORE_CALL,
    answers=CARNIVORE_ANSWERS,
    official_title=OFFICIAL_TITLE,
    official=OFFICIAL,
    comments=COMMENTS,
)
TRANSIT = Matter(
    title="Transit und kombinierter Verkehr",
    entry="Combined transport",
    number="0396(COD)",
    topics=("transport",),
    countries=("AT", "FR", "IT", "SI"),
    opened=-60,
    closes=33,
    called=-51,
    answers_until=-38,
    audience=Audience(codes=tuple(answer.municipality for answer in TRANSIT_ANSWERS)),
    words=TRANSIT_CALL,
    answers=TRANSIT_ANSWERS,
)
FORESTS = Matter(
    title="Schutzwald und Naturgefahren",
    entry="",
    number="",
    topics=("forest", "hazards"),
    countries=("AT", "FR", "IT", "SI"),
    opened=-95,
    closes=-35,
    called=-80,
    answers_until=-60,
    audience=Audience(codes=tuple(answer.municipality for answer in FOREST_ANSWERS)),
    words=FOREST_CALL,
    answers=FOREST_ANSWERS,
    body="alpine-conference",
    procedure="alpine-decision",
    kind="meeting",
)
