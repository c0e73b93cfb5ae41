"""What may be visited: web addresses by their form, IP addresses by their network. Pure.

No name is resolved here.
"""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

PORTS = {80, 443, *range(1024, 65536)}
ADDRESS_LIMIT = 4096

# `is_global` says yes to these although what lies behind them may be anything,
# or is the cloud provider's own.
_NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's host services
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "2001::/23",  # Teredo, benchmarks, ORCHID and other protocols, RFC 2928
        "2002::/16",  # 6to4, RFC 3056
        "3fff::/20",  # documentation, RFC 9637
    )
)
# All other IPv6 is translated (NAT64, IPv4-compatible, SIIT), local, or not given out: RFC 4291.
_UNICAST = ip_network("2000::/3")


@lru_cache(maxsize=4096)
def check_address(address: str) -> httpx.URL:
    """The address, parsed. Raises ValueError with one sentence when it may not be visited."""
    if len(address) > ADDRESS_LIMIT or any(c <= " " or c in {"\\", "\x7f"} for c in address):
        raise ValueError("The address holds characters that do not belong into an address.")
    try:
        url = httpx.URL(address)
        # Decodes an international name: wrong ones are found here and not while connecting.
        host = url.host
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise ValueError("This is not a web address.") from error
    if url.scheme not in ("http", "https"):
        raise ValueError("Only addresses with http:// or https:// can be visited.")
    if not host:
        raise ValueError("The address names no server.")
    if url.userinfo:
        raise ValueError("The address holds a user name or a password.")
    if url.port is not None and url.port not in PORTS:
        raise ValueError(f"Port {url.port} is not one that web pages are served from.")
    return url


@lru_cache(maxsize=4096)
def may_reach(address: str, private_networks: tuple[str, ...] = ()) -> bool:
    """Whether this IP address is public, or in one of the networks that are let in by name.

    IPv4-mapped addresses are judged by the IPv4 address inside.
    """
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(_within(ip, network) for network in private_networks):
        return True
    if any(ip.version == network.version and ip in network for network in _NEVER):
        return False
    if isinstance(ip, IPv6Address) and ip not in _UNICAST:
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _within(ip: IPv4Address | IPv6Address, network: str) -> bool:
    allowed = ip_network(network)
    return ip.version == allowed.version and ip in allowed
