"""Questions of Larkspur Mobile for annotators. The word before a value says which rule it states, if any is."""

from __future__ import annotations

from drift.model.annotation import OfferedRule, RuleQuestion

RULES = (
    OfferedRule(
        "device-unlock/postpaid-wait",
        "A postpaid phone can be unlocked once it has had [value] of paid, active service.",
        topics=("unlock your phone", "activation"),
        scope=(("plan", "postpaid"),),
        bound="at least",
        states=("You can unlock your device [value] after activation.",),
        silent=("The screen locks itself after [value].",),
    ),
    OfferedRule("refunds/window", "A device can be returned for a refund within [value].", topics=("return",)),
    OfferedRule("billing/late-fee", "The fee of a late payment is [value].", topics=("fee",)),
)


def question(sentence: str, value: str, key: str = "q-1", **around: object) -> RuleQuestion:
    """A question about the first place where a value stands in a sentence."""
    start = sentence.index(value)
    return RuleQuestion(key, sentence, start, start + len(value), RULES, **around)  # type: ignore[arg-type]


UNLOCK = question(
    "You can unlock your phone after an activation 30 days ago.",
    "30 days",
    title="Unlock your phone",
    headings=("Wireless", "Unlocking"),
    previous="Phones are sold locked.",
)


def numbered(count: int) -> tuple[RuleQuestion, ...]:
    """As many questions, each with words of its own: by turns of each rule, and of none."""
    words = ("activation", "return", "fee", "wallpaper")
    return tuple(
        question(f"Case {number} is about {words[number % 4]} {number} days.", f"{number} days", f"q-{number}")
        for number in range(count)
    )


def expected(number: int) -> str | None:
    """The rule that a careful reader finds in one of those."""
    return RULES[number % 4].name if number % 4 < 3 else None
