"""50 of 20,000 entries as a page: the whole application, and its template with plain sqlite3."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any  # a template's values are what its page shows

import jinja2

from advocacy import database, texts
from advocacy.templating import environment
from advocacy.triage import queries
from advocacy.triage.forms import Filters
from advocacy.triage.queries import InboxPage, InboxRow
from tests.benchmarks.ground import NOW, Ground
from tests.benchmarks.measuring import Row, side_by_side
from tests.browsing import browser
from tests.characters import ana

TIMES = 10
PAGE = "triage/inbox.html"
ROWS = (
    "SELECT e.id, e.title, e.language, s.name, s.countries, s.zone, e.first_seen, e.next_deadline"
    " FROM entry e JOIN source s ON s.id = e.source WHERE NOT EXISTS (SELECT 1 FROM triage t"
    " WHERE t.entry = e.id AND (t.decision <> 'later' OR t.until > ?)) AND "
)
DUE = f"{ROWS} e.next_deadline > ? ORDER BY e.next_deadline, e.id LIMIT ?"
REST = f"{ROWS} (e.next_deadline IS NULL OR e.next_deadline <= ?) ORDER BY e.id DESC LIMIT ?"
AGAINST = "the same template, rows by plain sqlite3"


async def run(ground: Ground) -> list[Row]:
    path = Path(shutil.copy(await ground.filled(), ground.folder / "inbox.db"))
    async with database.started(f"sqlite:///{path}"), browser(NOW) as web:
        await web.sign_in(await ana(NOW), NOW)
        with shown_values() as values:
            answer = await web.get("/de/inbox")
        assert answer.status_code == 200, answer.status_code
        template, store = environment.get_template(PAGE), sqlite3.connect(path)

        def show(rows: list[InboxRow]) -> None:
            with texts.speaking("de"):
                template.render(values | {"shown": InboxPage(rows, values["shown"].after)})

        async def page() -> None:
            for _ in range(TIMES):
                await web.get("/de/inbox")

        async def rows_only() -> None:
            for _ in range(TIMES):
                show((await queries.inbox(Filters(), now=NOW)).rows)

        async def plain() -> None:
            for _ in range(TIMES):
                show(_plain_rows(store))

        assert _plain_rows(store) == [_bare(row) for row in values["shown"].rows]
        return [
            await side_by_side(name, work, plain, against=AGAINST, rounds=ground.rounds, each=TIMES)
            for name, work in (
                ("inbox, rows and template", rows_only),
                ("inbox, the page: session, rights, brotli", page),
            )
        ]


@contextmanager
def shown_values() -> Iterator[dict[str, Any]]:
    """The values that the application gives to the page while the block runs."""
    values: dict[str, Any] = {}
    render = jinja2.Template.render

    def watched(self: jinja2.Template, *given: Any, **more: Any) -> str:
        if self.name == PAGE:
            values.update(dict(*given, **more))
        return render(self, *given, **more)

    jinja2.Template.render = watched  # type: ignore[method-assign]
    try:
        yield values
    finally:
        jinja2.Template.render = render  # type: ignore[method-assign]


def _plain_rows(store: sqlite3.Connection) -> list[InboxRow]:
    now = str(NOW)
    found = store.execute(DUE, (now, now, queries.PAGE)).fetchall()
    found += store.execute(REST, (now, now, queries.PAGE - len(found))).fetchall()
    return [_row(*each) for each in found]


def _row(  # noqa: PLR0917  a row's columns in their order
    number: int,
    title: str,
    language: str,
    source: str,
    countries: str,
    zone: str,
    first_seen: str,
    due: str | None,
) -> InboxRow:
    return InboxRow(
        id=number,
        title=title,
        language=language,
        source=source,
        countries=countries,
        zone=zone,
        first_seen=datetime.fromisoformat(first_seen),
        ahead=datetime.fromisoformat(due) if due else None,
        not_ours=False,
        numbers=(),
    )


def _bare(row: InboxRow) -> InboxRow:
    return replace(row, not_ours=False, numbers=())
