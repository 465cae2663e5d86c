"""A message of which nothing is true, to see how one arrives."""

from __future__ import annotations

from datetime import datetime, timedelta

from drift.model import Diagnosis, Harm, Owner, Severity
from drift.model.alert import Fact, Message, Reason


def sample(route: str, now: datetime) -> Message:
    """The message for a route; sent again, it has another key."""
    told = Fact(
        Reason.OPENED,
        now,
        Severity.HIGH,
        'A customer who reads "Unlock your phone" is told 30 days. The policy is 60 days.',
        news="The page changed: it was right before.",
        source="help-centre",
        finding="F-00000000",
        policy="device-unlock",
        policy_title="Device unlock",
        term="postpaid-wait",
        article="https://help.larkspur.example/wireless/unlock",
        title="Unlock your phone",
        quote="You can unlock your phone 30 days after you buy it.",
        value_text="30 days",
        value_start=26,
        published="30 days",
        expected="60 days",
        diagnosis=Diagnosis.WRONG,
        harm=Harm.GENEROUS,
        diagnosed="The policy has never had this value, and no sibling rule has it.",
        harms="The page promises customers more than the policy gives: they will ask for what they read.",
        since="since the sample was sent",
        wrong_for=timedelta(hours=1),
        before="You can unlock your phone 60 days after you buy it.",
        owner=Owner("Wireless policy", "wireless-policy@larkspur.example"),
        guidance="Honour 30 days for anyone who activated while the article said so.",
        page_link="https://help.larkspur.example/wireless/unlock",
        policy_link="https://policies.larkspur.example/DU-7",
        command="drift findings show F-00000000",
    )
    heading = f"a test of the route {route}"
    return Message(f"M-test-{now:%Y%m%dT%H%M%S%f}", route, Reason.OPENED, heading, (told,), now, sample=True)
