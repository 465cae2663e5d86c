"""The networks that no connection goes to unless they were named: an explicit table, told in words.

Written out, because what the standard library calls global differs between Python versions and has included
NAT64, 6to4 and multicast.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

LOOPBACK = "loopback"
PRIVATE = "private"
SHARED = "carrier-grade NAT"
UNIQUE_LOCAL = "unique local"

# Where an intranet's hosts live. Naming a host opens these for it; anything else needs its network named.
INTRANET = frozenset({LOOPBACK, PRIVATE, SHARED, UNIQUE_LOCAL})

# The first network that holds an address tells its kind; the wide rows at the end catch what is not handed out.
_TABLE = (
    ("0.0.0.0/8", "unspecified"),
    ("10.0.0.0/8", PRIVATE),
    ("100.64.0.0/10", SHARED),
    ("127.0.0.0/8", LOOPBACK),
    ("168.63.129.16/32", "cloud platform"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", PRIVATE),
    ("192.0.0.0/24", "protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.52.193.0/24", "multicast relay"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", PRIVATE),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("255.255.255.255/32", "broadcast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", LOOPBACK),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::/96", "IPv4-compatible"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "discard"),
    ("2001::/32", "Teredo"),
    ("2001:db8::/32", "documentation"),
    ("2001::/23", "protocol assignments"),
    ("2002::/16", "6to4"),
    ("3fff::/20", "documentation"),
    ("fc00::/7", UNIQUE_LOCAL),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
    ("::/3", "reserved"),
    ("4000::/2", "reserved"),
    ("8000::/1", "reserved"),
)
_DENIED: tuple[tuple[Network, str], ...] = tuple((ip_network(text), words) for text, words in _TABLE)


def denied_as(address: Address) -> str | None:
    """The kind of network, in words, for which an address is not connected to; None if it is public."""
    for network, words in _DENIED:
        if address in network:
            return words
    return None
