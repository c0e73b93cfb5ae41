import gzip
from datetime import date
from http import HTTPStatus

import httpx
import pytest

from advocacy.demo.sources import DEMO_SOURCES, FAILING, create_app
from advocacy.demo.sources.server import Answer, respond

TODAY = date(2028, 2, 29)
PATHS = [source.path.partition("?")[0] for source in DEMO_SOURCES if source.path != FAILING]


def _ask(path: str, method: str = "GET", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return respond(method, path, {"host": "127.0.0.1:8765", **named}, today=TODAY)


@pytest.mark.parametrize("path", PATHS)
def test_who_knows_the_tag_gets_304_without_a_body(path: str):
    first = _ask(path)
    again = _ask(path, if_none_match=first.headers["etag"])
    assert (first.status, again.status) == (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
    assert again.body == b""
    assert again.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize("path", PATHS)
def test_who_knows_the_day_gets_304(path: str):
    modified = _ask(path).headers["last-modified"]
    assert _ask(path, if_modified_since=modified).status == HTTPStatus.NOT_MODIFIED


def test_an_older_day_gets_the_document():
    answer = _ask("/agence", if_modified_since="Tue, 01 Feb 2028 00:00:00 GMT")
    assert answer.status == HTTPStatus.OK


def test_a_day_that_is_none_is_overlooked():
    assert _ask("/agence", if_modified_since="gestern").status == HTTPStatus.OK


def test_the_tag_counts_more_than_the_day():
    modified = _ask("/agence").headers["last-modified"]
    answer = _ask("/agence", if_none_match='"other"', if_modified_since=modified)
    assert answer.status == HTTPStatus.OK


def test_the_tag_changes_with_today():
    tomorrow = respond("GET", "/agence", {"host": "127.0.0.1:8765"}, today=date(2028, 3, 1))
    assert tomorrow.headers["etag"] != _ask("/agence").headers["etag"]


def test_gzip_is_sent_to_who_accepts_it_under_a_tag_of_its_own():
    plain, packed = _ask("/agence"), _ask("/agence", accept_encoding="gzip, br")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]
    again = _ask("/agence", accept_encoding="gzip", if_none_match=f"W/{packed.headers['etag']}")
    assert again.status == HTTPStatus.NOT_MODIFIED


def test_head_tells_the_length_and_sends_nothing():
    head, get = _ask("/agence", "HEAD"), _ask("/agence")
    assert head.headers == get.headers
    assert (head.body, int(head.headers["content-length"])) == (b"", len(get.body))


def test_sparql_may_be_posted():
    assert _ask("/sparqlendpoint", "POST").body == _ask("/sparqlendpoint").body


def test_nothing_can_be_put_or_deleted():
    assert _ask("/agence", "PUT").status == HTTPStatus.METHOD_NOT_ALLOWED


def test_one_source_always_fails():
    assert _ask(FAILING).status == HTTPStatus.SERVICE_UNAVAILABLE


def test_an_unknown_address_is_not_found():
    assert _ask("/agence/rien").status == HTTPStatus.NOT_FOUND


def test_a_forged_host_does_not_get_into_the_links():
    answer = respond("GET", "/agence", {"host": 'evil"><script>'}, today=TODAY)
    assert b"script" not in answer.body
    assert b"http://localhost/agence/" in answer.body


@pytest.mark.anyio
async def test_a_client_reads_a_source_over_asgi():
    transport = httpx.ASGITransport(create_app(TODAY))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8765") as client:
        first = await client.get(DEMO_SOURCES[5].path)
        known = {"if-none-match": first.headers["etag"]}
        again = await client.get(DEMO_SOURCES[5].path, headers=known)
    assert (first.status_code, again.status_code) == (200, 304)
    assert first.json()["initiativeResultDtoPage"]["totalPages"] == 1
