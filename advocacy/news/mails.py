"""The letter with news to a municipality."""

from collections.abc import Sequence
from datetime import datetime

from advocacy.mail.letters import Written, unsubscribing, write
from advocacy.municipalities import links
from advocacy.municipalities.tables import Contact
from advocacy.news import labels, rules
from advocacy.news.queries import Item
from advocacy.news.rules import NewsKind
from advocacy.settings import settings


def news(contact: Contact, items: Sequence[Item], *, until: datetime) -> Written:
    """`items` in the order of their kinds; what is too much for one letter is counted."""
    shown = items[: rules.MOST]
    return write(
        "news",
        key=f"news/{contact.id}/{until:%Y-%m-%dT%H%M}",
        recipient=contact.email,
        recipient_name=contact.name,
        language=contact.language,
        headers=unsubscribing(links.mail_settings(contact.id, of="news"), settings().sender),
        contact=contact,
        items=items,
        kinds=[
            (labels.KINDS[kind], [each for each in shown if each.kind is kind])
            for kind in NewsKind
            if any(each.kind is kind for each in shown)
        ],
        further=len(items) - len(shown),
        house=f"{settings().base_url}/{contact.language}",
        settings_link=links.mail_settings(contact.id),
        own_page=links.own_page(contact.id),
    )
