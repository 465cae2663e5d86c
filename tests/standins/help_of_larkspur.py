"""A help centre of forty short articles, each of which says one thing wrong, and how its pages look."""

from __future__ import annotations

from dataclasses import dataclass, replace

DEVICES = ("phones", "tablets", "watches", "routers", "hotspots")
# subject: (title, the wrong sentence, what is right, other sentences about it, and the same in other words)
SUBJECTS = {
    "returns": (
        "Return unused {device}",
        "You can return unused {device} within 45 days of delivery.",
        "30 days",
        (
            "Put the {device} back into the box with every cable and leaflet.",
            "Print the label from your account and drop the parcel at any post office.",
            "Opened seals and scratched screens are charged as damage.",
        ),
        (
            "Pack the {device} with each cable and leaflet in the original box.",
            "Your account prints a label; any post office takes the parcel.",
            "We charge for scratched screens and for seals that were opened.",
        ),
    ),
    "unlock": (
        "Unlock your {device}",
        "We unlock your {device} after 90 days of paid service.",
        "60 days",
        (
            "Unlocked {device} work with the network of any other carrier.",
            "Ask for the unlock code in the app under device settings.",
            "Stolen or blacklisted equipment stays locked for good.",
        ),
        (
            "Once unlocked, {device} take the network of whichever carrier you like.",
            "The app shows the unlock code in its device settings.",
            "Equipment that is blacklisted or stolen remains locked.",
        ),
    ),
    "warranty": (
        "The warranty of {device}",
        "The warranty of {device} lasts 12 months from the purchase.",
        "24 months",
        (
            "It covers faults of material and of assembly, batteries included.",
            "Cracks, liquids and repairs by strangers are not covered.",
            "Bring the receipt and the faulty {device} to one of our shops.",
        ),
        (
            "Faults of assembly and material are covered, and so are batteries.",
            "Not covered are liquids, cracks, and whatever strangers repaired.",
            "Any of our shops takes the faulty {device} with its receipt.",
        ),
    ),
    "trial": (
        "Try {device} at home",
        "The trial of {device} is free for 7 days.",
        "14 days",
        (
            "A courier brings a tested device with a charged battery.",
            "Nothing is billed unless you keep it beyond the trial.",
            "Wipe your photos and sign out before the courier comes back.",
        ),
        (
            "You get a charged and tested device by courier.",
            "Keep it beyond the trial and only then it is billed.",
            "Before the courier returns, sign out and wipe your photos.",
        ),
    ),
    "repair": (
        "Have {device} repaired",
        "A repair of {device} takes 9 business days.",
        "5 business days",
        (
            "Our workshop writes to you once the diagnosis is made.",
            "Spare parts come from the maker and carry a hologram.",
            "A loan device bridges the time if the workshop is busy.",
        ),
        (
            "You hear from the workshop as soon as there is a diagnosis.",
            "All spare parts have the maker's hologram.",
            "When the workshop is busy a loan device helps you out.",
        ),
    ),
    "cancel": (
        "Cancel the plan of {device}",
        "To cancel the plan of {device}, give us 60 days of notice.",
        "30 days",
        (
            "Write to us in the app, by letter, or on the telephone.",
            "We confirm the last day and send a closing bill.",
            "Numbers can be taken along to another company.",
        ),
        (
            "The app, a letter or the telephone will do.",
            "A closing bill follows, with the last day confirmed.",
            "Another company may take over your numbers.",
        ),
    ),
    "delivery": (
        "Delivery of {device}",
        "The delivery of {device} takes 6 business days.",
        "3 business days",
        (
            "Islands and mountain huts may need a ferry or a cable car.",
            "The driver asks for an identity card at the door.",
            "Track the van on the map from the morning on.",
        ),
        (
            "For mountain huts and islands a cable car or a ferry is needed.",
            "Have an identity card ready for the driver at the door.",
            "A map shows the van from the morning on.",
        ),
    ),
    "insurance": (
        "Insure your {device}",
        "Report a theft of insured {device} within 10 days of the loss.",
        "2 days",
        (
            "The police give you a number that our form asks for.",
            "An excess applies to screens and to drowned equipment.",
            "Families insure up to a handful of members on one bill.",
        ),
        (
            "Our form asks for the number that the police gave you.",
            "For screens and drowned equipment there is an excess.",
            "One bill insures a handful of members of a family.",
        ),
    ),
}
NAV = (
    '<nav><a href="/">Help</a> <a href="/account">Account</a>'
    ' <a href="/shops">Shops</a> <a href="/login">Sign in</a></nav>'
)
FOOT = "<footer><p>Larkspur Mobile, 1 Harbour Street. Prices include taxes.</p></footer>"
ASKED = "<p>Was this article helpful? Tell us what is missing, and our editors will look into it.</p>"


@dataclass(frozen=True, slots=True)
class Page:
    """An article: `wrong` stands among `sentences`, each a paragraph of a section of its own."""

    path: str
    title: str
    wrong: str
    right: str
    sentences: tuple[str, ...]
    reworded: tuple[str, ...]
    heading: str = "What you need to know"

    def html(self, **options: str) -> bytes:
        first, *rest = self.sentences
        paragraphs = [f"<p>{first} {self.wrong}</p>" if self.wrong else f"<p>{first}</p>"]
        paragraphs += [f"<h2>{self.heading}</h2>" if rest else "", *(f"<p>{each}</p>" for each in rest), ASKED]
        return dressed(self.title, f"<h1>{self.title}</h1>{''.join(paragraphs)}", **options)

    def other(self, **fields: object) -> Page:
        return replace(self, **fields)  # type: ignore[arg-type]


def dressed(title: str, inner: str, *, main: str = "main", head: str = "", nav: str = NAV, foot: str = FOOT) -> bytes:
    """A page of the site: what it calls itself, and what stands in its main element."""
    top = f"<html lang=en><head><title>{title} | Larkspur Mobile</title>{head}</head>"
    return f"{top}<body>{nav}<{main}>{inner}</{main}>{foot}</body></html>".encode()


def pages() -> list[Page]:
    """The forty."""
    found = []
    for subject, (title, wrong, right, sentences, reworded) in SUBJECTS.items():
        for device in DEVICES:
            said = tuple(each.format(device=device) for each in sentences)
            again = tuple(each.format(device=device) for each in reworded)
            place = f"/{subject}-{device}"
            found.append(Page(place, title.format(device=device), wrong.format(device=device), right, said, again))
    return found


def policies() -> str:
    """What is right, for all subjects."""
    terms = []
    for subject, (title, wrong, right, _, _) in SUBJECTS.items():
        for device in DEVICES:
            says = mended(wrong, right).format(device=device)
            named = title.format(device=device)
            known = f"examples: {{states: ['{says}']}}"  # so that what is wrong is so for certain
            terms.append(
                f"  - {{term: {subject}-{device}, says: '{says}', value: {right}, topics: ['{named}'], {known}}}"
            )
    return "policy: devices\nowner: devices@larkspur.example\nterms:\n" + "\n".join(terms) + "\n"


def mended(sentence: str, right: str) -> str:
    """A wrong sentence with what is right in it."""
    words = sentence.split(" ")
    at = next(at for at, word in enumerate(words) if word.isdigit())
    count = len(right.split(" "))
    last = words[at + count - 1]
    tail = last[len(last.rstrip(".,")) :]
    return " ".join([*words[:at], right + tail, *words[at + count :]])
