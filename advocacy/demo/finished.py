"""The demo's matter that is over: handed in, and the body has decided."""

from datetime import datetime, timedelta

from advocacy.approvals import actions as approvals
from advocacy.approvals.rules import Policy
from advocacy.calls import actions as calls
from advocacy.demo import steps
from advocacy.demo.answers import FOREST_ANSWERS, FOREST_POSITION
from advocacy.demo.matters import FORESTS
from advocacy.outcomes import actions as outcomes
from advocacy.outcomes.rules import Fate
from advocacy.people.tables import Person
from advocacy.submissions import actions as submissions
from advocacy.submissions.rules import Channel

FATES = (
    (Fate.PARTLY, "Die Vertragsparteien prüfen, die Pflege der Schutzwälder anteilig zu fördern."),
    (
        Fate.ADOPTED,
        "Die Konferenz beauftragt die Arbeitsgruppe mit einem Programm für Forstgärten.",
    ),
)


async def tell(ana: Person, now: datetime) -> None:
    """From the opening ninety-five days ago to the outcome nine days ago."""
    dossier = await steps.open_matter(FORESTS, ana, now)
    call = await steps.ask(FORESTS, dossier, ana, now)
    given = await steps.answers(FORESTS, call, now)
    await calls.close_over(now - timedelta(days=59))
    drafted = now - timedelta(days=55)
    passages = await steps.split(FOREST_ANSWERS, given, ana, drafted)
    position = await steps.write(dossier, FOREST_POSITION, given, ana, drafted)
    await steps.dispose(FOREST_POSITION, passages, ana, drafted)
    opened = now - timedelta(days=48)
    held = await approvals.open_round(
        position.id,
        policy=Policy.MAJORITY,
        quorum=2,
        ends=opened + timedelta(days=3),
        by=ana,
        now=opened,
    )
    for name in ("Marie Exemple", "Franz Beispielhuber"):
        voter = await steps.person(name)
        await approvals.vote(held.id, voter, "approve", "", held.text_hash, now=opened)
    await approvals.settle(opened + timedelta(days=4))
    sent = now - timedelta(days=41)
    submission = await submissions.prepare(
        held.id, channel=Channel.MAIL, language="de", by=ana, now=sent
    )
    await submissions.hand_in(submission.id, receipt="AC-17/4", at=sent, by=ana, now=sent)
    await outcomes.report_back(submission.id, by=ana, now=sent + timedelta(days=1))
    for number, (fate, quotation) in enumerate(FATES, 1):
        decided = now - timedelta(days=9)
        await outcomes.set_outcome(
            submission.id, number, fate, quotation, decided=decided.date(), by=ana, now=decided
        )
