"""What a member is found by."""

from collections.abc import Iterable

from advocacy.municipalities.tables import Contact, Municipality
from feeds.reading.folding import search_text


def text_of(member: Municipality, people: Iterable[str]) -> str:
    """`people`: their names."""
    words = " ".join([member.code, member.name, member.region, *people])
    return search_text(words, language=member.language)


async def refresh_search(municipality: int) -> None:
    member = await Municipality.objects().where(Municipality.id == municipality).first()
    if member is None:
        return
    people = await (
        Contact.select(Contact.name)
        .where(Contact.municipality == municipality)
        .order_by(Contact.id)
    )
    text = text_of(member, [row["name"] for row in people])
    await Municipality.update({Municipality.search_text: text}).where(
        Municipality.id == municipality
    )
