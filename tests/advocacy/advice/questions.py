"""What is asked in the tests, and by whom."""

from datetime import datetime

from advocacy.advice import actions
from advocacy.advice.asking.taking_in import Asker
from advocacy.advice.forms import NewQuestion, Reply
from advocacy.advice.queries import last_number
from advocacy.advice.tables import Enquiry
from advocacy.dossiers.tables import Dossier
from advocacy.mail.tables import Letter
from advocacy.municipalities import links
from advocacy.municipalities.queries import contacts_of
from advocacy.municipalities.tables import Contact, Municipality
from tests.characters import ana, eva, giulia, luca, maja, presidency, vzorcna_vas

TEXT = "Ali smemo ovce ponoči pustiti na planini brez pastirja?"


async def people(now: datetime) -> None:
    for person in (ana, luca, maja, giulia, eva):
        await person(now)
    await presidency(now)


async def contact(member: Municipality) -> Contact:
    return (await contacts_of([member.id]))[member.id][0]


async def asker(now: datetime) -> Asker:
    member = await vzorcna_vas(now)
    person = await contact(member)
    return Asker(person.name, person.email, person.language, member, person)


async def asked(now: datetime, *, text: str = TEXT, dossier: int | None = None) -> Enquiry:
    """By Vzorčna vas: Maja Vzorec has it in hand."""
    await people(now)
    new = NewQuestion("Ovce ponoči", text)
    return await actions.ask(new, await asker(now), dossier=dossier, now=now)


async def reply(enquiry: Enquiry, text: str = "Da, z nočno ogrado.", **more: object) -> Reply:
    """Typed on the page as it is now."""
    return Reply(text, str(more.get("translation", "")), await last_number(enquiry.id))


async def fresh(enquiry: Enquiry) -> Enquiry:
    found = await Enquiry.objects().where(Enquiry.id == enquiry.id).first()
    assert found is not None
    return found


async def letters(kind: str) -> list[Letter]:
    return await Letter.objects().where(Letter.kind == kind).order_by(Letter.id)


async def own_page(now: datetime) -> str:
    """The path of Vzorčna vas' own page."""
    person = await contact(await vzorcna_vas(now))
    return f"/m/{links.key_of(person.id, links.PAGE)}"


async def dossier(now: datetime) -> Dossier:
    made = Dossier(
        number="2026-014", title="Großraubtiere", language="de", station="opened",
        countries="AT,SI", opened=now, changed=now,
    )  # fmt: skip
    await made.save()
    return made
