"""A call to 300 municipalities leaves: from the outbox, and as a bare loop over the messages."""

from email.message import EmailMessage

import aiosmtplib
from piccolo.columns import Column

from advocacy import database
from advocacy.mail.actions import deliver, post
from advocacy.mail.letters import Written
from advocacy.mail.rules import LetterState
from advocacy.mail.smtp import carrier_for, message
from advocacy.mail.tables import Letter
from advocacy.settings import Settings
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.measuring import Row, side_by_side
from tests.benchmarks.postbox import listening
from tests.benchmarks.samples import LANGUAGES, sentences


async def run(ground: Ground) -> list[Row]:
    number = 60 if ground.quick else 300
    async with database.started(f"sqlite:///{await ground.empty()}"):
        async with database.transaction():
            for each in range(number):
                await post(_letter(each), now=NOW)
        with listening() as port:
            settings = Settings(smtp_url=f"smtp://127.0.0.1:{port}")
            messages = [message(each, settings) for each in await Letter.objects()]

            async def ours() -> None:
                # one statement for all of them; the peer keeps no account of what has left
                waiting: dict[Column | str, object] = {
                    Letter.state: LetterState.WAITING,
                    Letter.claimed_until: None,
                }
                await Letter.update(waiting, force=True)
                assert await deliver(carrier_for(settings), now=NOW) == number

            row = await side_by_side(
                f"{number} letters over one connection",
                ours,
                lambda: _bare(port, messages),
                against="aiosmtplib, a bare loop",
                rounds=ground.rounds,
            )
    return [row]


async def _bare(port: int, messages: list[EmailMessage]) -> None:
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port) as client:
        for each in messages:
            await client.send_message(each)


def _letter(number: int) -> Written:
    language, said = LANGUAGES[number % len(LANGUAGES)], sentences(number, 900)[1]
    return Written(
        key=f"call/1/invitation/{number}",
        kind="call",
        recipient=f"office{number}@si-07.example",
        recipient_name="Janez Primer",
        language=language,
        subject=said[0][:100],
        text="\n\n".join(said) + f"\n\nhttps://alpennetz.example/a/{number:040}\n",
        html="".join(f'<p style="margin:0 0 1em;line-height:1.5">{each}</p>' for each in said),
        headers={"List-Unsubscribe": f"<https://alpennetz.example/u/{number:040}>"},
    )
