"""An official text of three paragraphs beside a call."""

from datetime import datetime

from advocacy.calls.tables import Call, OfficialParagraph, OfficialText
from tests.characters import ana

PARAGRAPHS = (
    ("Art. 1", "Member States protect alpine pastures."),
    ("Art. 2", "Fences are subsidised."),
    ("", "This Regulation enters into force on 1 January."),
)


async def attach(call: Call, now: datetime) -> None:
    text = OfficialText(
        call=call.id, title="Draft regulation", language="en", person=(await ana(now)).id, at=now
    )
    await text.save()
    for number, (label, said) in enumerate(PARAGRAPHS, start=1):
        row = OfficialParagraph(official=text.id, number=number, label=label, text=said)
        await row.save()
