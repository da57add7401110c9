"""Which addresses on the internet may be talked to at somebody's request: public ones, and no machine of our own."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from channels.http_line import Address, LookUp, addresses

NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


def is_public(said: str) -> bool:
    """Whether an IP address is one that anybody on the internet could mean; those that wrap another count as that."""
    address = ip_address(said.partition("%")[0])
    if isinstance(address, IPv6Address):
        inner = _wrapped(address)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def only(allowed: Callable[[str], bool], look_up: LookUp = addresses) -> LookUp:
    """A look-up that gives only allowed addresses, to be connected to as they are, so that a name which points
    elsewhere a moment later gains nothing. Raises PermissionError if there are none.
    """

    def look_up_allowed(host: str, port: int) -> list[Address]:
        found = [address for address in look_up(host, port) if allowed(str(address[1][0]))]
        if not found:
            raise PermissionError(f"{host} is on no public address")
        return found

    return look_up_allowed


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside: mapped, 6to4, Teredo or NAT64."""
    if any(address in network for network in NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
