"""Which rates a message falls under: its recipient's domain, its sender, and the account its channel goes out by."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings

from campaigns.address import domain_of
from channels.pace import WARM_UP, Pace
from channels.rate import Rate
from channels.wire import configured


@dataclass(frozen=True, slots=True)
class Limit:
    """A rate and the bucket it is counted in. `reason`: what those who wait for it are told. `ends_at`: when another
    takes its place, if it does.
    """

    bucket: str
    rate: Rate
    reason: str
    ends_at: datetime | None = None


def account_limits(channel: str, sender: str, now: datetime) -> list[Limit]:
    """Those of whoever sends; `sender` is the campaign's own address on this channel, empty if it has none."""
    named = {who: settings.SENDER_RATES[who] for who in _names(sender) if who in settings.SENDER_RATES}
    found = [_of(f"sender {channel} {who}", who, pace, now) for who, pace in named.items()]
    wire = configured(channel, settings.CHANNELS.get(channel))
    found.append(_of(f"wire {channel}", f"the account for {wire.channel.title}", wire.pace, now))
    return [limit for limits in found for limit in limits]


def recipient_limit(channel: str, address: str) -> Limit | None:
    """That of the recipient's domain. Where a pattern such as *.example fits, each domain has a bucket of its own."""
    domain = domain_of(address) if settings.DOMAIN_RATES else ""
    rate = _fitting(domain, settings.DOMAIN_RATES) if domain else None
    return Limit(f"domain {channel} {domain}", rate, f"At most {rate} go to {domain}") if rate else None


def limited_domains(channel: str, addresses: Iterable[str]) -> dict[str, str]:
    """Of `addresses`, those whose domain has a rate of its own, each with that domain."""
    if not settings.DOMAIN_RATES:
        return {}
    return {address: domain_of(address) for address in addresses if recipient_limit(channel, address)}


def _names(sender: str) -> list[str]:
    """What a rate may call a sender: the address itself, or its domain."""
    return [name for name in dict.fromkeys((sender.strip().lower(), domain_of(sender))) if name]


def _of(bucket: str, who: str, pace: Pace, now: datetime) -> Iterator[Limit]:
    for option, rate in pace.rates(now).items():
        if option == WARM_UP:
            today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
            said = f"At most {rate} leave {who} today, while it is warmed up"
            yield Limit(f"{bucket} {option} {today:%Y-%m-%d}", rate, said, today + timedelta(days=1))
        else:
            yield Limit(f"{bucket} {option}", rate, f"At most {rate} leave {who}")


def _fitting(domain: str, rates: Mapping[str, Rate]) -> Rate | None:
    """The rate of the domain itself, else of the longest pattern that fits."""
    labels = domain.split(".")
    patterns = (f"*.{'.'.join(labels[n:])}" for n in range(1, len(labels)))
    return next((rates[name] for name in (domain, *patterns, "*") if name in rates), None)
