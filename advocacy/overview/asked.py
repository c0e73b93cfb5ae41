"""What somebody wants to see of the dates: view, weeks, month, filters, order. Pure.

Whatever stands in an address, a page comes of it: what makes no sense is left out.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from advocacy.overview.timeline import WEEKS, monday_of
from advocacy.people.rules import COUNTRIES

VIEWS = ("agenda", "timeline", "month")
SORTS = ("closes", "title", "opens", "state")
YEARS = 20
"""How far back and ahead one may look."""

_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asked:
    """`view` is empty when the width of the page is to decide. `first` is a Monday, `month` the
    first of a month; `sort` has a minus before it for the other way round.
    """

    view: str
    first: date
    month: date
    country: str = ""
    topic: str = ""
    mine: bool = False
    external: bool = False
    sort: str = "closes"

    @property
    def is_filtered(self) -> bool:
        return bool(self.country or self.topic or self.mine or self.external)

    @property
    def week(self) -> str:
        year, number, _ = self.first.isocalendar()
        return f"{year}-W{number:02d}"

    def query(self, **changes: object) -> str:
        """The query of a link to the same with these changes, always in one order."""
        wanted = replace(self, **changes)  # type: ignore[arg-type]  # names of fields
        values = {
            "view": wanted.view,
            "from": wanted.week if wanted.view == "timeline" else "",
            "month": f"{wanted.month:%Y-%m}" if wanted.view == "month" else "",
            "country": wanted.country,
            "topic": wanted.topic,
            "mine": "1" if wanted.mine else "",
            "external": "1" if wanted.external else "",
            "sort": wanted.sort if wanted.sort != "closes" else "",
        }
        return "?" + urlencode({name: value for name, value in values.items() if value})

    def weeks_on(self, steps: int) -> date:
        return self.first + timedelta(weeks=WEEKS * steps)

    def months_on(self, steps: int) -> date:
        place = self.month.year * 12 + self.month.month - 1 + steps
        return date(place // 12, place % 12 + 1, 1)

    def sorted_by(self, column: str) -> str:
        """What a click on the heading of a column asks for: a second one turns the order."""
        return f"-{column}" if self.sort == column else column

    def order_of(self, column: str) -> str | None:
        """As `aria-sort` says it; None for a column that does not lead."""
        if self.sort.removeprefix("-") != column:
            return None
        return "descending" if self.sort.startswith("-") else "ascending"


def read(values: Mapping[str, str], *, today: date, topics: Collection[str]) -> Asked:
    view, sort = values.get("view", ""), values.get("sort", "")
    country, topic = values.get("country", ""), values.get("topic", "")
    return Asked(
        view=view if view in VIEWS else "",
        first=_week(values.get("from", ""), today) or monday_of(today),
        month=_month(values.get("month", ""), today) or today.replace(day=1),
        country=country if country in COUNTRIES else "",
        topic=topic if topic in topics else "",
        mine=values.get("mine") == "1",
        external=values.get("external") == "1",
        sort=sort if sort.removeprefix("-") in SORTS else "closes",
    )


def _week(text: str, today: date) -> date | None:
    found = _WEEK.fullmatch(text)
    if found is None or abs(int(found[1]) - today.year) > YEARS:
        return None
    try:
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def _month(text: str, today: date) -> date | None:
    found = _MONTH.fullmatch(text)
    if found is None or abs(int(found[1]) - today.year) > YEARS:
        return None
    return date(int(found[1]), int(found[2]), 1) if 1 <= int(found[2]) <= 12 else None  # noqa: PLR2004
