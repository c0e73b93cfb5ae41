"""Which files are kept as documents, what each must be, and how it is called."""

import unicodedata
from collections.abc import Mapping

from advocacy.documents import contents
from advocacy.documents.contents import Found, Kind
from advocacy.errors import Invalid, Message

__all__ = ["AT_ONCE", "LARGEST", "Kind", "cleaned_name", "sniffed"]

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
"""Bytes of one file."""
AT_ONCE = 10
LARGEST_UPLOAD = AT_ONCE * LARGEST + MEGABYTE
LONGEST_NAME = 120

MEDIA_TYPES: Mapping[Kind, str] = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.ODT: "application/vnd.oasis.opendocument.text",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Kind.RTF: "application/rtf",
    Kind.TEXT: "text/plain",
    Kind.CSV: "text/csv",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.EML: "message/rfc822",
}
ENDINGS: Mapping[str, Kind] = {
    **{kind.value: kind for kind in Kind if kind is not Kind.TEXT},
    "txt": Kind.TEXT,
    "jpg": Kind.JPEG,
}
CLAIMS: Mapping[Kind, Message] = {
    Kind.PDF: Message("%(name)s is not a PDF"),
    Kind.DOCX: Message("%(name)s is not a Word file"),
    Kind.ODT: Message("%(name)s is not an OpenDocument text"),
    Kind.XLSX: Message("%(name)s is not an Excel file"),
    Kind.ODS: Message("%(name)s is not an OpenDocument table"),
    Kind.RTF: Message("%(name)s is not an RTF file"),
    Kind.TEXT: Message("%(name)s is not plain text"),
    Kind.CSV: Message("%(name)s is not a CSV file"),
    Kind.PNG: Message("%(name)s is not a PNG picture"),
    Kind.JPEG: Message("%(name)s is not a JPEG picture"),
    Kind.EML: Message("%(name)s is not a mail"),
}
LOOKS: Mapping[Kind | Found, Message] = {
    Kind.PDF: Message("it looks like a PDF"),
    Kind.DOCX: Message("it looks like a Word file"),
    Kind.ODT: Message("it looks like an OpenDocument text"),
    Kind.XLSX: Message("it looks like an Excel file"),
    Kind.ODS: Message("it looks like an OpenDocument table"),
    Kind.RTF: Message("it looks like an RTF file"),
    Kind.TEXT: Message("it looks like plain text"),
    Kind.CSV: Message("it looks like plain text"),
    Kind.PNG: Message("it looks like a PNG picture"),
    Kind.JPEG: Message("it looks like a JPEG picture"),
    Kind.EML: Message("it looks like a mail"),
    Found.PROGRAM: Message("it looks like a program"),
    Found.WEB_PAGE: Message("it looks like a web page"),
    Found.DRAWING: Message("it looks like an SVG drawing"),
    Found.XML: Message("it looks like XML"),
    Found.ARCHIVE: Message("it looks like an archive of files"),
    Found.OLD_OFFICE: Message("it looks like a file of Office before 2007"),
    Found.OUTLOOK: Message("it looks like a mail that Outlook saved as MSG"),
    Found.SLIDES: Message("it looks like slides"),
    Found.OTHER: Message("it looks like something else"),
}
REFUSED: Mapping[Found, Message] = {
    Found.MACROS: Message(
        "%(name)s holds macros or embedded programs. Save it without them. Nothing was kept."
    ),
    Found.ENCRYPTED: Message(
        "%(name)s is protected by a password. Remove the password first. Nothing was kept."
    ),
    Found.BOMB: Message("%(name)s unpacks to far more than a document holds. Nothing was kept."),
    Found.BROKEN: Message("%(name)s is damaged: it cannot be opened. Nothing was kept."),
    Found.PROGRAM: Message("%(name)s is a program. Programs are not kept. Nothing was kept."),
    Found.WEB_PAGE: Message(
        "%(name)s is a web page, which may carry a program. Save it as PDF. Nothing was kept."
    ),
    Found.DRAWING: Message(
        "%(name)s is a drawing that may carry a program. Save it as PNG or PDF. Nothing was kept."
    ),
}
"""Whatever it is called."""
ALWAYS = frozenset({Found.MACROS, Found.ENCRYPTED, Found.BOMB, Found.BROKEN})
NOT_IT = Message("%(claim)s: %(found)s. Nothing was kept.")
NO_KIND = Message(
    "%(name)s is of no kind that is kept here. These are: PDF, DOCX, ODT, XLSX, ODS, RTF, TXT, "
    "CSV, PNG, JPEG, EML. Nothing was kept."
)
EMPTY = Message("%(name)s is empty. Nothing was kept.")
TOO_LARGE = Message("%(name)s has more than %(most)s MB. Nothing was kept.")


def sniffed(name: str, content: bytes) -> Kind:
    """What the content is, which is what the name says. Invalid, with the reason, otherwise.

    Takes up to some seconds for the largest: call it in a thread.
    """
    shown = cleaned_name(name)
    if problem := _problem(shown, content):
        raise Invalid({"files": problem})
    return ENDINGS[_ending(shown)]


def _problem(name: str, content: bytes) -> Message | None:
    if not content:
        return _about(EMPTY, name)
    if len(content) > LARGEST:
        # A larger one is cut where it is read: how large it is, nobody knows.
        return _about(TOO_LARGE, name, most=LARGEST // MEGABYTE)
    claimed, found = ENDINGS.get(_ending(name)), contents.found_in(content)
    if isinstance(found, Found) and (found in ALWAYS or (claimed is None and found in REFUSED)):
        return _about(REFUSED[found], name)
    if claimed is None:
        return _about(NO_KIND, name)
    if found is claimed or (claimed in contents.PLAIN and found in {Kind.TEXT, Kind.EML}):
        return None
    return Message(NOT_IT.text, {"claim": _about(CLAIMS[claimed], name), "found": LOOKS[found]})


def _about(message: Message, name: str, **more: object) -> Message:
    return Message(message.text, {"name": name, **more})


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def cleaned_name(name: str) -> str:
    """The last part of a path, without signs that some file system or header does not take.

    At most 120 characters; the ending stays.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join("-" if sign in '<>:"|?*%;' else sign for sign in last if sign.isprintable())
    kept = " ".join(kept.split()).strip(". ") if kept.strip(". ") else "document"
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) >= LONGEST_NAME // 2:
        return kept[:LONGEST_NAME]
    return f"{(stem.strip('. ') or 'document')[: LONGEST_NAME - 1 - len(ending)]}.{ending}"
