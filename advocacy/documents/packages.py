"""Files that are ZIP archives inside: Word, Excel, OpenDocument. Opened within bounds."""

import zipfile
from collections.abc import Mapping, Sequence
from enum import StrEnum
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl


class Kind(StrEnum):
    """What is kept; the value is how its files end, but for text."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    XLSX = "xlsx"
    ODS = "ods"
    RTF = "rtf"
    TEXT = "text"
    CSV = "csv"
    PNG = "png"
    JPEG = "jpeg"
    EML = "eml"


class Found(StrEnum):
    """What is not."""

    PROGRAM = "program"
    WEB_PAGE = "web page"
    DRAWING = "drawing"
    XML = "xml"
    ARCHIVE = "archive"
    OLD_OFFICE = "old office"
    OUTLOOK = "outlook"
    SLIDES = "slides"
    MACROS = "macros"
    ENCRYPTED = "encrypted"
    BOMB = "bomb"
    BROKEN = "broken"
    OTHER = "other"


MOST_PARTS = 5_000
MOST_UNPACKED = 300 * 1024 * 1024  # bytes, of all parts together
MOST_OPENED = 50 * 1024 * 1024  # a larger one is not opened by its library: that is not cheap
MOST_TIMES = 200  # as much as the file has; text of a table packs well, a bomb far better
_FREE = 10 * 1024 * 1024  # unpacked bytes of a small file, however well it packs
_LISTED = 1024 * 1024  # bytes of the part that lists the others

_ODF: Mapping[bytes, Kind | Found] = {
    b"application/vnd.oasis.opendocument.text": Kind.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Kind.ODS,
    b"application/vnd.oasis.opendocument.presentation": Found.SLIDES,
}
_OOXML: Sequence[tuple[bytes, Kind | Found]] = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"spreadsheetml.sheet.main+xml", Kind.XLSX),
    (b"presentationml.presentation.main+xml", Found.SLIDES),
)
_MACRO_PARTS = ("vbaProject.bin", "vbaData.xml")
_MACRO_FOLDERS = ("Basic/", "Scripts/")


def found_in(content: bytes) -> Kind | Found:
    try:
        with ZipFile(BytesIO(content)) as package:
            found = _bounded(package, len(content)) or _kind(package)
            return _opened(found, package, content)
    except Exception:  # noqa: BLE001  whatever a reader stumbles over: this file does not open
        return Found.BROKEN


def _bounded(package: ZipFile, size: int) -> Found | None:
    """What its directory says; a part that holds more than that is not read to its end."""
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
        return Found.BOMB
    if unpacked > max(_FREE, MOST_TIMES * size):
        return Found.BOMB
    return Found.ENCRYPTED if any(part.flag_bits & 1 for part in parts) else None


def _kind(package: ZipFile) -> Kind | Found:
    names = package.namelist()
    if any(name.rpartition("/")[2] in _MACRO_PARTS for name in names):
        return Found.MACROS
    if "mimetype" in names:
        return _open_document(package, names)
    if "[Content_Types].xml" in names:
        return _office(_beginning(package, "[Content_Types].xml"))
    if "META-INF/MANIFEST.MF" in names or "AndroidManifest.xml" in names:
        return Found.PROGRAM
    return Found.ARCHIVE


def _open_document(package: ZipFile, names: list[str]) -> Kind | Found:
    found = _ODF.get(_beginning(package, "mimetype").strip(), Found.ARCHIVE)
    if b"encryption-data" in _beginning(package, "META-INF/manifest.xml"):
        return Found.ENCRYPTED
    if any(name.startswith(_MACRO_FOLDERS) for name in names):
        return Found.MACROS
    return found


def _office(types: bytes) -> Kind | Found:
    if b"macroEnabled" in types:
        return Found.MACROS
    return next((kind for said, kind in _OOXML if said in types), Found.ARCHIVE)


def _beginning(package: ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        return part.read(_LISTED)


def _opened(found: Kind | Found, package: ZipFile, content: bytes) -> Kind | Found:
    """Raises what its library raises."""
    if sum(part.file_size for part in package.infolist()) > MOST_OPENED:
        return found
    if found is Kind.DOCX:
        docx.Document(BytesIO(content))
    elif found is Kind.XLSX:
        openpyxl.load_workbook(BytesIO(content), read_only=True).close()
    elif found in {Kind.ODT, Kind.ODS} and package.testzip() is not None:
        raise zipfile.BadZipFile
    return found
