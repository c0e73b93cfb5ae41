"""A compressed body, unpacked without ever holding more than was allowed. Pure."""

import zlib

GZIP_MAGIC = b"\x1f\x8b"


class UnpackingError(ValueError):
    """The body cannot be unpacked; the message is one sentence for a person."""


class TooLargeError(UnpackingError):
    pass


def unpack(body: bytes, encoding: str, *, limit: int) -> bytes:
    """The body without its Content-Encoding, at most `limit` bytes.

    Understands gzip, deflate and none at all. A body that says gzip and is not is taken as it is;
    one that is gzip and does not say so is unpacked as well: both exist in the wild.
    Raises UnpackingError for anything else, nested encodings included.
    """
    name = encoding.strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise UnpackingError(f"The answer is compressed in a way we did not ask for: {name[:40]}.")
    if body.startswith(GZIP_MAGIC):
        return _inflate(body, zlib.MAX_WBITS | 16, limit)
    if name == "deflate" and body:
        return _deflate(body, limit)
    return body


def _deflate(body: bytes, limit: int) -> bytes:
    # "deflate" means the zlib format, but some servers send the bare stream (RFC 9110 §8.4.1.2).
    try:
        return _inflate(body, zlib.MAX_WBITS, limit)
    except TooLargeError:
        raise
    except UnpackingError:
        return _inflate(body, -zlib.MAX_WBITS, limit)


def _inflate(body: bytes, window_bits: int, limit: int) -> bytes:
    parts: list[bytes] = []
    room = limit
    while body:
        stream = zlib.decompressobj(window_bits)
        try:
            part = stream.decompress(body, room + 1)
        except zlib.error as error:
            raise UnpackingError("The compressed answer is damaged.") from error
        if len(part) > room:
            raise TooLargeError(f"The answer unpacks to more than {limit // 1024} kB.")
        if not stream.eof:
            raise UnpackingError("The compressed answer ends in the middle.")
        parts.append(part)
        room -= len(part)
        # A gzip file may consist of several members; anything else behind it is padding.
        body = stream.unused_data if stream.unused_data.startswith(GZIP_MAGIC) else b""
    return b"".join(parts)
