"""Files of the shape of congress-legislators, with invented members."""

from pathlib import Path

MEMBERS = """\
- id: {bioguide: A000001}
  name: {first: Ada, last: Adams, official_full: Ada Adams}
  terms:
  - {type: rep, start: '2013-01-03', end: '2015-01-03', state: WA, district: 1}
  - type: sen
    start: '2025-01-03'
    end: '2031-01-03'
    state: WA
    class: 1
    address: 1 Hart Senate Office Building Washington DC 20510
    phone: 202-555-0101
    contact_form: https://adams.senate.example/contact
- id: {bioguide: B000002}
  name: {first: Bo, last: Brown, official_full: Bo Brown}
  terms:
  - {type: sen, start: '2023-01-03', end: '2029-01-03', state: WA, class: 3, phone: 202-555-0102}
- id: {bioguide: C000003}
  name: {first: Cy, last: Clark, official_full: Cy Clark}
  terms:
  - type: rep
    start: '2025-01-03'
    end: '2027-01-03'
    state: WA
    district: 7
    address: 7 Rayburn House Office Building; Washington, DC 20515-4707
    phone: 202-555-0103
- id: {bioguide: D000004}
  name: {first: Di, last: Dale, official_full: Di Dale}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: AK, district: 0, phone: 202-555-0104}
- id: {bioguide: E000005}
  name: {first: Ed, last: Eden, official_full: Ed Eden}
  terms:
  - {type: rep, start: '2025-01-03', end: '2027-01-03', state: DC, district: 0, phone: 202-555-0105}
- id: {bioguide: F000006}
  name: {first: Fay, last: Ford, official_full: Fay Ford}
  terms:
  - {type: sen, start: '2025-01-03', end: '2026-11-03', state: OH, class: 3, phone: 202-555-0106}
"""
ACCOUNTS = """\
- id: {bioguide: A000001}
  social: {twitter: SenAdams, facebook: adams, mastodon: '@SenAdams@social.example'}
- id: {bioguide: C000003}
  social: {twitter: a handle with spaces}
"""


def write_sample(folder: Path, members: str = MEMBERS, accounts: str | None = ACCOUNTS) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "legislators-current.yaml").write_text(members, encoding="utf-8")
    if accounts is not None:
        (folder / "legislators-social-media.yaml").write_text(accounts, encoding="utf-8")
    return folder
