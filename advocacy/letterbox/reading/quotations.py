"""What was typed: without what was quoted, without the signature, without what telephones add.

our own marker line stands unquoted → all above it, but the lines that lead it in
else line by line: "> …" is quoted; a lead-in is left out, and if no "> …" follows it, all
that follows is quoted; what stands between and below quotations was typed as well
"""

import re

from advocacy.letterbox.reading.attribution import (
    is_marker,
    is_rule,
    lead_in,
    separator,
    unknown_lead,
)
from advocacy.letterbox.reading.wording import levelled

LONG_LINE = 66  # characters: a quoted line of this length was probably wrapped
SHORT_REST = 30

_SIGNATURE = re.compile(r"--\s?")
_DEVICE = (
    r"\b(?:iphone|ipad|ios|android|smartphone|handy|mobil\w*|outlook|samsung|huawei|galaxy|xiaomi"
    r"|pixel|mail|e-mail|app|yahoo|gmx|web\.de|proton\w*|bluemail|telefon\w*|thunderbird"
    r"|blackberry|windows|cellulare|portable|appareil|tablet\w*|iphona|androida|naprave)\b"
)
_ADDED = re.compile(
    r"(?:von mein\w{1,3} .{2,60} gesendet|gesendet (?:von|mit|aus|uber) .{2,80}"
    r"|diese (?:nachricht|e-mail|mail) wurde .{2,80} (?:gesendet|geschickt|verschickt)"
    r"|(?:holen sie sich|laden sie) outlook .{2,60}|outlook fur .{2,60}"
    r"|sent (?:from|with|via|using) .{2,80}|get outlook for .{2,60}"
    r"|(?:envoye|expedie)e? (?:de|depuis|a partir de|avec|par|via) .{2,80}"
    r"|(?:obtenez|obtenir|telechargez|telecharger) outlook .{2,60}|provenance ?: .{2,60}"
    r"|inviat[oa] (?:da|dal|dalla|con|tramite) .{2,80}|(?:ottieni|scarica) outlook .{2,60}"
    r"|poslano (?:iz|z|s|prek|preko|od) .{2,80}|(?:prenesite|pridobite|pridobi) outlook .{2,60})"
    r"\.?"
)
"""What a telephone or a mail program writes under a mail by itself."""


def typed_in(body: str) -> str:
    lines = body.split("\n")
    marker = next((at for at, line in enumerate(lines) if is_marker(line)), None)
    if marker is not None and (above := _above(lines[:marker])):
        return above
    return re.sub(r"\n{3,}", "\n\n", _tidy(_between(lines)))


def typed_beneath(body: str, letter: str) -> str:
    """What a mail says besides the lines of our `letter` that it repeats without marking them."""
    known = {_plain(line) for line in letter.split("\n")} - {"--"}
    lines = body.split("\n")
    kept: list[str] = []
    signed: int | None = None  # where a signature may begin: ours, or that of whoever replied
    at = 0
    while at < len(lines):
        line = lines[at]
        led = lead_in(lines, at)
        if (
            led
            or line.startswith(">")
            or is_marker(line)
            or (line.strip() and _plain(line) in known)
        ):
            signed = None
        elif _SIGNATURE.fullmatch(line) and signed is None:
            signed = len(kept)
        else:
            kept.append(line)
        at += max(led, 1)
    return re.sub(r"\n{3,}", "\n\n", _tidy(kept[:signed]))


def _plain(line: str) -> str:
    return " ".join(levelled(line).strip("> *_").split())


def _above(lines: list[str]) -> str:
    """Above our marker: whole, but for the lines that lead in the quotation."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or is_rule(lines[end - 1])):
        end -= 1
    kept = lines[:end]
    for at in range(len(kept)):
        led = len(kept) if separator(kept, at) else lead_in(kept, at)
        if led and not any(line.strip() and not is_rule(line) for line in kept[at + led :]):
            return _tidy(_before_signature(kept[:at]))
    return _tidy(_before_signature(kept[: len(kept) - unknown_lead(kept)]))


def _before_signature(lines: list[str]) -> list[str]:
    at = next((at for at, line in enumerate(lines) if _SIGNATURE.fullmatch(line)), len(lines))
    return lines[:at]


def _between(lines: list[str]) -> list[str]:
    """Outside quotations."""
    kept: list[str] = []
    at, signing = 0, False
    while at < len(lines):
        line = lines[at]
        if line.startswith(">"):
            signing = False
            at += 1 + _wrapped_rest(lines, at)
        elif is_marker(line):
            break
        elif led := lead_in(lines, at):
            signing = False
            at += led
            if not _quote_follows(lines, at):
                break
        else:
            signing = signing or _SIGNATURE.fullmatch(line) is not None
            if not signing:
                kept.append(line)
            at += 1
    return kept


def _quote_follows(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return following.startswith(">")


def _wrapped_rest(lines: list[str], at: int) -> int:
    """A quoted line was wrapped by a program that forgot the sign before its end."""
    if len(lines[at]) < LONG_LINE or at + 2 >= len(lines):
        return 0
    rest, after = lines[at + 1], lines[at + 2]
    short = 0 < len(rest) <= SHORT_REST and rest[0].islower()
    return int(short and after.startswith(">"))


def _tidy(lines: list[str]) -> str:
    kept = [line for line in lines if not _is_added(line)]
    while kept and (not kept[-1].strip() or is_rule(kept[-1])):
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(kept)


def _is_added(line: str) -> bool:
    said = levelled(line).strip(" *_<>")
    if not 0 < len(said) <= 160:  # noqa: PLR2004 - with the address of an application
        return False
    said = re.sub(r"\s?<?https?://\S+", "", said).strip()
    return _ADDED.fullmatch(said) is not None and re.search(_DEVICE, said) is not None
