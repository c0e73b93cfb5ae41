"""The digest as a letter."""

from datetime import datetime

from advocacy.digest import links
from advocacy.digest.queries import Digest
from advocacy.digest.rules import MOST_ROWS
from advocacy.mail.letters import Written, unsubscribing
from advocacy.overview import labels
from advocacy.overview.health import drift_sentence
from advocacy.overview.told import told
from advocacy.overview.windows import OFFICE_ZONE
from advocacy.people.mails import write_to
from advocacy.people.tables import Person
from advocacy.settings import settings


def digest(person: Person, news: Digest, *, at: datetime, now: datetime) -> Written:
    """`at`: the hour it was due; there is one letter of it for good."""
    return write_to(
        person,
        "digest",
        key=f"digest/{person.id}/{at:%Y-%m-%d}",
        headers=unsubscribing(links.rhythm_address(person.id), settings().sender),
        digest=news,
        most=MOST_ROWS,
        labels=labels,
        drift_sentence=drift_sentence,
        told=told,
        house=f"{settings().base_url}/{person.language}",
        rhythm_address=links.rhythm_address(person.id),
        zone=OFFICE_ZONE,
        now=now,
    )
