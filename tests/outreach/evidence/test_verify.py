"""An evidence file that nobody touched verifies anywhere; a byte that somebody did is found and named."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from campaigns.outcome import record_outcome
from config.embedded.folder import ROOT
from outreach.clock import tick
from outreach.evidence.archive import Packer
from outreach.evidence.canonical import canonical, read, sha256
from outreach.evidence.chain import START
from outreach.evidence.entry import Evidence, forget
from outreach.evidence.export import export
from outreach.evidence.note import note_marked
from outreach.evidence.verify import verify
from outreach.response import record_response
from outreach.send import drain
from tests.outreach.wires import Told
from tests.small_campaign import DAY, DEADLINE, FRIDAY, SECOND, published

pytestmark = pytest.mark.django_db  # for the fixture; the checks need none
SATURDAY = FRIDAY + DAY
A_FEW = settings(max_examples=60, deadline=None, phases=[Phase.explicit, Phase.generate])


@pytest.fixture(scope="module")
def files(tmp_path_factory, django_db_setup, django_db_blocker):
    """The evidence of a campaign, for everybody and in full."""
    folder = tmp_path_factory.mktemp("evidence")
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        from django.db import transaction

        patch.setattr("outreach.send.wire_of", lambda channel: Told())
        with transaction.atomic():
            campaign = published()
            for at in (FRIDAY, DEADLINE + SECOND):
                patch.setattr("outreach.send.now", lambda at=at: at)
                tick(campaign, at)
                drain("email", bulk=False)
                drain("x", bulk=False)
            appeal = campaign.appeals.get(addressee__key="ann")
            text = "We refuse. Mr Smith, smith@offices.example"
            record_response(appeal, channel="email", text=text, recorded_by="Mia", now=SATURDAY, kind="refusal")
            for kind in ("refused", "none"):
                demand = campaign.demands.get(key="open")
                record_outcome(appeal, demand, kind, evidence="their answer", author="Mia", now=SATURDAY)
            note_marked(DEADLINE + DAY)
            export(campaign, folder / "public.zip")
            export(campaign, folder / "again.zip")
            done = export(campaign, folder / "full.zip", full=True)
            assert done.doubts == []
            with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[django_settings.SECRET_KEY]):
                assert export(campaign, folder / "rotated.zip").doubts == []
            hashes = list(Evidence.objects.filter(campaign=campaign).values_list("hash", flat=True))
            forget({"addressee": "bob"})
            export(campaign, folder / "forgotten.zip", full=True)
            campaign.deliveries.filter(addressee__key="ann", channel="email").update(text="We never wrote this")
            doubted = export(campaign, folder / "doubted.zip")
            transaction.set_rollback(True)
    return folder, hashes, doubted


@pytest.fixture
def folder(files) -> Path:
    return files[0]


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.namelist()


def bytes_of(path: Path) -> bytes:
    return path.read_bytes()


def text_of(path: Path) -> str:
    return path.read_bytes().decode("latin-1")


@pytest.mark.parametrize("name", ["public.zip", "full.zip", "forgotten.zip", "doubted.zip"])
def test_an_untouched_file_holds(folder, name):
    verdict = verify(folder / name)
    assert verdict.faults == []
    assert verdict.campaign == "bridge"


def test_the_same_log_gives_the_same_bytes(folder):
    assert bytes_of(folder / "public.zip") == bytes_of(folder / "again.zip")


def test_words_can_be_shown_when_the_secrets_in_them_are_others_by_now(folder):
    assert bytes_of(folder / "rotated.zip") == bytes_of(folder / "public.zip")


def test_it_verifies_where_there_is_no_database_and_nothing_but_python(folder):
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATABASE_URL": "nowhere://"}
    command = [sys.executable, "-S", "-m", "outreach.evidence.verify", str(folder / "public.zip"), "--json"]
    done = subprocess.run(command, cwd=folder, env=bare, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["holds"] is True


def test_everybody_reads_the_letters_word_for_word_and_nobodys_address(folder):
    public = text_of(folder / "public.zip")
    assert "we write to Ann as member of the council" in public
    for private in ("offices.example", "Mia", "Smith", "We refuse"):
        assert private not in public
    full = text_of(folder / "full.zip")
    for all_of_it in ("ann@offices.example", "Mia", "Mr Smith, smith@offices.example"):
        assert all_of_it in full


def test_the_page_for_people_says_who_answered_what_was_proven_and_what_was_corrected(folder):
    with zipfile.ZipFile(folder / "public.zip") as archive:
        page = archive.read("index.html").decode()
    assert "taken for: refusal" in page
    assert "Corrected by entry" in page
    assert "proven delivered" in page
    assert "default-src &#x27;none&#x27;" in page


def test_what_was_erased_is_left_out_and_the_chain_holds(folder):
    assert "we write to Bob" not in text_of(folder / "forgotten.zip")
    assert verify(folder / "forgotten.zip").closed > verify(folder / "full.zip").closed


def test_words_changed_in_the_tables_are_not_passed_off_as_what_was_sent(files):
    folder, _, doubted = files
    assert "We never wrote this" not in text_of(folder / "doubted.zip")
    assert any("“shown” is not kept any more, or is not what was noted" in doubt for doubt in doubted.doubts)


def test_a_hash_that_was_kept_is_found_in_the_chain_and_one_of_another_chain_is_not(files):
    folder, hashes, _ = files
    assert verify(folder / "public.zip", hashes[3]).holds
    assert verify(folder / "public.zip", hashes[-1]).holds
    assert "written anew" in str(verify(folder / "public.zip", "ab" * 32).faults[0])


@A_FEW
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_found_and_named(flips, data):
    whole, flipped = flips
    at = data.draw(st.integers(0, len(whole) - 1), "byte")
    bit = data.draw(st.integers(0, 7), "bit")
    flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << bit]) + whole[at + 1 :])
    verdict = verify(flipped)
    assert not verdict.holds
    assert all(fault.where and fault.what for fault in verdict.faults)


@pytest.fixture(scope="module")
def flips(files):
    folder = files[0]
    return Whole(bytes_of(folder / "public.zip")), folder / "flipped.zip"


class Whole(bytes):
    def __repr__(self) -> str:
        return "the whole file"


def test_every_byte_of_the_archives_own_directory_counts(flips):
    whole, flipped = flips
    start = whole.index(b"PK\x01\x02")
    for at in range(start, len(whole), 7):
        flipped.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not verify(flipped).holds, at


@pytest.mark.parametrize("more", [b"\0", b"PK\x05\x06", b"x" * 100])
def test_bytes_before_after_and_missing_are_found(flips, more):
    whole, flipped = flips
    for changed in (whole + more, more + whole, whole[: -len(more)], whole[len(more) :], b"", more):
        flipped.write_bytes(changed)
        assert not verify(flipped).holds


def rebuilt(source: Path, target: Path, change) -> list[str]:
    """Somebody changed files and packed them as we do; what is said of it."""
    with zipfile.ZipFile(source) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    packer = Packer(target)
    for name, content in files.items():
        packer.add(name, content)
    packer.close()
    return [str(fault) for fault in verify(target).faults]


def lines_of(files: dict[str, bytes], name: str) -> list[bytes]:
    return files[name].splitlines(keepends=True)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda f: f.update({"chain.jsonl": f["chain.jsonl"].replace(b'"refused"', b'"done"')}), "chain.jsonl, entry"),
        (lambda f: f.update({"chain.jsonl": b"".join(lines_of(f, "chain.jsonl")[:-1])}), "manifest.json"),
        (lambda f: f.update({"chain.jsonl": b"".join(lines_of(f, "chain.jsonl")[1:])}), "chain.jsonl, entry 1"),
        (lambda f: f.update({"chain.jsonl": b"".join(reversed(lines_of(f, "chain.jsonl")))}), "chain.jsonl, entry 1"),
        (lambda f: f.update({"openings.jsonl": b"".join(reversed(lines_of(f, "openings.jsonl")))}), "openings.jsonl"),
        (lambda f: f.update({"index.html": f["index.html"].replace(b"refusal", b"promise")}), "index.html"),
        (lambda f: f.update({"positions.json": f["positions.json"].replace(b"silent", b"angry!")}), "positions.json"),
        (lambda f: f.update({"note.txt": b"trust me"}), "note.txt"),
        (lambda f: f.pop("openings.jsonl"), "openings.jsonl"),
        (lambda f: f.update({first_letter(f): b"Dear Ann"}), "messages/"),
        (lambda f: f.pop(first_letter(f)), "openings.jsonl, line"),
        (lambda f: f.update({"manifest.json": b"{}\n"}), "manifest.json"),
    ],
)
def test_whoever_changes_a_file_and_packs_it_again_is_found_out_too(folder, tmp_path, change, named):
    faults = rebuilt(folder / "public.zip", tmp_path / "rebuilt.zip", change)
    assert any(fault.startswith(named) for fault in faults), faults


@pytest.mark.parametrize(
    ("name", "said", "instead"),
    [("index.html", b"refusal", b"promise"), ("positions.json", b"silent", b"angry!")],
)
def test_a_page_that_says_other_than_the_chain_is_found_out_even_if_the_manifest_agrees_with_it(
    folder, tmp_path, name, said, instead
):
    def change(files):
        files[name] = files[name].replace(said, instead)
        manifest = json.loads(files["manifest.json"])
        manifest["files"][name] = {"sha256": sha256(files[name]), "size": len(files[name])}
        files["manifest.json"] = canonical(manifest) + b"\n"

    assert rebuilt(folder / "public.zip", tmp_path / "rebuilt.zip", change) == [
        f"{name}: it does not say what the chain says"
    ]


def test_a_chain_that_somebody_wrote_in_other_shapes_is_a_fault_and_no_crash(folder, tmp_path):
    def change(files):
        lines, previous = [], START
        for content in files["chain.jsonl"].splitlines():
            line = read(content) | {"told": {}, "committed": {}, "previous": previous}
            lines.append(canonical(line))
            previous = sha256(lines[-1])
        files["chain.jsonl"] = b"".join(line + b"\n" for line in lines)

    faults = rebuilt(folder / "public.zip", tmp_path / "rebuilt.zip", change)
    assert any("parts that one of its kind has" in fault for fault in faults)


def first_letter(files: dict[str, bytes]) -> str:
    return next(name for name in files if name.startswith("messages/"))
