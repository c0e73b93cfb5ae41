"""Addresses as far as they say which page is meant. Pure; what was asked once is remembered."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

LANGUAGES = ("de", "en", "fr", "it", "sl")

_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_\w+|piwik_\w+|at_\w+|wt\.?_?mc\w*|xtor|fbclid|[gdy]clid|msclkid"
    r"|mc_[ce]id|igshid|_hs\w+|(?:php|j|asp)?sess(?:ion)?_?id|sid|ref_?src|_ga|cmpid|ns_\w+",
    re.IGNORECASE,
)
# "?ref=2026-12" may be a reference number; "?ref=rss" says only where somebody came from.
_WAYS_HERE = {"from", "src", "source", "ref", "via", "medium", "origin"}
_CAME_BY = {"rss", "feed", "atom", "newsletter", "mail", "email", "twitter", "facebook"}
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_AFTER_HOST = re.compile(r"(?:https?://[^/?#]*)?", re.IGNORECASE)
_PLAIN = re.compile(
    r"https?://([^/?#;%@:\[\s]+)((?:/[^?#;%\s]*)?)(?:\?([^#;%+\s]*))?", re.IGNORECASE
)
_LANGUAGE = re.compile(
    rf"([/_.-]|[?&](?:lang|language|locale|hl|set_language)=)({'|'.join(LANGUAGES)})(?=[/?#&.]|\Z)",
    re.IGNORECASE,
)
_REMEMBERED = 16_384
_LONGEST_REMEMBERED = 512


def canonical(address: str) -> str:
    """The address without scheme, www, tracking, session, default port and a closing slash.

    A fragment stays, because some lists differ in nothing else, unless it is a tracking parameter.
    For comparing, never for asking: parameters are sorted, and what was escaped no longer is.
    """
    if len(address) > _LONGEST_REMEMBERED:
        return _canonical(address)
    return _remembered(address)


def place(address: str) -> str:
    """The canonical address without its host; empty for a front page, which says nothing."""
    link = canonical(address)
    starts = [at for mark in "/?#" if (at := link.find(mark)) >= 0]
    return link[min(starts) :] if starts else ""


def languages(text: str) -> Iterator[str]:
    """The languages that an address or an id names: `_EN`, `/en/`, `?lang=en`. Never its host."""
    return (found[2].lower() for found in _LANGUAGE.finditer(text, _end_of_host(text)))


def in_language(text: str, language: str) -> str:
    """The address or id with every language that it names turned to this one, in its own case."""
    start = _end_of_host(text)

    def turned(found: re.Match[str]) -> str:
        return found[1] + (language.upper() if found[2].isupper() else language)

    return text[:start] + _LANGUAGE.sub(turned, text[start:])


def _end_of_host(text: str) -> int:
    found = _AFTER_HOST.match(text)
    return found.end() if found else 0


def _canonical(address: str) -> str:
    # Most hold nothing that is escaped; urlsplit takes ten times as long.
    if plain := _PLAIN.fullmatch(address):
        host, path, query = plain.groups()
        return f"{_bare(host)}{path.rstrip('/')}{_asked(_pairs(query)) if query else ''}"
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return address
    path = unquote(_SESSION_IN_PATH.sub("", parts.path), errors="surrogateescape").rstrip("/")
    fragment = f"#{parts.fragment}" if parts.fragment and "=" not in parts.fragment else ""
    asked = _asked(parse_qsl(parts.query, keep_blank_values=True))
    return f"{_bare(parts.hostname or '')}{port}{path}{asked}{fragment}"


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if pair:
            yield name, value


def _asked(pairs: Iterable[tuple[str, str]]) -> str:
    kept = sorted(
        (name, value)
        for name, value in pairs
        if not _TRACKING.fullmatch(name) and not _says_only_the_way(name, value)
    )
    return (
        "?" + "&".join(f"{_marked(name)}={_marked(value)}" for name, value in kept) if kept else ""
    )


def _marked(text: str) -> str:
    return text.replace("%", "%25").replace("&", "%26").replace("#", "%23")


def _says_only_the_way(name: str, value: str) -> bool:
    return name.lower() in _WAYS_HERE and value.lower() in _CAME_BY


_remembered = lru_cache(maxsize=_REMEMBERED)(_canonical)
