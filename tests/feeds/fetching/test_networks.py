import pytest

from feeds.fetching.networks import check_address, may_reach


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "168.63.129.16",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.8",
        "192.168.1.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:0:7f00:1",
        "100::1",
        "5f00::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001:0:1::1",
        "2001:2::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "3fff::1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_what_is_not_public_is_not_reached(address: str) -> None:
    assert may_reach(address) is False


@pytest.mark.parametrize("address", ["93.184.215.14", "::ffff:93.184.215.14", "2a00:1450::1"])
def test_what_is_public_is_reached(address: str) -> None:
    assert may_reach(address) is True


def test_a_private_network_may_be_let_in_by_name() -> None:
    assert may_reach("127.0.0.1", ("127.0.0.0/8",)) is True
    assert may_reach("::ffff:127.0.0.1", ("127.0.0.0/8",)) is True
    assert may_reach("10.0.0.1", ("127.0.0.0/8", "fd00::/8")) is False


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/feed",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://",
        "http:example.org",
        "http:/example.org/",
        "//example.org/",
        "http://exa mple.org/",
        "http://exa\tmple.org/",
        "http://example.org/\0",
        "http://１２７.０.０.１/",
        "http://①②⑦.⓪.⓪.①/",
        "http://0177.0.0.1/",
        "http://127.0.0.1\\@example.org/",
        "http://example.org@127.0.0.1/",
        "http://:secret@127.0.0.1/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:,x",
        "http://" + "a" * 5000,
        "http://example.org\\@evil.example/",
        "http://example.org/\r\nX: y",
        "http://[::1",
        "http://example.org:99999/",
        "",
    ],
)
def test_addresses_that_are_not_visited_at_all(address: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        check_address(address)
