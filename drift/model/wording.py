"""A diagnosis, a harm, a reason in plain words: once, for reports, alerts and pages.

Values come in already spelled (`drift.engine.kinds.show`), because the kinds stand above this module.
"""

from __future__ import annotations

from drift.model import Diagnosis, Grounds, Harm, Outcome, Owner, Stance, Zone
from drift.model.annotation import Annotation
from drift.model.errors import BlindReason
from drift.model.values import Bound

DOUBTED = "an annotator says that the sentence states another rule, or none"
SETTLED = "one answer settles it: drift review"  # of what only an annotator says
LONGEST_WHY = 200  # characters of an annotator's own words
LONGEST_NAME = 120  # characters: titles of help articles have 20 to 70, and a phone shows two lines of 60

_DIAGNOSES = {
    Diagnosis.STALE: "This was right once: the policy has changed and the page has not.",
    Diagnosis.EARLY: "This is the policy's coming value, published before it is in force.",
    Diagnosis.COPIED: "This is the value of another rule: most likely copied from there.",
    Diagnosis.BOUND: "The number is right and its direction is wrong: a minimum reads as a maximum, or the other way.",
    Diagnosis.UNIT: "The number is right and its unit is wrong.",
    Diagnosis.WRONG: "The policy has never had this value, and no sibling rule has it.",
}

_GROUNDS = {
    Grounds.REVIEWED: "a review, or an example in the policies, says so of this sentence",
    Grounds.FOLLOWED: "an earlier version of the page stated the rule here",
    Grounds.ANNOTATED: "an annotator says so of this sentence, and no person confirmed it",
    Grounds.PLAIN: "the words alone are plain enough",
}

_HARMS = {
    Harm.GENEROUS: "The page promises customers more than the policy gives: they will ask for what they read.",
    Harm.HARSH: "The page promises customers less than the policy gives: they miss what is theirs.",
}

_OUTCOMES = {
    Outcome.AGREES: "agrees",
    Outcome.DIVERGES: "diverges",
    Outcome.SUSPECT: "suspect",
    Outcome.UNCLEAR: "unclear",
}


_BLIND = {
    BlindReason.DNS: "its host name does not resolve",
    BlindReason.REFUSED: "nobody answers there, or the connection broke",
    BlindReason.TLS: "its certificate or TLS handshake is not valid",
    BlindReason.TIMEOUT: "it did not answer in time",
    BlindReason.PRIVATE: "it is on a private network, which is opened only by --allow-private",
    BlindReason.SCHEME: "it is neither http nor https",
    BlindReason.REDIRECTS: "it redirects without end",
    BlindReason.UNAUTHORIZED: "it asks for a login",
    BlindReason.FORBIDDEN: "it refuses us",
    BlindReason.NOT_FOUND: "there is no page",
    BlindReason.GONE: "the page is gone",
    BlindReason.THROTTLED: "it asks us to slow down",
    BlindReason.CLIENT_ERROR: "it refuses the request",
    BlindReason.SERVER_ERROR: "the server failed",
    BlindReason.TOO_LARGE: "it is larger than we read",
    BlindReason.NOT_TEXT: "it is no text",
    BlindReason.EMPTY: "it holds nothing a reader could see",
    BlindReason.SCRIPT_ONLY: "its text is made by JavaScript, which is not run",
    BlindReason.LANGUAGE: "no language file reads it",
    BlindReason.UNREADABLE: "it cannot be opened, or its bytes are no text",
    BlindReason.MISSING: "there is no such file",
    BlindReason.ROBOTS: "its site's robots.txt asks us not to read it",
    BlindReason.ROBOTS_UNREACHABLE: "its site's robots.txt cannot be asked for, so nothing there is read",
    BlindReason.BOT_WALL: "a challenge meant for robots stands before it",
    BlindReason.SOFT_404: "it says that there is no such page, with a status of success",
    BlindReason.FAULT: "drift itself failed on it, which is no fault of the page",
    BlindReason.REPLACED: "another text stands where the article stood",
}

_STANCES = {
    Stance.CURRENT: "the article asserts it now",
    Stance.FORMER: "the article says it was so",
    Stance.UPCOMING: "the article says it will be so",
    Stance.EXAMPLE: "it is an example",
    Stance.QUESTION: "it is a question",
    Stance.HYPOTHETICAL: "it is a supposition",
    Stance.THIRD_PARTY: "it is someone else's rule",
    Stance.NEGATED: "the article says it is not so",
}

_QUOTES = str.maketrans(dict.fromkeys('“”„«»"', "'"))  # where a quotation ends is for us to say

HIDDEN = "in text that the page does not show"

ASKED = "only its words say so, nobody was alerted, and `drift review` settles it"

_UNSEEN = {
    Zone.META: "in the page's description, which search engines show",
    Zone.STRUCTURED: "in the page's structured data (JSON-LD), which search engines and assistants read",
    Zone.ALT: "in the text that stands for an image",
}


def grounds(value: Grounds) -> str:
    """How we know which rule a statement is about."""
    return _GROUNDS[value]


def unconfirmed(model: str) -> str:
    """What is said wherever only an annotator knows which rule a statement is about."""
    return f"annotated by {model}, not confirmed by a person"


def agreed(share: tuple[int, int] | None) -> str:
    """How far an annotator is known to be right, as a clause; '' where that is not known."""
    return f"this annotator {agreed_with(share)}" if share is not None and share[1] else ""


def agreed_with(share: tuple[int, int]) -> str:
    """'agreed with 97 of 100 answers given by people'"""
    return f"agreed with {share[0]} of {counted(share[1], 'answer')} given by people"


def annotation(said: Annotation | None) -> str:
    """What an annotator says of a sentence; '' where none says anything."""
    return opinion(said.model, said.term, said.probability, said.why, said.agreed) if said is not None else ""


def opinion(model: str, term: str | None, sure: float, why: str, share: tuple[int, int] | None) -> str:
    """'MODEL says that it states unlock/wait (p .93): “its own words”; this annotator agreed with ...'"""
    states = f"states {term}" if term is not None else "states none of the rules it was shown"
    quote = " ".join(why.translate(_QUOTES).split())[:LONGEST_WHY]
    parts = (f"{model} says that it {states} (p {likelihood(sure)}){f': “{quote}”' if quote else ''}", agreed(share))
    return "; ".join(part for part in parts if part)


def likelihood(probability: float) -> str:
    """A probability in two digits: '.93', '1.00'."""
    return f"{probability:.2f}".removeprefix("0")


def diagnosis(value: Diagnosis) -> str:
    return _DIAGNOSES[value]


def harm(value: Harm) -> str:
    return _HARMS[value]


def outcome(value: Outcome) -> str:
    return _OUTCOMES[value]


def blind(value: BlindReason) -> str:
    """Why an article could not be read, as a clause: 'its host name does not resolve'."""
    return _BLIND[value]


def stance(value: Stance) -> str:
    return _STANCES[value]


def seen(zone: Zone, *, visible: bool, hidden: bool = False) -> str:
    """Where a passage is that does not stand on the page for all to see; '' for one that does."""
    if hidden:
        return f"{HIDDEN}: it is not displayed, off the screen, or for screen readers alone"
    return _UNSEEN.get(zone, "" if visible else "only after opening a tab or an answer")


def plain(shown: str) -> str:
    """A canonical spelling as a person says it: '3 days..5 days' is '3 to 5 days', '|' is 'or'."""
    return " or ".join(_range(part.strip()) for part in shown.split("|"))


def limit(bound: Bound, shown: str) -> str:
    """A value with the way it limits: 'at least 60 days'; only the value where the bound says nothing more."""
    if bound in (Bound.EXACTLY, Bound.BETWEEN):
        return plain(shown)
    return f"{bound.value} {plain(shown)}"


def quoted(name: str) -> str:
    """The name of a thing on a page in quotation marks, on one line; the end of a very long one is left out."""
    line = " ".join(name.split())
    return f'"{line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + "…"}"'


def owner(value: Owner) -> str:
    """Who answers for a policy: 'Wireless policy, wireless@larkspur.example, #policy-wireless'."""
    return ", ".join(part for part in (value.team, value.email, value.slack) if part)


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """'1 article', '2 articles', '2 policies'."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _range(shown: str) -> str:
    low, dots, high = shown.partition("..")
    if not dots:
        return shown
    number, _, unit = low.partition(" ")
    return f"{number} to {high}" if unit and high.endswith(f" {unit}") else f"{low} to {high}"
