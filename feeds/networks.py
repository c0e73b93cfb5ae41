"""Which network addresses may be reached. Pure: no name is resolved here."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# `is_global` says yes to these although what lies behind them may be anything,
# or is the cloud provider's own.
_NEVER = tuple(
    ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's host services
        "192.0.0.0/24",  # protocol assignments, RFC 6890
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "::/96",  # IPv4-compatible, RFC 4291
        "64:ff9b::/96",  # NAT64, RFC 6052
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2001::/32",  # Teredo, RFC 4380
        "2002::/16",  # 6to4, RFC 3056
        "fec0::/10",  # site-local, RFC 3879
    )
)


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
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _within(ip: IPv4Address | IPv6Address, network: str) -> bool:
    allowed = ip_network(network)
    return ip.version == allowed.version and ip in allowed
