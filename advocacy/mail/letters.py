"""A letter as it is written: words from templates/mail, in the recipient's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any  # a template's values are what its letter shows

import css_inline

from advocacy import texts
from advocacy.templating import render

SUBJECT_LENGTH = 150


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """`key` names this very letter for good: writing it twice gives one."""

    key: str
    kind: str
    recipient: str
    recipient_name: str
    language: str
    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    dossier: int | None = None


def write(
    kind: str,
    *,
    key: str,
    recipient: str,
    recipient_name: str,
    language: str,
    headers: Mapping[str, str] | None = None,
    attachments: tuple[Attachment, ...] = (),
    dossier: int | None = None,
    **values: Any,
) -> Written:
    """Render templates/mail/<kind>.txt, whose first line is the subject, and <kind>.html."""
    with texts.speaking(language):
        subject, _, text = render(f"mail/{kind}.txt", **values).strip().partition("\n")
        html = render(f"mail/{kind}.html", subject=subject, **values)
    return Written(
        key=key,
        kind=kind,
        recipient=recipient,
        recipient_name=recipient_name,
        language=language,
        subject=" ".join(subject.split())[:SUBJECT_LENGTH],
        text=text.strip() + "\n",
        html=css_inline.inline(html, load_remote_stylesheets=False, keep_style_tags=True),
        headers=dict(headers or {}),
        attachments=attachments,
        dossier=dossier,
    )


def unsubscribing(address: str, mailbox: str) -> dict[str, str]:
    """One click and it is done (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{address}>, <mailto:{mailbox}?subject=unsubscribe>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
