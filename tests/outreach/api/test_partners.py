"""A partner gets the addresses of those who told it yes, sealed for its key, and learns whom it must delete again."""

import json
import subprocess
from base64 import b64decode
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from campaigns.campaign import Campaign
from campaigns.consent import Consent
from campaigns.supporter import Supporter
from outreach.cli import app
from outreach.confirming import confirm
from outreach.erasing import erase
from outreach.own_data import export, take_back
from outreach.partner_export import NoPartner, PartnerExport, hand_over
from outreach.partner_key import NoKey, enveloped
from outreach.signing import read_some
from outreach.signup import Form, keep
from outreach.suppression import suppress
from tests.outreach.public.test_consent import ASKED
from tests.small_campaign import DAY, FRIDAY, published

ROADS = "partner-roads"
V1 = "/api/v1/campaigns/bridge/partner-exports"


def pair(key) -> tuple[bytes, bytes]:
    """A certificate and its key, in PEM."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Roads for All")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(FRIDAY).not_valid_after(FRIDAY + timedelta(days=3650))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.sign(key, SHA256()).public_bytes(Encoding.PEM), secret


@pytest.fixture(scope="module")
def keys() -> tuple[bytes, bytes]:
    return pair(rsa.generate_private_key(65537, 2048))


@pytest.fixture
def bridge(db) -> Campaign:
    """Anna and Bo told the partner yes, Cat no, Dan nothing; Eve said yes and never confirmed."""
    campaign = published(consent=ASKED)
    for name, said in {"anna": True, "bo": True, "cat": False, "dan": None, "eve": True}.items():
        consents = {} if said is None else {ROADS: said}
        keep(campaign.pk, Form(name.title(), f"{name}@people.example", "en", consents=consents), "network", FRIDAY)
    read_some(FRIDAY)
    for name in ("anna", "bo", "cat", "dan"):
        confirm(at(name), FRIDAY)
    return campaign


def at(name: str) -> Supporter:
    return Supporter.objects.at(f"{name}@people.example").get()


def given(campaign: Campaign, now=FRIDAY) -> tuple[dict[str, str], dict[str, str]]:
    """Whom a plain file names, by address, and whom it says to delete, by reason: each with the partner's name."""
    told = json.loads(hand_over(campaign, "roads", certificate=None, author="Mia", now=now).content)
    people = {each["email"].partition("@")[0]: each["id"] for each in told["people"]}
    return people, {each["id"]: each["reason"] for each in told["to_delete"]}


def test_only_who_told_it_yes_and_confirmed_is_in_it_and_that_it_was_given_is_kept(bridge):
    people, gone = given(bridge)
    assert people.keys() == {"anna", "bo"}
    assert gone == {}
    kept = PartnerExport.objects.get()
    assert (kept.partner, kept.author, kept.at, kept.number, kept.key) == ("roads", "Mia", FRIDAY, 2, "")


def test_who_took_it_back_was_erased_or_counts_no_more_is_to_be_deleted_under_the_name_the_partner_knows(bridge):
    consents = {f"p{n}": True for n in range(2)}
    for name in consents:
        keep(bridge.pk, Form(name, f"{name}@people.example", "en", consents={ROADS: True}), "network", FRIDAY)
    read_some(FRIDAY)
    for name in consents:
        confirm(at(name), FRIDAY)
    before, _ = given(bridge)
    Consent.objects.create(supporter=at("anna"), purpose=ROADS, is_given=False, source="my data", at=FRIDAY)
    erase(at("bo"), FRIDAY)
    take_back(at("p0"), FRIDAY)
    after, gone = given(bridge, FRIDAY + DAY)
    assert after == {"p1": before["p1"]}  # known by the same name as before
    expected = {before["anna"]: "withdrawn", before["bo"]: "erased", before["p0"]: "not counted"}
    assert gone == expected
    assert given(bridge, FRIDAY + 2 * DAY)[1] == expected  # said again, in case a file was lost
    Consent.objects.create(supporter=at("anna"), purpose=ROADS, is_given=True, source="my data", at=FRIDAY)
    assert given(bridge, FRIDAY + 3 * DAY)[0].keys() == {"anna", "p1"}


def test_who_must_not_be_written_to_is_not_given_away(bridge):
    suppress("email", "anna@people.example", "Complained", FRIDAY)
    assert given(bridge)[0].keys() == {"bo"}


def test_they_see_on_their_own_page_to_whom_they_were_given(bridge):
    given(bridge)
    assert [each["partner"] for each in export(at("anna"), FRIDAY)["given_to_partners"]] == ["roads"]
    assert export(at("cat"), FRIDAY)["given_to_partners"] == []


def test_over_http_it_comes_sealed_for_the_partners_key_and_its_key_alone_opens_it(bridge, keys, caller, tmp_path):
    certificate, secret = keys
    body = json.dumps({"partner": "roads", "certificate": certificate.decode()})
    answer = caller().post(V1, body, content_type="application/json")
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["number"], told["author"], told["media_type"]) == (2, "Mia", "application/pkcs7-mime")
    sealed = b64decode(told["content"])
    assert b"anna" not in sealed
    (tmp_path / "key.pem").write_bytes(secret)
    (tmp_path / "people.p7m").write_bytes(sealed)
    opening = ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", "people.p7m", "-inkey", "key.pem"]
    opened = subprocess.run(opening, cwd=tmp_path, capture_output=True, check=True).stdout
    assert [each["name"] for each in json.loads(opened)["people"]] in (["Anna", "Bo"], ["Bo", "Anna"])
    assert [each["key"] for each in caller().get(V1).json()["items"]] == [told["key"]]
    assert caller(scope="read").post(V1, body, content_type="application/json").status_code == 403


def test_a_terminal_writes_a_file_that_only_its_owner_reads_and_a_plain_one_only_if_told_so(bridge, keys, tmp_path):
    (tmp_path / "roads.pem").write_bytes(keys[0])
    into = tmp_path / "people.p7m"
    command = ["partners", "export", "bridge", "roads", "--into", str(into), "--by", "Mia"]
    refused = CliRunner().invoke(app, command)
    assert (refused.exit_code, into.exists(), PartnerExport.objects.count()) == (2, False, 0)
    assert "--plain" in refused.output
    done = CliRunner().invoke(app, [*command, "--for", str(tmp_path / "roads.pem")])
    assert (done.exit_code, into.stat().st_mode & 0o777) == (0, 0o600)
    assert "2 people in" in done.output
    assert CliRunner().invoke(app, [*command, "--plain"]).exit_code == 2  # there is one already
    assert CliRunner().invoke(app, ["partners", "list", "bridge", "--json"]).output.count('"said_yes": 2') == 1
    assert "Mia" in CliRunner().invoke(app, ["partners", "exports", "bridge"]).output


def test_what_cannot_be_used_as_a_key_gives_nothing_away(bridge, keys):
    small, _ = pair(rsa.generate_private_key(65537, 1024))
    curve, _ = pair(ec.generate_private_key(ec.SECP256R1()))
    for wrong in (b"", b"not a certificate", keys[1], small, curve):
        with pytest.raises(NoKey):
            enveloped(b"people", wrong)
    with pytest.raises(NoPartner, match="did you mean roads"):
        hand_over(bridge, "road", certificate=None, author="Mia", now=FRIDAY)
    assert not PartnerExport.objects.exists()
