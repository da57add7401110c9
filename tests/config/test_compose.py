"""docker-compose.yml and `outreach up` run the same roles."""

from typing import Any

import yaml

from channels.channel import CHANNELS
from config import roles
from config.embedded.folder import ROOT

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ROLES = {
    name: service for name, service in SERVICES.items() if service.get("entrypoint") is None and "build" in service
}


def test_every_role_of_the_supervisor_has_a_container_and_nothing_else_has_one() -> None:
    commands = {service["command"][0] for service in ROLES.values()}
    assert commands == {role.arguments[0] for role in (roles.MIGRATE, *roles.RUNNING, *roles.IF_WANTED)}


def test_the_containers_serve_every_queue_once() -> None:
    queues = [service["command"][2] for service in ROLES.values() if service["command"][0] == "worker"]
    assert sorted(queues) == sorted(roles.QUEUES)


def test_a_container_may_take_as_long_to_stop_as_the_supervisor_allows() -> None:
    patience = {role.arguments[0]: role.patience for role in (*roles.RUNNING, *roles.IF_WANTED)}
    for service in ROLES.values():
        if wanted := patience.get(service["command"][0]):
            assert int(service["stop_grace_period"].removesuffix("s")) >= wanted


def test_every_role_is_told_the_same_and_every_channel_is_the_outbox_unless_configured() -> None:
    told = COMPOSE["x-outreach"]["environment"]
    assert all(service["environment"].items() >= told.items() for service in ROLES.values())
    for channel in CHANNELS:
        assert told[f"OUTREACH_{channel.upper()}"] == f"${{OUTREACH_{channel.upper()}:-}}"


def test_no_secret_has_a_default() -> None:
    told = COMPOSE["x-outreach"]["environment"]
    assert "{SECRET_KEY:?}" in told["SECRET_KEY"]
    assert "{POSTGRES_PASSWORD:?}" in told["DATABASE_URL"]


def test_the_image_installs_with_the_same_uv_as_the_checkout() -> None:
    pinned = next(line for line in (ROOT / "dev").read_text().splitlines() if line.startswith("UV = "))
    assert pinned.split('"')[1] in COMPOSE["x-outreach"]["build"]["dockerfile_inline"]
