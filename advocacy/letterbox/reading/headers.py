"""Who wrote, to whom, in answer to what; and was it a person?"""

import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr

from advocacy.letterbox.reading.messages import Head
from advocacy.letterbox.reading.wording import levelled, storable

LONGEST_HEADER = 20_000  # characters: a longer one is an attack or an accident
RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
MOST_ANSWERED = 50

_ID = re.compile(r"<[^<>\s]{1,250}>")
_ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,188}")
_AWAY = re.compile(
    r"out of (?:the )?office|automatic reply|auto(?:matic)?[ -]?(?:reply|response)|away from"
    r"|on (?:leave|holiday|vacation)|abwesen|automatische antwort|nicht im (?:haus|buro|dienst)"
    r"|urlaub|auss?er haus|absen[ct]e|reponse automatique|en conges?|vacances|assen[tz]"
    r"|risposta automatica|fuori (?:ufficio|sede)|in ferie|odsot|samodejni odgovor"
    r"|avtomatski odgovor|na dopustu|dopust"
)
"""In the subject of a reply that a machine wrote because somebody is away; levelled."""
_ANSWERED_BY_MACHINE = re.compile(
    r"(?:auto(?:matic)?[ -]?(?:reply|response)|automatische antwort|abwesenheitsnotiz"
    r"|reponse automatique|risposta automatica|samodejni odgovor|out of office)\s*:"
)
"""How servers begin the subject of an automatic reply, whatever else they forget to say."""
_QUOTED = re.compile(r'"[^"]*"|\([^()]*\)')
"""Strings and comments of a header: words of the sender can stand in them."""
_PASSED = re.compile(r";\s*dmarc=pass\b[^;]*\bheader\.from=([^\s;]+)")
_REPLY = re.compile(r"(?:re|aw|antw|odg|rif|r|fwd?|wg|tr|i|ref)\s?(?:\[\d+\])?:")


def values(mail: Mail, name: str) -> Iterator[str]:
    """All headers of this name as they came, unfolded; the library's own parsing may raise."""
    for each, value in mail.raw_items():
        if each.lower() == name:
            yield " ".join(storable(_in_letters(str(value)))[:LONGEST_HEADER].split())


def _in_letters(text: str) -> str:
    """Bytes that are no ASCII stand as halves of characters: UTF-8 (RFC 6532), or an old habit."""
    if text.isascii():
        return text
    content = text.encode("utf-8", "surrogateescape")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def value(mail: Mail, name: str) -> str:
    return next(values(mail, name), "")


def decoded(text: str) -> str:
    """=?utf-8?q?Odgovor?= as people read it; as it came where that cannot be done."""
    try:
        return " ".join(storable(str(make_header(decode_header(text)))).split())
    except Exception:  # noqa: BLE001 - unknown charsets and broken base64 raise in many ways
        return text


def read(mail: Mail) -> Head:
    subject = decoded(value(mail, "subject"))
    name, address = _sender(value(mail, "from"))
    automatic, vacation = _machine(mail, subject)
    return Head(
        message_id=next(iter(_ID.findall(value(mail, "message-id"))), ""),
        answered=_answered(mail),
        sender=address,
        sender_name=name,
        recipients=" ".join(text for each in RECIPIENTS for text in values(mail, each)),
        subject=subject,
        automatic=automatic,
        vacation=vacation,
        forged=_forged(value(mail, "authentication-results")),
        proven=_proven(mail, address),
    )


def _sender(text: str) -> tuple[str, str]:
    name, address = parseaddr(text)
    found = _ADDRESS.fullmatch(address) or _ADDRESS.search(text)
    return decoded(name), found[0].lower() if found else ""


def _answered(mail: Mail) -> tuple[str, ...]:
    direct = [each for text in values(mail, "in-reply-to") for each in _ID.findall(text)]
    thread = [each for text in values(mail, "references") for each in _ID.findall(text)]
    return tuple(dict.fromkeys([*direct, *reversed(thread)]))[:MOST_ANSWERED]


def _machine(mail: Mail, subject: str) -> tuple[bool, bool]:
    """Written by a machine; and because somebody is away? (RFC 3834, and what servers do.)"""
    said = levelled(subject)
    away = _AWAY.search(said) is not None
    by_itself = value(mail, "auto-submitted").lower().split(";")[0].strip()
    precedence = value(mail, "precedence").lower()
    suppressed = bool(value(mail, "x-auto-response-suppress"))
    replied = (
        by_itself.startswith("auto-replied")
        or bool(value(mail, "x-autoreply"))
        or bool(value(mail, "x-autorespond"))
        or precedence == "auto_reply"
        or bool(_ANSWERED_BY_MACHINE.match(said))
        # Exchange sets it on replies of people too, and those repeat our subject
        or (suppressed and away and not _REPLY.match(said))
    )
    machine = (
        replied
        or by_itself not in {"", "no"}
        or precedence in {"bulk", "junk", "list"}
        or bool(value(mail, "list-id"))
        or bool(value(mail, "list-unsubscribe"))
    )
    return machine, replied or (machine and away)


def _forged(results: str) -> bool:
    """Of the header that our own server put on top (RFC 8601)."""
    return "dmarc=fail" in results.lower()


def _proven(mail: Mail, sender: str) -> bool:
    """DMARC (RFC 7489) has passed for the sender's domain, and our own server says so: its header
    stands above the first Received. What stands below may have come with the mail.
    """
    domain = sender.rpartition("@")[2]
    for name, text in mail.raw_items():
        if name.lower() == "received":
            return False
        if name.lower() == "authentication-results":
            said = _QUOTED.sub(" ", " ".join(str(text)[:LONGEST_HEADER].lower().split()))
            if domain and domain in _PASSED.findall(said):
                return True
    return False
