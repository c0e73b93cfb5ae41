"""One thing that a source published, before any format."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from advocacy.demo.sources.wording import written


@dataclass(frozen=True)
class Notice:
    """``published`` and ``closes`` are days from today; title and body hold days to fill in.

    ``closes`` is the truth about the deadline for input that the text states, None where it states
    none. It is never published as such: the text has to be read, as in life.
    """

    key: str
    published: int
    title: str
    body: str
    closes: int | None = None
    topics: tuple[str, ...] = ()

    def title_on(self, today: date, language: str) -> str:
        return written(self.title, language, today=today)

    def body_on(self, today: date, language: str) -> str:
        return written(self.body, language, today=today)

    def published_at(self, today: date) -> datetime:
        """In office hours of the day, spread by the key's length so that no two feeds tie."""
        day = today + timedelta(days=self.published)
        return datetime.combine(day, time(6 + len(self.key) % 9, len(self.key)), UTC)


@dataclass(frozen=True)
class Office:
    """A source of notices. ``path`` is where it answers."""

    path: str
    name: str
    language: str
    notices: tuple[Notice, ...]

    def address(self, base: str, notice: Notice) -> str:
        return f"{base}{self.path}/{notice.key}"

    def updated_at(self, today: date) -> datetime:
        return max(notice.published_at(today) for notice in self.notices)
