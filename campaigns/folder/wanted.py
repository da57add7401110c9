"""A folder as the fields of the rows it should become."""

from campaigns.folder.addressees import AddresseeRow
from campaigns.folder.campaign_folder import APPROVERS, CampaignFolder, dispatches, reminder_dispatch
from campaigns.folder.change import Fields, Inventory
from campaigns.folder.schema import Step
from campaigns.folder.ways import AT_ONCE
from campaigns.ladder import Dispatch


def wanted(folder: CampaignFolder) -> Inventory:
    """Everything, keyed by kind and key."""
    inventory: Inventory = {("campaign", folder.slug): _campaign(folder)}
    for number, group in enumerate(folder.campaign.groups, 1):
        inventory["group", group.key] = {"number": number, "title": group.title}
    for number, demand in enumerate(folder.campaign.demands, 1):
        inventory["demand", demand.key] = {"number": number, "title": demand.title, "text": demand.text}
    for number, step in enumerate(folder.campaign.ladder, 1):
        inventory["step", step.step] = _step(folder, number, step)
    for row in folder.addressees:
        inventory["addressee", row.key] = _addressee(row)
    for row in folder.addressees:
        for channel, addresses in row.addresses.items():
            for position, address in enumerate(addresses, 1):
                inventory["contact point", f"{row.key} {channel} {address}"] = {"position": position}
        for group_key, capacity in row.memberships:
            inventory["membership", f"{row.key} in {group_key}"] = {"capacity": capacity}
    for each in folder.wordings:
        fields = {"status": each.status, "subject": each.source.subject, "body": each.source.body}
        inventory["wording", f"{each.name}/{each.channel}.{each.language}"] = fields
    return inventory


def _campaign(folder: CampaignFolder) -> Fields:
    campaign = folder.campaign
    fairness = campaign.fairness
    return {
        "title": campaign.title,
        "summary": campaign.summary,
        "languages": campaign.languages,
        "time_zone": campaign.time_zone,
        "publish_at": folder.publish_at,
        "clock": campaign.clock,
        "satisfied": campaign.satisfied,
        "put_to": campaign.put_to,
        "fairness": {
            "minimum_gap": fairness.minimum_gap.total_seconds(),
            "weekends": fairness.weekends,
            "holidays": fairness.holidays,
            "proof_after": fairness.proof_after.total_seconds(),
            "holder_change": fairness.holder_change,
        },
        "sending": folder.sending(),
        "facts": [
            {"key": fact.key, "date": fact.date.isoformat(), "text": fact.text, "source": fact.source or ""}
            for fact in campaign.facts
        ],
        "sender": campaign.sender.model_dump(exclude_none=True),
        "consent": folder.consent(),
        "terms": campaign.terms,
        "website": campaign.website or "",
        "embed": campaign.embed,
        "letter_rules": folder.letter_rules(),
        "fallbacks": list(campaign.fallbacks),
        "divisions": folder.divisions.summary(),
    }


def _step(folder: CampaignFolder, number: int, step: Step) -> Fields:
    patience = folder.patience(number, step)
    return {
        "number": number,
        "title": step.title,
        "patience": patience.span,
        "ends": patience.ends.value,
        "days": patience.days.value,
        "only_if": list(step.only_if),
        "signatures": step.signatures,
        "at_once": step.begins == AT_ONCE,
        "next": [list(pair) for pair in step.next],
        "approvers": APPROVERS[step.approval],
        "minimum_gap": step.minimum_gap,
        "dispatches": [_dispatch(each) for each in dispatches(step)],
        "reminders": [
            {
                **_dispatch(reminder_dispatch(step, each)),
                "before": each.before.total_seconds() if each.before else None,
                "after": each.after.total_seconds() if each.after else None,
            }
            for each in step.reminders
        ],
    }


def _dispatch(dispatch: Dispatch) -> dict[str, object]:
    said: dict[str, object] = {"audience": dispatch.whom, "channels": list(dispatch.channels)}
    said["wording"] = dispatch.wording
    return said | ({"expires_after": dispatch.expires_after.total_seconds()} if dispatch.expires_after else {})


def _addressee(row: AddresseeRow) -> Fields:
    return {
        "kind": row.kind,
        "name": row.name,
        "holder": row.holder,
        "salutation": row.salutation,
        "country": row.country,
        "languages": list(row.languages),
        "time_zone": row.time_zone,
        "weekend": list(row.weekend),
        **({} if row.division is None else {"division": row.division}),
    }
