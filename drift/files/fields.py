"""What models of several rooms are made of: text, names, owners, and how a model becomes a schema for editors.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag
from pydantic.json_schema import SkipJsonSchema

from drift.model import Owner

NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SHOWN_LOGIN = "a user name or password in an address would be shown"
EMAIL = r"^[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+$"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=NAME)]
Email = Annotated[str, StringConstraints(pattern=EMAIL)]
Nothing = SkipJsonSchema[None]  # a key may be absent, and an editor need not offer null


def about(words: str, examples: list[Any] | None = None) -> Any:
    """What an editor says of a key."""
    return Field(description=words, examples=examples)


CONFIG = ConfigDict(extra="forbid", frozen=True, defer_build=True)  # of every mapping that people write


class OwnerEntry(BaseModel):
    """Who answers for a policy or an article: at least one of team, email, slack."""

    model_config = CONFIG

    team: Annotated[Text | Nothing, about("The team's name.")] = None
    email: Annotated[Email | Nothing, about("Where the owner is written to.")] = None
    slack: Annotated[Text | Nothing, about('A Slack channel, in quotes: "#policy-wireless".')] = None


def _owner_form(written: Any) -> str:
    return "email" if isinstance(written, str) else "owner"


AnOwner = Annotated[
    Annotated[Email, Tag("email")] | Annotated[OwnerEntry, Tag("owner")],
    Discriminator(_owner_form),
]


def owner_of(written: str | OwnerEntry) -> Owner:
    """The owner that was written: an e-mail address alone, or what there is of team, e-mail and Slack channel."""
    return Owner(email=written) if isinstance(written, str) else Owner(written.team, written.email, written.slack)


_NAMED = frozenset(("$defs", "patternProperties", "properties"))  # mappings of names, not of words of the schema


def schema_of(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON schema of a file, for editors (draft 2020-12)."""
    made = _without_noise(model.model_json_schema())
    assert isinstance(made, dict)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **made}


def _without_noise(part: Any) -> Any:
    """Without the titles that repeat the key, and the defaults that say 'nothing' or what is said below them."""
    if isinstance(part, list):
        return [_without_noise(item) for item in part]
    if not isinstance(part, dict):
        return part
    kept = {}
    for key, value in part.items():
        if key in _NAMED:
            kept[key] = {name: _without_noise(inner) for name, inner in value.items()}
        elif not (key == "title" or (key == "default" and (value in (None, []) or isinstance(value, dict)))):
            kept[key] = _without_noise(value)
    return kept
