"""What may be changed of a source."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields

from cssselect import HTMLTranslator, SelectorError

from advocacy.dossiers.deadlines.instants import ZONES
from advocacy.errors import Invalid, Message
from advocacy.people.rules import COUNTRIES, LANGUAGES
from feeds.tables import Source

LONGEST_NAME = 300
LONGEST_SELECTOR = 300


@dataclass(frozen=True, slots=True)
class SourceChange:
    """`language` "" is found out; `selector` chooses the part of a page that is watched."""

    name: str
    language: str
    zone: str
    countries: tuple[str, ...]
    selector: str

    def as_text(self) -> str:
        """For the comparison of two people's versions."""
        return "\n".join(f"{each.name}: {getattr(self, each.name)}" for each in fields(self))

    def fingerprint(self) -> str:
        """What a form carries, to know later whether somebody else changed something."""
        return hashlib.sha256(self.as_text().encode()).hexdigest()

    def as_typed(self) -> dict[str, str]:
        return {
            "name": self.name,
            "language": self.language,
            "zone": self.zone,
            "countries": ",".join(self.countries),
            "selector": self.selector,
            "base": self.fingerprint(),
        }


def as_change(source: Source) -> SourceChange:
    """What may be changed of it, as it stands."""
    return SourceChange(
        name=source.name,
        language=source.language or "",
        zone=source.zone,
        countries=tuple(code for code in source.countries.split(",") if code),
        selector=json.loads(source.settings or "{}").get("selector", ""),
    )


def zones_for(source: Source) -> tuple[str, ...]:
    """A source may have come from a list with another zone than ours."""
    return tuple(dict.fromkeys((*ZONES, source.zone)))


def source_change(typed: Mapping[str, str], source: Source) -> SourceChange:
    """Raises Invalid with what is wrong in each field."""
    wrong: dict[str, Message] = {}
    name = " ".join(typed.get("name", "").split())
    if len(name) > LONGEST_NAME:
        wrong["name"] = Message("The name is too long")
    language = typed.get("language", "")
    if language not in {"", *LANGUAGES, source.language}:
        wrong["language"] = Message("Choose one of the five languages")
    zone = typed.get("zone", "")
    if zone not in zones_for(source):
        wrong["zone"] = Message("Choose a time from the list")
    countries = tuple(code for code in typed.get("countries", "").split(",") if code)
    if not set(countries) <= set(COUNTRIES):
        wrong["countries"] = Message("Choose countries from the list")
    selector = typed.get("selector", "").strip()
    if not _is_selector(selector):
        wrong["selector"] = Message("Enter a CSS selector like main .news, or nothing")
    if wrong:
        raise Invalid(wrong)
    return SourceChange(name, language, zone, countries, selector)


def _is_selector(text: str) -> bool:
    if len(text) > LONGEST_SELECTOR or not text.isprintable():
        return False
    try:
        return not text or bool(HTMLTranslator().css_to_xpath(text))
    except SelectorError:
        return False
