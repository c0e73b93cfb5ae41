"""Gather what stands on a paper, then have it set while others are served."""

from functools import partial

from advocacy import database
from advocacy.calls.asking.whole_calls import WholeCall
from advocacy.calls.papers.council_sheet import Copy, council_sheets
from advocacy.calls.papers.receipt_pdf import receipt_pdf
from advocacy.calls.queries import Personal
from advocacy.calls.rules import InvitationState
from advocacy.calls.tables import Invitation
from advocacy.dossiers.queries import milestones_of
from advocacy.errors import NotFound
from advocacy.municipalities.queries import coordinators
from advocacy.typesetting import in_turn


async def receipt(personal: Personal, *, language: str) -> bytes:
    """Of the version that stands. NotFound: there is no answer yet."""
    make = partial(
        receipt_pdf,
        personal,
        enclosures=[(each.name, each.size) for each in personal.enclosed],
        ahead=await milestones_of([personal.whole.window.id]),
        coordinator=(await coordinators()).get(personal.municipality.country),
        language=language,
    )
    return await in_turn(make)


async def sheet(personal: Personal, *, language: str) -> bytes:
    place = personal.municipality
    carer = (await coordinators()).get(place.country)
    copy = Copy(personal.invitation.id, place, language, carer)
    return await in_turn(partial(council_sheets, personal.whole, [copy]))


async def sheets(whole: WholeCall, country: str) -> bytes:
    """Of all in a country who have not answered, whether they have an address for letters or not,
    in the order of their codes. NotFound: all have answered, or nobody was asked there.
    """
    rows = await database.with_referred(
        Invitation.objects()
        .where(
            Invitation.call == whole.call.id,
            Invitation.municipality.country == country,
            Invitation.state != InvitationState.ANSWERED,
        )
        .order_by(Invitation.municipality.code),
        Invitation.municipality,
    )
    if not rows:
        raise NotFound("There is nobody in this country who has not answered")
    carer = (await coordinators()).get(country)
    copies = [Copy(row.id, row.municipality, row.language, carer) for row in rows]
    return await in_turn(partial(council_sheets, whole, copies))
