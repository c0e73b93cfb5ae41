"""What the kinds of documents are called."""

from collections.abc import Mapping
from enum import StrEnum

from advocacy.documents.rules import MEDIA_TYPES, Kind
from advocacy.errors import Message

KINDS: Mapping[StrEnum, Message] = {
    Kind.PDF: Message("PDF"),
    Kind.DOCX: Message("Word file"),
    Kind.ODT: Message("OpenDocument text"),
    Kind.XLSX: Message("Excel file"),
    Kind.ODS: Message("OpenDocument table"),
    Kind.RTF: Message("RTF file"),
    Kind.TEXT: Message("Plain text"),
    Kind.CSV: Message("CSV file"),
    Kind.PNG: Message("PNG picture"),
    Kind.JPEG: Message("JPEG picture"),
    Kind.EML: Message("E-mail"),
}
OF_MEDIA_TYPE: Mapping[str, Message] = {
    media_type: KINDS[kind] for kind, media_type in MEDIA_TYPES.items()
}
