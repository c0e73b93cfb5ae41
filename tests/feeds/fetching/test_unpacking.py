import contextlib
import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from feeds.fetching.unpacking import MEMBERS, TooLargeError, UnpackingError, unpack

LIMIT = 100_000
BODY = b"<rss>" + bytes(range(256)) * 100 + b"</rss>"


def gzipped(body: bytes) -> bytes:
    """Always the same bytes: gzip's time of day would give each process tests of other names."""
    return gzip.compress(body, mtime=0)


def bare(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return stream.compress(body) + stream.flush()


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzipped,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
PACKINGS = pytest.mark.parametrize("packing", PACKERS)


@PACKINGS
@given(body=st.binary(max_size=2000))
def test_what_was_packed_comes_out_again(packing: str, body: bytes) -> None:
    if not body.startswith(b"\x1f\x8b"):
        assert unpack(PACKERS[packing](body), packing, limit=LIMIT) == body


@PACKINGS
@given(body=st.binary(max_size=300))
def test_whatever_is_no_packed_body_is_told_or_taken_as_it_is(packing: str, body: bytes) -> None:
    with contextlib.suppress(UnpackingError):
        assert len(unpack(body, packing, limit=LIMIT)) <= LIMIT


@PACKINGS
def test_the_limit_is_exact(packing: str) -> None:
    packed = PACKERS[packing](BODY)
    assert unpack(packed, packing, limit=len(BODY)) == BODY
    with pytest.raises(TooLargeError, match=r"^The answer unpacks to more than 25 kB\.$"):
        unpack(packed, packing, limit=len(BODY) - 1)


@PACKINGS
def test_a_bomb_never_stands_in_memory(packing: str) -> None:
    bomb = PACKERS[packing](bytes(5_000_000))
    tracemalloc.start()
    with pytest.raises(TooLargeError):
        unpack(bomb, packing, limit=LIMIT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * LIMIT


@PACKINGS
def test_half_a_body_is_none(packing: str) -> None:
    packed = PACKERS[packing](BODY)
    with pytest.raises(UnpackingError, match=r"\.$"):
        unpack(packed[: len(packed) // 2], packing, limit=LIMIT)
    with pytest.raises(UnpackingError, match=r"\.$"):
        unpack(packed[:-1], packing, limit=LIMIT)


@pytest.mark.parametrize(
    ("body", "packing"),
    [
        (b"\x1f\x8bno gzip behind its first two bytes", "gzip"),
        (b"no deflate at all", "deflate"),
        (b"no brotli at all", "br"),
        (b"\x28\xb5\x2f\xfdno zstd behind its first four", "zstd"),
    ],
)
def test_a_damaged_body_is_named_so(body: bytes, packing: str) -> None:
    with pytest.raises(UnpackingError, match=r"^The compressed answer (is damaged|ends in)"):
        unpack(body, packing, limit=LIMIT)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (b"<rss/>", ""),
        (b"<rss/>", "identity"),
        (b"<rss/>", "gzip"),
        (b"<rss/>", "zstd"),
        (b"<rss/>", "UTF-8"),
        (b"<rss/>", "none"),
        (gzipped(b"<rss/>"), ""),
        (gzipped(b"<rss/>"), "X-GZIP"),
        (gzipped(b"<rss/>"), "identity, gzip"),
        (gzipped(b"<rss/>"), "deflate"),
        (gzipped(b"<rss/>") + bytes(512), "gzip"),
        (gzipped(b"<rs") + gzipped(b"s/>"), "gzip"),
        (zstandard.compress(b"<rs") + zstandard.compress(b"s/>"), "zstd"),
        (bare(b"<rss/>"), "deflate"),
    ],
)
def test_what_servers_mean_is_understood(body: bytes, encoding: str) -> None:
    assert unpack(body, encoding, limit=LIMIT) == b"<rss/>"


@pytest.mark.parametrize("packing", ["gzip", "deflate", "br", "zstd", ""])
def test_an_empty_body_is_empty(packing: str) -> None:
    assert unpack(b"", packing, limit=LIMIT) == b""


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (brotli.compress(gzipped(BODY)), "gzip, br"),
        (gzipped(gzipped(BODY)), "gzip, gzip"),
        (gzipped(gzipped(BODY)), "gzip"),
        (brotli.compress(gzipped(BODY)), "br"),
        (gzipped(gzipped(BODY)), ""),
    ],
)
def test_what_is_packed_twice_is_refused(body: bytes, encoding: str) -> None:
    with pytest.raises(UnpackingError, match=r"^The answer is compressed more than once\.$"):
        unpack(body, encoding, limit=LIMIT)


def test_a_packing_we_did_not_ask_for_is_named() -> None:
    with pytest.raises(UnpackingError, match=r"^The answer is compressed in a way .*: compress\.$"):
        unpack(b"x", "compress", limit=LIMIT)


@pytest.mark.parametrize("packing", ["gzip", "zstd"])
def test_a_body_of_very_many_members_is_refused(packing: str) -> None:
    members = PACKERS[packing](b"") * (MEMBERS + 1)
    with pytest.raises(UnpackingError, match="too many parts"):
        unpack(members, packing, limit=LIMIT)


def test_zstd_may_not_ask_for_much_memory() -> None:
    wide = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    stream = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    packed = stream.compress(BODY) + stream.flush()
    with pytest.raises(UnpackingError, match="damaged"):
        unpack(packed, "zstd", limit=LIMIT)
