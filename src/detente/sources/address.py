"""Which network addresses belong to the open internet, however they are written."""

from __future__ import annotations

import ipaddress

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_OLD_IPV4 = ipaddress.IPv6Network("::/96")  # RFC 4291: deprecated, and never on the open internet


def is_public(text: str) -> bool:
    """Whether an address (as the resolver gives it) may be asked: no private, local, reserved or multicast one.

    An IPv6 address that carries an IPv4 address is judged by that too.
    """
    found: _Address = ipaddress.ip_address(text.split("%")[0])
    return _open(_carried(found) or found)


def _carried(address: _Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address where packets to an IPv6 one end."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _open(address: _Address) -> bool:
    local = isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address in _OLD_IPV4)
    return address.is_global and not (address.is_multicast or address.is_reserved or local)
