"""The addresses of interfaces: what a question lacks is added, what stands there stays. Pure."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def completed(address: str, missing: Mapping[str, str]) -> str:
    """The address with those of the `missing` parameters that it does not have itself."""
    pairs = _pairs(address)
    named = {name.lower() for name, _ in pairs}
    added = [(name, text) for name, text in missing.items() if name.lower() not in named]
    return _with(address, pairs + added) if added else address


def instead(address: str, name: str, text: str) -> str:
    """The address with one parameter set to another text, in its place."""
    pairs = _pairs(address)
    if not any(each.lower() == name.lower() for each, _ in pairs):
        return _with(address, [*pairs, (name, text)])
    return _with(
        address, [(each, text if each.lower() == name.lower() else old) for each, old in pairs]
    )


def without(address: str, *names: str) -> str:
    """The address without these parameters."""
    unwanted = {name.lower() for name in names}
    kept = [pair for pair in _pairs(address) if pair[0].lower() not in unwanted]
    return _with(address, kept) if len(kept) < len(_pairs(address)) else address


def parameter(address: str, name: str) -> str:
    """What a parameter says, empty when it is not there."""
    found = (text for each, text in _pairs(address) if each.lower() == name.lower())
    return next(found, "")


def number(address: str, name: str) -> int:
    """A parameter that counts; 0 when it is no number."""
    text = parameter(address, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else 0


def _pairs(address: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(address).query, keep_blank_values=True)
    except ValueError:
        return []


def _with(address: str, pairs: list[tuple[str, str]]) -> str:
    return urlunsplit(urlsplit(address)._replace(query=urlencode(pairs)))
