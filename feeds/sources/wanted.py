"""A source that somebody wants: what of it can be, what cannot and why. Pure."""

import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from feeds.fetching.following import check_address
from feeds.parsing import KINDS
from feeds.parsing.text import language_code
from feeds.sources.alps import BRUSSELS

ADDRESS_LIMIT = 2000
ZONE_LIMIT = 40
_COUNTRY = re.compile(r"[A-Z]{2}")


class SourceError(ValueError):
    """One sentence for a person: why this cannot be done with a source."""


class InvalidAddressError(SourceError):
    pass


class UnknownKindError(SourceError):
    pass


class UnknownZoneError(SourceError):
    pass


class UnknownLanguageError(SourceError):
    pass


class UnknownCountryError(SourceError):
    pass


class UnknownSourceError(SourceError):
    pass


@dataclass(frozen=True, slots=True)
class Wanted:
    """A source as a person or a list names it. With the kind `auto` its address is visited."""

    address: str
    kind: str = "auto"
    name: str = ""
    language: str | None = None
    zone: str = BRUSSELS
    countries: tuple[str, ...] = ()
    selector: str | None = None
    # What it is taken for while it cannot be visited.
    otherwise: str = "feed"


def normalised(address: str) -> str:
    """The address as it is kept: with a scheme, no fragment. Raises InvalidAddressError."""
    address = address.strip()
    for scheme in ("feed://", "webcal://"):
        if address.lower().startswith(scheme):
            address = "https://" + address[len(scheme) :]
    if "://" not in address and not address.lower().startswith(("javascript:", "data:", "file:")):
        address = f"https://{address}"
    try:
        url = check_address(address)
    except ValueError as error:
        raise InvalidAddressError(str(error)) from error
    if len(address) > ADDRESS_LIMIT:
        raise InvalidAddressError(f"The address is longer than {ADDRESS_LIMIT} characters.")
    return str(url.copy_with(fragment=None))


def check(wanted: Wanted) -> None:
    """Raises a SourceError when its kind, zone, language or a country is none."""
    kind, zone, language = wanted.kind, wanted.zone, wanted.language
    if kind != "auto" and kind not in KINDS:
        raise UnknownKindError(f"There is no kind of source called «{kind[:40]}».")
    if not _is_zone(zone):
        raise UnknownZoneError(f"«{zone[:40]}» is not a time zone like Europe/Brussels.")
    if language is not None and language_code(language) is None:
        raise UnknownLanguageError(f"«{language[:40]}» is not the code of a language, like «sl».")
    wrong = next((code for code in wanted.countries if not _COUNTRY.fullmatch(code)), None)
    if wrong is not None:
        raise UnknownCountryError(f"«{wrong[:40]}» is not the code of a country, like «AT».")


def _is_zone(name: str) -> bool:
    try:
        return len(name) <= ZONE_LIMIT and ZoneInfo(name).key == name
    except (ValueError, OSError, LookupError):
        return False
