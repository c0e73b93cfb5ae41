"""What a subscription may be narrowed to: a topic, a country, both."""

from collections.abc import Mapping
from dataclasses import dataclass

from advocacy import texts
from advocacy.dossiers.labels import topic_name
from advocacy.errors import NotFound
from advocacy.people.rules import COUNTRIES
from feeds.reading.topics import TOPICS


@dataclass(frozen=True, slots=True)
class Chosen:
    """Empty: all topics, all countries."""

    topic: str = ""
    country: str = ""

    def names(self) -> list[str]:
        """In the language in use."""
        topic = topic_name(self.topic, texts.language()) if self.topic else ""
        country = texts.country_name(self.country) if self.country else ""
        return [name for name in (topic, country) if name]

    def query(self) -> str:
        """Always in one order: it is part of the feed's id."""
        named = (("topic", self.topic), ("country", self.country))
        written = "&".join(f"{name}={value}" for name, value in named if value)
        return f"?{written}" if written else ""

    def has(self, topics: str, countries: str) -> bool:
        in_topic = not self.topic or self.topic in topics.split(",")
        return in_topic and (not self.country or self.country in countries.split(","))


def chosen(values: Mapping[str, str]) -> Chosen:
    """NotFound for a topic or a country that there is not: a feed of everything is not meant."""
    topic, country = values.get("topic", ""), values.get("country", "").upper()
    if (topic and topic not in TOPICS) or (country and country not in COUNTRIES):
        raise NotFound("There is no such feed")
    return Chosen(topic, country)
