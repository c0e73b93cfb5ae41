"""How mail programs lead in what is quoted, in five languages. All patterns read levelled lines."""

import re
from collections.abc import Sequence

from advocacy.letterbox.reading.wording import levelled

LONGEST_LEAD = 400  # characters
MOST_LINES = 4  # that a lead-in is wrapped to
HEADER_LINES = 9  # in which the fields of a header block stand
ENOUGH_FIELDS = 3

_WROTE_SL = r"(?:je|so|sta|ste)?.{0,200}\b(?:na)?pi(?:sal|se|sejo)(?:\(a\)|/-?a|[aoi])?"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{each})" for each in patterns))


_DATED = _any_of(
    # On 5 Nov 2026, at 09:12, Ana Muster <…> wrote:
    r"on .{4,300} (?:wrote|writes)",
    # Am 05.11.26 um 09:12 schrieb Ana Muster: | Am 5.11. hat Ana Muster geschrieben:
    r"am .{4,300} schrieb\b.{0,200}",
    r"am .{4,300} geschrieben",
    # Le jeu. 5 nov. 2026 à 09:12, Ana Muster <…> a écrit :
    r"le .{4,300} a ecrit",
    # Il giorno gio 5 nov 2026 alle ore 09:12 Ana Muster <…> ha scritto:
    r"(?:il|in data|alle) .{4,300} ha scritto",
    # Dne 5. 11. 2026 ob 9:12 je Ana Muster napisal(a): | V tor., 5. nov. 2026 … je oseba …
    rf"dne .{{4,300}} {_WROTE_SL}",
    rf"v (?:pon|tor|sre|cet|pet|sob|ned)\w*\.?,? .{{4,300}} {_WROTE_SL}",
)
"""Begins with a day, and may be wrapped to several lines."""
_NAMED = _any_of(
    r".{2,200} (?:wrote|writes)(?: on .{4,80})?",
    r".{2,200} (?:schrieb|schreibt)(?: am .{4,80})?",
    r".{2,200} hat am .{4,100} geschrieben",
    r".{2,200} a ecrit(?: le .{4,80})?",
    r".{2,200} ha scritto(?: (?:il|in data) .{4,80})?",
    # Oseba Ana Muster <…> je dne 5. 11. 2026 napisala:
    rf".{{2,200}} je (?:dne )?.{{4,100}} {_WROTE_SL}",
    rf".{{2,200}} {_WROTE_SL}",
)
"""Begins with whoever wrote."""
_FIELDS = {
    "from": "from|von|de|da|od|expediteur|mittente|posiljatelj|absender",
    "sent": "sent|date|gesendet|gesendet am|datum|envoye|envoye le|date d'envoi|inviato|data|"
    "poslano|datum in ura",
    "to": "to|an|a|za|komu|prejemnik|pour|destinataire|destinatario",
    "subject": "subject|betreff|objet|oggetto|zadeva",
    "cc": "cc|kopie|copie|kp|copia|reply-to|antwort an",
}
_FIELD = re.compile(
    r"[*_ ]{0,4}(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _FIELDS.items())
    + r")[*_ ]{0,4}\s?:[*_ ]{0,4}(?:\s.{0,500})?"
)
_SEPARATOR = re.compile(
    r"[-_=*# ]{0,60}(?:(?:begin|anfang der|debut du|inizio|zacetek) ?)?"
    r"(?:original message|forwarded message|original-?nachricht|ur?sprungliche nachricht"
    r"|ursprungliche e-?mail|urspruengliche nachricht|weitergeleitete(?:n|r)? nachricht"
    r"|message d'origine|message original|message transfere|message transmis"
    r"|messaggio originale|messaggio originario|messaggio inoltrato"
    r"|izvirno sporocilo|originalno sporocilo|prvotno sporocilo|posredovano sporocilo"
    r"|posredovanega sporocila)[-_=*# ]{0,60}:?"
)
_DRAWN = re.compile(r"[-_=*]{2,}")
_RULE = re.compile(r"[_=\-–—]{10,}")
_MARKER = re.compile(r"[—–―\-]{2,}\s?\S.{3,80}\S\s?[—–―\-]{2,}")
_ANY_FIELD = re.compile(r"[*_ ]{0,4}[^\s:@][^:@]{0,24}[*_ ]{0,4}\s?:\s?\S.{0,500}")


def is_marker(line: str) -> bool:
    """Our line "please answer above", in whatever language: three long dashes on either side."""
    said = line.strip(" *_")
    return "——" in said and _MARKER.fullmatch(said) is not None


def is_rule(line: str) -> bool:
    """A line that is only drawn."""
    return _RULE.fullmatch(line.strip()) is not None


def lead_in(lines: Sequence[str], at: int) -> int:
    """How many lines from `at` lead in a quotation; 0: none does."""
    return _wrote(lines, at) or separator(lines, at) or header_block(lines, at)


def _wrote(lines: Sequence[str], at: int) -> int:
    """Over up to four lines: "On … wrote:". Without a day or an address it is a sentence."""
    count = _dated(lines, at)
    if count > 1 and any(_dated(lines, later) for later in range(at + 1, at + count)):
        return 0  # it begins further down; this line was typed
    return count or _named(lines, at)


def _dated(lines: Sequence[str], at: int) -> int:
    if not any(map(str.isdigit, lines[at])):
        return 0
    said = ""
    for count, line in enumerate(lines[at : at + MOST_LINES], start=1):
        said = f"{said} {levelled(line).strip()}".strip()
        if not line.strip() or line.startswith(">") or len(said) > LONGEST_LEAD:
            return 0
        if said.endswith(":"):
            return count if _DATED.fullmatch(said[:-1].rstrip()) else 0
    return 0


def _named(lines: Sequence[str], at: int) -> int:
    """On one line, or on two when the first holds an address already."""
    said = levelled(lines[at]).strip()
    count = 1
    if not said.endswith(":") and "@" in said and at + 1 < len(lines):
        said, count = f"{said} {levelled(lines[at + 1]).strip()}", 2
    if not said.endswith(":") or len(said) > LONGEST_LEAD or said.startswith(">"):
        return 0
    telling = "@" in said or any(map(str.isdigit, said))
    return count if telling and _NAMED.fullmatch(said[:-1].rstrip()) else 0


def separator(lines: Sequence[str], at: int) -> int:
    """Of "-----Original Message-----" and the fields below it: all that follows is quoted."""
    said = levelled(lines[at]).strip()
    drawn = _DRAWN.match(said) is not None or said.endswith(":")
    if not drawn or not _SEPARATOR.fullmatch(said):
        return 0
    end = at + 1
    while end < len(lines) and _field(lines[end]):
        end += 1
    return end - at


def header_block(lines: Sequence[str], at: int) -> int:
    """From, Sent, To, Subject: as Outlook and GMX put above what they quote."""
    if not _field(lines[at]):
        return 0
    found: set[str] = set()
    last = at
    for place, line in enumerate(lines[at : at + HEADER_LINES], start=at):
        name = _field(line)
        if name:
            found.add(name)
            last = place
        elif not line.strip() and len(found) >= ENOUGH_FIELDS:
            break
    return last - at + 1 if "from" in found and len(found) >= ENOUGH_FIELDS else 0


def _field(line: str) -> str:
    match = _FIELD.fullmatch(levelled(line).strip()[:600])
    return match.lastgroup or "" if match else ""


def unknown_lead(lines: Sequence[str]) -> int:
    """How many lines at the end lead in a quotation in some way that is not listed here.

    Only asked directly above our own marker line: the last paragraph, when it ends with a colon
    and holds an address, or when all of it are fields and one holds an address.
    """
    count = 0
    while count < len(lines) and lines[-1 - count].strip() and count < HEADER_LINES:
        count += 1
    last = [each.strip() for each in lines[len(lines) - count :]]
    if not any("@" in each for each in last):
        return 0
    if len(last) >= ENOUGH_FIELDS and all(_ANY_FIELD.fullmatch(each) for each in last):
        return count
    for lead in range(1, min(ENOUGH_FIELDS, count) + 1):
        said = " ".join(last[-lead:])
        if said.endswith(":") and "@" in said:
            return lead
    return 0
