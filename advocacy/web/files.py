"""A file of somebody else's, to be saved: nothing of it is ever shown as a page of ours."""

from urllib.parse import quote

from litestar import Response

HEADERS = {
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


def to_save(content: bytes, *, name: str, media_type: str) -> Response[bytes]:
    return Response(
        content,
        media_type=media_type,
        headers=HEADERS | {"content-disposition": disposition(name)},
    )


def disposition(name: str) -> str:
    """RFC 6266, 4.1: a plain name for all, the exact one (RFC 8187) for who reads it."""
    plain = "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in ".-_") else "-" for sign in name
    )
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
