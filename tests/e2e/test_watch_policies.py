"""Policies that vanish under a watch: a rule that is gone is never a page that was mended."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from drift.model.errors import InputError

RETURNS = "You can return unused goods within 14 days of delivery. Keep the receipt."
TERMS = {
    "unlock": ("A phone can be unlocked after 60 days of paid service.", "60 days", "unlock your phone"),
    "warranty": ("A phone has a warranty of 2 years.", "2 years", "warranty on your phone"),
    "repair": ("A repair takes at most 5 days.", "5 days", "repair of your phone"),
}
SAID = {
    "unlock": "You can unlock your phone after 30 days of paid service.",
    "warranty": "The warranty on your phone lasts 3 years.",
    "repair": "A repair of your phone takes at most 9 days.",
}


def policy(name: str) -> str:
    says, value, topic = TERMS[name]
    term = f"{{term: wait, says: {says}, value: {value}, topics: [{topic}]}}"
    return f"policy: {name}\nowner: shop@larkspur.example\nterms:\n  - {term}\n"


@pytest.fixture
def watch(site: Any, policies: Path, watching: Callable[..., Any]) -> Any:
    """A watch over four wrong pages, each about a policy of its own; three of those lie in a subfolder."""
    (policies / "phones").mkdir()
    for name, text in SAID.items():
        (policies / "phones" / f"{name}.yaml").write_text(policy(name), encoding="utf-8")
        site.says(f"/{name}", text)
    site.says("/returns", RETURNS)
    addresses = ", ".join(f"'{site.url(path)}'" for path in ("/returns", *(f"/{name}" for name in SAID)))
    made = watching(f"kind: urls, at: [{addresses}]")
    assert made.crawls()["open"] == 4
    return made


def states(watch: Any) -> dict[str, str]:
    return {one.policy: one.state.value for one in watch.store.findings.find()}


def open_but(**others: str) -> dict[str, str]:
    return {**dict.fromkeys(("returns", *SAID), "open"), **others}


@pytest.mark.parametrize("blind", [False, True], ids=["a page that is read", "a page that cannot be read"])
def test_a_rule_that_leaves_withdraws_its_finding(site: Any, policies: Path, watch: Any, *, blind: bool) -> None:
    (policies / "phones" / "unlock.yaml").unlink()
    if blind:
        site.answers("/unlock", 500)
    watch.crawls()
    assert states(watch) == open_but(unlock="withdrawn")
    assert watch.told == ["help: unlock/wait left the registry, and so 1 finding is withdrawn"]
    site.says("/unlock", "Nothing is said of it any more.")
    watch.crawls()
    site.answers("/unlock", 410)
    watch.crawls()
    assert states(watch) == open_but(unlock="withdrawn"), "no page says anything about a rule that is none"


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (SAID["unlock"], "open"),
        (SAID["unlock"].replace("30", "45"), "open"),
        (SAID["unlock"].replace("30", "60"), "resolved"),
        ("You can unlock your phone after some time of paid service.", "gone"),
    ],
)
def test_a_rule_that_comes_back_is_held_against_the_page_again(
    site: Any, policies: Path, watch: Any, said: str, state: str
) -> None:
    (policies / "phones" / "unlock.yaml").unlink()
    watch.crawls()
    site.says("/unlock", said)
    watch.crawls()
    (policies / "phones" / "unlock.yaml").write_text(policy("unlock"), encoding="utf-8")
    watch.crawls()
    assert states(watch) == open_but(unlock=state)
    assert len(watch.store.findings.find()) == 4, "it is the finding that it was"


def test_a_renamed_rule_is_one_that_left_and_another_that_came(policies: Path, watch: Any) -> None:
    file = policies / "phones" / "unlock.yaml"
    file.write_text(policy("unlock").replace("policy: unlock", "policy: unlocking"), encoding="utf-8")
    watch.crawls()
    assert states(watch) == open_but(unlock="withdrawn", unlocking="open")


def test_most_rules_gone_at_once_are_held_for_a_day(policies: Path, watch: Any) -> None:
    shutil.move(policies / "phones", policies.parent / "phones")
    for _ in range(3):
        watch.crawls()
    assert states(watch) == open_but()
    assert watch.told[0].startswith("help: 3 rules with 3 findings are no longer in the registry (repair/wait,")
    noted = [one for each in watch.store.findings.find() for one in watch.store.findings.history(each.id)]
    assert sum("no longer in the registry" in one.note for one in noted) == 3, "once a finding, not once a pass"
    shutil.move(policies.parent / "phones", policies / "phones")
    watch.crawls(hours=30)
    assert states(watch) == open_but(), "they were put back in time"
    shutil.rmtree(policies / "phones")
    watch.crawls()
    watch.crawls(hours=23)
    assert states(watch) == open_but(), "another day"
    watch.crawls()
    assert states(watch) == {**open_but(), **dict.fromkeys(SAID, "withdrawn")}


@pytest.mark.parametrize("how", ["empty", "vanished", "a link that leads nowhere"])
def test_a_folder_that_vanished_leaves_the_last_good_policies_in_force(
    policies: Path, watch: Any, watching: Callable[..., Any], how: str
) -> None:
    kept = policies.parent / "kept"
    shutil.move(policies, kept)
    if how == "empty":
        policies.mkdir()
    if how == "a link that leads nowhere":
        shutil.copytree(kept, policies)
        (policies / "phones" / "unlock.yaml").unlink()
        (policies / "phones" / "unlock.yaml").symlink_to("nowhere.yaml")
    watch.crawls()
    assert states(watch) == open_but()
    assert watch.told[0].startswith("the policies do not lint; judging by those read before: ")
    assert str(policies) in watch.told[0]
    with pytest.raises(InputError):
        watching("kind: urls, at: ['http://127.0.0.1:9/']").crawls()  # one that never read good ones
    assert states(watch) == open_but()
