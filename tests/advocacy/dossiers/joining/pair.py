"""Two dossiers that tests make one."""

from datetime import UTC, datetime, timedelta

from advocacy.documents.tables import Document
from advocacy.dossiers import actions, queries
from advocacy.dossiers.forms import NewDossier, NewWindow
from advocacy.dossiers.relations import relating
from advocacy.dossiers.tables import (
    DeadlineClaim,
    Dossier,
    Reference,
)
from tests.advocacy.triage.sample import entry
from tests.characters import ana, maja

CLOSES = datetime(2027, 1, 29, 22, 59, 59, tzinfo=UTC)
DAY = timedelta(days=1)


def new(title: str, **values: object) -> NewDossier:
    window = NewWindow(CLOSES, "Europe/Brussels", evidence="Until 29 January.")
    return NewDossier(title=title, window=window, **values)  # type: ignore[arg-type]


async def two(now: datetime) -> tuple[Dossier, Dossier]:
    """The source has something of everything; the target has the same of some."""
    by = await ana(now)
    first = await entry("First source", now=now)
    source = await actions.open_dossier(
        new(
            "Wölfe", summary="Was wir wissen.", topics=("carnivores",), countries=("AT", "SI"),
            procedure_number="2026/0123(COD)", lead=(await maja(now)).id, priority=1,
        ),
        entry_id=first, by=by, now=now,
    )  # fmt: skip
    target = await actions.open_dossier(
        new("Herdenschutz", summary="Anderes.", topics=("farming",), countries=("IT", "SI")),
        by=by, now=now,
    )  # fmt: skip
    third = await actions.open_dossier(new("Wasser"), by=by, now=now)
    second = await entry("Second source", now=now)
    await actions.attach([second], source.id, by=by, now=now)
    await Document(
        dossier=source.id, name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64,
        content=b"a", person=by.id, at=now,
    ).save()  # fmt: skip
    await Reference(dossier=source.id, kind="com", value="COM(2026) 12").save()
    await Reference(dossier=source.id, kind="eva", value="EVA 2026-2550-0012").save()
    await Reference(dossier=target.id, kind="com", value="COM(2026) 12").save()
    await relating.relate(source.id, third.number, by=by, now=now)
    await relating.relate(source.id, target.number, by=by, now=now)
    [window] = await queries.windows_of(source.id)
    await DeadlineClaim(
        dossier=source.id, window=window.id, entry=second, closes=CLOSES + DAY,
        zone="Europe/Brussels", raised=now,
    ).save()  # fmt: skip
    return await queries.by_id(source.id), await queries.by_id(target.id)
