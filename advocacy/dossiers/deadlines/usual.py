"""The date that a deadline is planned with while nobody knows it."""

from datetime import datetime, timedelta

from advocacy.bodies.queries import usual_days
from advocacy.bodies.tables import Procedure
from advocacy.deadlines import local_date
from advocacy.dossiers.deadlines.instants import END_OF_DAY, at
from advocacy.dossiers.forms import NewWindow
from advocacy.dossiers.tables import Dossier
from advocacy.errors import Invalid, Message


async def resolved(new: NewWindow, dossier: Dossier, *, now: datetime) -> datetime:
    """The typed date or assumption; else the usual length of the dossier's procedure, counted
    from the opening, or from today. Invalid when that length is not known either, or is over.
    """
    if new.closes is not None:
        return new.closes
    procedure = await Procedure.objects().where(Procedure.id == (dossier.procedure or 0)).first()
    days = usual_days(procedure, new.kind) if procedure else None
    if not days:
        raise Invalid(
            {
                "assumed": Message(
                    "How long this procedure usually takes is not known: "
                    "enter a date to plan with until the deadline is known"
                )
            }
        )
    opened = local_date(new.opens or now, new.zone)
    closes = at(opened + timedelta(days=days), END_OF_DAY, new.zone)
    if closes <= now:
        raise Invalid(
            {
                "assumed": Message(
                    "By the usual length this would be over: enter a date to plan with"
                )
            }
        )
    return closes
