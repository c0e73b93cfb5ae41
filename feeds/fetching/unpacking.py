"""A compressed body, unpacked without ever holding more than was allowed. Pure."""

import zlib
from collections.abc import Callable
from typing import Protocol

import brotli
import zstandard

UNDERSTOOD = "gzip, deflate, br, zstd"
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# A body of many members is legal, and copied once for each of them.
MEMBERS = 64
# RFC 9659: what somebody who unpacks zstd from the web must hold.
ZSTD_WINDOW = 8 * 1024 * 1024
STEP = 64 * 1024

# What servers write although nothing is compressed: charsets, mostly.
_NO_ENCODING = {"", "identity", "none", "binary", "utf-8", "utf8", "iso-8859-1", "text/xml"}


class UnpackingError(ValueError):
    """The body cannot be unpacked; the message is one sentence for a person."""


class TooLargeError(UnpackingError):
    pass


class _Member(Protocol):
    """One of the streams that a body may consist of."""

    def decompress(self, data: bytes, /) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...


def unpack(body: bytes, encoding: str, *, limit: int) -> bytes:
    """The body without its Content-Encoding, at most `limit` bytes.

    Understands gzip, deflate, br, zstd and none at all. A body that says gzip or zstd and is not
    is taken as it is; one that is gzip and does not say so is unpacked as well: both exist in the
    wild. Raises UnpackingError for anything else, nested encodings included.
    """
    names = [name.strip() for name in encoding.lower().split(",")]
    packings = [name for name in names if name not in _NO_ENCODING]
    if len(packings) > 1:
        raise UnpackingError("The answer is compressed more than once.")
    unpacked = _unpacked(body, packings[0] if packings else "", limit)
    if unpacked is not body and unpacked.startswith(GZIP_MAGIC):
        raise UnpackingError("The answer is compressed more than once.")
    return unpacked


def _unpacked(body: bytes, packing: str, limit: int) -> bytes:
    match packing:
        case "" | "gzip" | "x-gzip" | "deflate" if body.startswith(GZIP_MAGIC):
            return _members(body, GZIP_MAGIC, limit, lambda room: _Zlib(zlib.MAX_WBITS | 16, room))
        case "zstd" if body.startswith(ZSTD_MAGIC):
            return _zstd(body, limit)
        case "" | "gzip" | "x-gzip" | "zstd":
            return body
        case "deflate":
            return _deflate(body, limit) if body else body
        case "br":
            return _brotli(body, limit) if body else body
    raise UnpackingError(f"The answer is compressed in a way we did not ask for: {packing[:40]}.")


def _deflate(body: bytes, limit: int) -> bytes:
    # "deflate" means the zlib format, but some servers send the bare stream (RFC 9110 §8.4.1.2).
    try:
        return _members(body, None, limit, lambda room: _Zlib(zlib.MAX_WBITS, room))
    except TooLargeError:
        raise
    except UnpackingError:
        return _members(body, None, limit, lambda room: _Zlib(-zlib.MAX_WBITS, room))


class _Zlib:
    def __init__(self, window_bits: int, room: int) -> None:
        self._stream, self._room = zlib.decompressobj(window_bits), room

    def decompress(self, data: bytes, /) -> bytes:
        # One byte more than there is room for shows that there would be more.
        return self._stream.decompress(data, self._room + 1)

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data


def _zstd(body: bytes, limit: int) -> bytes:
    # Its streams cannot be told where to stop, so it is measured before it is unpacked.
    unpacker = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    room = limit
    try:
        with unpacker.stream_reader(body, read_across_frames=True) as reader:
            while part := reader.read(STEP):
                room -= len(part)
                if room < 0:
                    raise _too_large(limit)
    except zstandard.ZstdError as error:
        raise _damaged() from error
    return _members(body, ZSTD_MAGIC, limit, lambda _: unpacker.decompressobj())


def _members(
    body: bytes, magic: bytes | None, limit: int, begin: Callable[[int], _Member]
) -> bytes:
    """All members that begin with `magic`, or the first; anything else behind it is padding."""
    unpacked = bytearray()
    for _ in range(MEMBERS):
        member = begin(limit - len(unpacked))
        try:
            unpacked += member.decompress(body)
        except (zlib.error, zstandard.ZstdError) as error:
            raise _damaged() from error
        if len(unpacked) > limit:
            raise _too_large(limit)
        if not member.eof:
            raise UnpackingError("The compressed answer ends in the middle.")
        body = member.unused_data
        if magic is None or not body.startswith(magic):
            return bytes(unpacked)
    raise UnpackingError("The compressed answer consists of too many parts.")


def _brotli(body: bytes, limit: int) -> bytes:
    unpacker, unpacked, rest = brotli.Decompressor(), bytearray(), body
    while not unpacker.is_finished():
        try:
            part = unpacker.process(rest, output_buffer_limit=STEP)
        except brotli.error as error:
            raise _damaged() from error
        rest = b""
        unpacked += part
        if len(unpacked) > limit:
            raise _too_large(limit)
        if not part and unpacker.can_accept_more_data() and not unpacker.is_finished():
            raise UnpackingError("The compressed answer ends in the middle.")
    return bytes(unpacked)


def _damaged() -> UnpackingError:
    return UnpackingError("The compressed answer is damaged.")


def _too_large(limit: int) -> TooLargeError:
    return TooLargeError(f"The answer unpacks to more than {limit // 1024} kB.")
