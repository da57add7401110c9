"""Where a form came from, as far as it may be known: a hash of the network, salted anew each day."""

import hmac
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings

NEIGHBOURS = {4: 24, 6: 48}  # bits of an address that neighbours share


def network_of(address: str, now: datetime) -> str:
    """32 characters, the same for all neighbours of `address` on one day (UTC); empty if it is no IP address."""
    try:
        found = ip_address(address.strip("[] "))
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    network = ip_network((found, NEIGHBOURS[found.version]), strict=False)
    salted = f"network {now:%Y-%m-%d} {network}"
    return hmac.digest(settings.SECRET_KEY.encode(), salted.encode(), "sha256").hex()[:32]
