"""A call to 300 municipalities leaves, and their answers come within a minute from fifty at once.

The letters are written and carried over one SMTP connection; the answers go to the server as an
operator starts it, one process. The goals: out in under a minute; p95 at most five times the median.
"""

import asyncio
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from statistics import median

import httpx

from advocacy import database
from advocacy.calls import actions
from advocacy.calls.queries import token_of
from advocacy.calls.tables import Contribution, ContributionVersion, Invitation
from advocacy.mail.actions import deliver
from advocacy.mail.smtp import carrier_for
from advocacy.mail.tables import Letter
from advocacy.municipalities.tables import Contact, Municipality
from advocacy.settings import Settings
from tests.advocacy.calls import story
from tests.benchmarks.ground import Ground
from tests.benchmarks.hold import p95, served, told
from tests.benchmarks.postbox import listening
from tests.browsing import FIELD
from tests.characters import ana

MEMBERS = 300
AT_ONCE = 50
LANGUAGES = ("de", "fr", "it", "sl")


async def run(ground: Ground) -> list[str]:
    path = await ground.empty()
    async with database.started(f"sqlite:///{path}"):
        invitations, written, left = await _called()
    with served(path) as address:
        limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
        async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
            await _ready(client)
            began = time.perf_counter()
            opened, sent = await _answered(client, invitations)
            took = time.perf_counter() - began
    async with database.started(f"sqlite:///{path}"):
        there = await Contribution.count(), await ContributionVersion.count()
    return [
        f"a call to {MEMBERS}: written in {written:.1f} s, left over one connection in {left:.1f} s",
        f"{MEMBERS} answers, {AT_ONCE} at once, in {took:.1f} s; there: {there[0]}, versions: {there[1]}",
        f"  the page opened: {told(opened)}",
        f"  the answer sent: {told(sent)}; p95 : median = {p95(sent) / median(sent):.2f}",
    ]


async def _called() -> tuple[list[int], float, float]:
    """Invitations; seconds until the letters were written, and until they had left."""
    now = datetime.now(UTC)
    await _members(now)
    call = await story.drafted(now, answers_until=now + timedelta(days=10))
    for language in LANGUAGES:
        await actions.check_text(call.id, language, by=await ana(now), now=now)
    written = await _seconds(actions.launch(call.id, by=await ana(now), now=now))
    await actions.send_now(call.id, by=await ana(now), now=now)
    with listening() as port:
        carrier = carrier_for(Settings(smtp_url=f"smtp://127.0.0.1:{port}"))
        left = await _seconds(deliver(carrier, now=now + timedelta(seconds=1)))
    assert await Letter.count().where(Letter.kind == "call", Letter.state == "sent") >= MEMBERS
    rows = await Invitation.select(Invitation.id).where(Invitation.call == call.id)
    return [row["id"] for row in rows], written, left


async def _members(now: datetime) -> None:
    # Four more come along with the story.
    for number in range(MEMBERS - 4):
        language = LANGUAGES[number % len(LANGUAGES)]
        member = Municipality(
            code=f"AT-{number + 100}", name=f"Musterdorf {number}", country="AT",
            language=language, created=now,
        )  # fmt: skip
        await member.save()
        await Contact(
            municipality=member.id, name="Eva Musterfrau", language=language,
            email=f"office{number}@musterdorf.example",
        ).save()  # fmt: skip


async def _seconds(work: Awaitable[object]) -> float:
    began = time.perf_counter()
    await work
    return time.perf_counter() - began


async def _ready(client: httpx.AsyncClient) -> None:
    for _ in range(600):
        try:
            await client.get("/health")
        except httpx.TransportError:
            await asyncio.sleep(0.1)
        else:
            return


async def _answered(
    client: httpx.AsyncClient, invitations: list[int]
) -> tuple[list[float], list[float]]:
    """Seconds of each opening and of each sending."""
    waiting, opened, sent = list(invitations), list[float](), list[float]()

    async def somebody() -> None:
        while waiting:
            number = waiting.pop()
            link = f"/a/{token_of(number)}"
            began = time.perf_counter()
            page = await client.get(link)
            opened.append(time.perf_counter() - began)
            form = dict(FIELD.findall(page.text)) | {
                "stance": "partly", "text": f"Wir haben {number} Almen. Die Kosten sind zu hoch.",
                "basis": "mayor", "answered_by": "Eva Musterfrau", "role": "mayor",
                "name_public": "1",
            }  # fmt: skip
            sent.append(await _seconds(_posted(client, link, form)))

    await asyncio.gather(*(somebody() for _ in range(AT_ONCE)))
    return opened, sent


async def _posted(client: httpx.AsyncClient, link: str, form: dict[str, str]) -> None:
    answer = await client.post(link, data=form)
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.status_code
