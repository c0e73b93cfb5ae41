"""A letter of ours that came back: which, and what the other server said (RFC 3464, and older)."""

import re
from collections.abc import Iterator
from email.message import Message as Mail

from advocacy.letterbox.reading.headers import value
from advocacy.letterbox.reading.messages import Bounce, Head
from advocacy.letterbox.reading.parts import decoded_bytes
from advocacy.letterbox.reading.wording import levelled, storable

LONGEST_REASON = 300
LOOKED_AT = 60_000  # characters of a report without structure
_ID = re.compile(r"^message-id:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)
_POSTMASTER = re.compile(r"(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@")
_SUBJECT = re.compile(
    r"failure notice|undeliver(?:able|ed)|delivery (?:status notification|has failed|failure"
    r"|failed)|returned mail|mail delivery (?:failed|failure|system)|unzustellbar|nicht zustellbar"
    r"|unzustellbarkeit|zustellung .{0,40}fehlgeschlagen|non remis|echec de (?:la )?remise"
    r"|non distribu|mancata consegna|non recapitabile|impossibile recapitare|nedostav"
    r"|ni bilo mogoce dostaviti|delayed|verzoger"
)
_LATER = re.compile(r"delay|verzoger|retard|ritard|zakasn|warning: could not send|will be retried")
_CODE = re.compile(r"^.{0,200}\b[45]\d\d[ -]#?\(?[45]\.\d{1,3}\.\d{1,3}.{0,250}$", re.MULTILINE)
_OLD_REASON = re.compile(r"^<[^<>\s]+>:\s*\n((?:.{1,300}\n?){1,4})", re.MULTILINE)


def read(mail: Mail, head: Head, body: str) -> Bounce | None:
    """None: it is no report about a letter."""
    fields = list(_status(mail))
    if not fields and not _looks_like_one(mail, head):
        return None
    returned = "\n".join(_returned(mail)) or body[:LOOKED_AT]
    ids = (*_ID.findall(returned), *head.answered)
    if not fields:
        lasting = not _LATER.search(levelled(f"{head.subject}\n{body[:2000]}"))
        return Bounce(lasting, _reason_in(body), tuple(dict.fromkeys(ids)))
    lasting = any(each.get("action", "failed").strip().lower() == "failed" for each in fields)
    reason = next((said for each in fields if (said := _said(each))), "")
    return Bounce(lasting, reason or _reason_in(body), tuple(dict.fromkeys(ids)))


def _looks_like_one(mail: Mail, head: Head) -> bool:
    if mail.get_content_type() == "multipart/report":
        return str(mail.get_param("report-type", "")).lower() == "delivery-status"
    nobody = value(mail, "return-path") == "<>" or _POSTMASTER.match(head.sender) is not None
    return nobody and not head.vacation and _SUBJECT.search(levelled(head.subject)) is not None


def _status(mail: Mail) -> Iterator[dict[str, str]]:
    """The fields about each recipient; those about the whole report have no Action."""
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.get_payload():
            if isinstance(block, Mail):
                fields = {
                    name.lower(): " ".join(storable(str(said)).split())
                    for name, said in block.raw_items()
                }
                if "action" in fields or "status" in fields:
                    yield fields


def _said(fields: dict[str, str]) -> str:
    """Of "smtp; 550 5.1.1 user unknown" what follows the kind."""
    said = fields.get("diagnostic-code", "").partition(";")[2].strip()
    return (said or fields.get("status", ""))[:LONGEST_REASON]


def _returned(mail: Mail) -> Iterator[str]:
    """The headers of the letter, as they were returned."""
    for part in mail.walk():
        kind = part.get_content_type()
        if kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            yield decoded_bytes(content if isinstance(content, bytes) else b"", "")
        elif kind == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, Mail):
                yield f"Message-ID: {value(inner, 'message-id')}"


def _reason_in(body: str) -> str:
    found = _CODE.search(body) or _OLD_REASON.search(body)
    said = found[found.lastindex or 0] if found else ""
    return " ".join(said.split())[:LONGEST_REASON]
