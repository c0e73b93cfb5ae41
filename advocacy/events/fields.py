"""One field after the other, read with what to do about each."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time

from advocacy.bodies.forms import is_address
from advocacy.dossiers.deadlines.instants import Wrong, typed_day
from advocacy.errors import Invalid, Message
from advocacy.people.rules import check_address

Typed = Mapping[str, str]

CHOOSE = Message("Choose one from the list")
LARGEST_ID = 2**31 - 1


def clean(text: str) -> str:
    """One kind of line end, no NUL."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def one_line(text: str) -> str:
    return " ".join("".join(sign for sign in text if sign.isprintable() or sign.isspace()).split())


def number(text: str) -> int | None:
    """A row's number; None for whatever else stands there."""
    known = text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_ID))
    return int(text) if known and 0 < int(text) <= LARGEST_ID else None


class Reader:
    """Reads one field after the other and gathers what is wrong, so that it is said at once."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.wrong: dict[str, Message] = {}

    def line(self, name: str, most: int, *, required: Message | None = None) -> str:
        return self._fits(name, one_line(self.typed.get(name, "")), most, required)

    def words(self, name: str, most: int, *, required: Message | None = None) -> str:
        return self._fits(name, clean(self.typed.get(name, "")), most, required)

    def _fits(self, name: str, text: str, most: int, required: Message | None) -> str:
        if len(text) > most:
            self.wrong[name] = Message("Shorten it to %(most)s characters", {"most": most})
        elif not text and required:
            self.wrong[name] = required
        return text

    def one_of(self, name: str, known: Sequence[str], *, empty: bool = False) -> str:
        value = self.typed.get(name, "")
        if value not in known and not (empty and not value):
            self.wrong[name] = CHOOSE
        return value

    def several(self, name: str, known: Sequence[str]) -> str:
        """In the order of `known`, as a column holds them."""
        chosen = {part for part in self.typed.get(name, "").split(",") if part}
        if chosen - set(known):
            self.wrong[name] = CHOOSE
        return ",".join(each for each in known if each in chosen)

    def instant(
        self, name: str, *, zone: str, now: datetime, clock: time, required: Message | None = None
    ) -> datetime | None:
        value = self.typed.get(name, "").strip()
        if not value:
            if required:
                self.wrong[name] = required
            return None
        try:
            found = typed_day(value, zone=zone, now=now, without_hour=clock, past=True)
        except Wrong as error:
            self.wrong[name] = error.message
            return None
        return found.astimezone(UTC)

    def whole(self, name: str, most: int) -> int | None:
        """None where nothing is typed."""
        value = one_line(self.typed.get(name, ""))
        if not value:
            return None
        known = value.isascii() and value.isdigit() and len(value) < 10  # noqa: PLR2004  a serial
        if known and 0 < int(value) <= most:
            return int(value)
        self.wrong[name] = Message("Enter a number up to %(most)s", {"most": most})
        return None

    def degrees(self, name: str, most: float) -> float | None:
        value = one_line(self.typed.get(name, "")).replace(",", ".")
        if not value:
            return None
        try:
            found = float(value)
        except ValueError:
            found = most + 1
        if not -most <= found <= most:
            self.wrong[name] = Message("Enter degrees like 46.4983")
            return None
        return found

    def coordinates(self) -> tuple[float | None, float | None]:
        latitude, longitude = self.degrees("latitude", 90), self.degrees("longitude", 180)
        if (latitude is None) != (longitude is None) and not {"latitude", "longitude"} & set(
            self.wrong
        ):
            missing = "latitude" if latitude is None else "longitude"
            self.wrong[missing] = Message("Enter both latitude and longitude, or neither")
        return latitude, longitude

    def address(self, name: str, most: int) -> str:
        value = self.line(name, most)
        if value and not is_address(value):
            self.wrong[name] = Message("Enter an address that begins with https://")
        return value

    def email(self, name: str, *, required: bool) -> str:
        value = self.typed.get(name, "").strip()
        if not value and not required:
            return ""
        try:
            return check_address(value)
        except Invalid as error:
            self.wrong[name] = error.fields["email"]
            return ""

    def check(self) -> None:
        if self.wrong:
            raise Invalid(self.wrong)
