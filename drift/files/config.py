"""What drift.yaml says of one part of drift: the model that its file has for it.

A part (a source, a notifier, an annotator) is one file: a frozen `Config` with its keys, which says what they mean
together and makes the part itself. A key that takes a secret is a `Secret`, so that whoever shows, hides or looks up
secrets finds it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, get_args

from pydantic import BaseModel

from drift.files.fields import CONFIG
from drift.files.hosts import closed
from drift.files.secret import Secret
from drift.files.yamlfile import Document, Steps


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what is wrong with one entry at its place.

    `faulty` are the keys of which that was told already; `opened` the private networks and hosts that may be reached.
    """

    document: Document
    path: Steps
    faulty: frozenset[str] = frozenset()
    opened: tuple[str, ...] = ()

    def __call__(
        self,
        steps: Steps,
        message: str,
        expected: str | None = None,
        hint: str | None = None,
        *,
        key: bool = False,
        warning: bool = False,
    ) -> None:
        """Tell a problem of the part of the entry that `steps` lead to."""
        self.document.tell((*self.path, *steps), message, expected, hint, key=key, warning=warning)

    @property
    def folder(self) -> Path:
        """The folder of the file, from which its paths begin."""
        return Path(self.document.file).parent

    def warn_closed(self, steps: Steps, address: str, nothing: str) -> None:
        """Warn of an address that the gate keeps closed; `nothing` says what comes of that."""
        if network := closed(address, self.opened):
            message = f"this is on this machine or a private network, which is not opened: {nothing}"
            self(steps, message, f'fetching: {{allow_private: ["{network}"]}}', warning=True)


class Config(BaseModel):
    """A mapping of drift.yaml. What it asks of its keys together is told by `lint`, what the disk lacks by `look`."""

    model_config = CONFIG

    def lint(self, tell: Teller) -> None:
        """Tell what its keys mean together that each alone cannot know; those in `tell.faulty` are passed over."""

    def look(self, tell: Teller) -> None:
        """Warn of what it names and is not there now: it may still come, so nothing here is an error."""

    def placed(self, folder: Path) -> Self:  # noqa: ARG002 - most have no paths
        """The same with its paths from the folder of the file."""
        return self


def kind_of(config: type[BaseModel]) -> str:
    """The kind that the model of a part stands for."""
    (kind,) = get_args(config.model_fields["kind"].annotation)
    return str(kind)


def keys_of(model: type[BaseModel]) -> dict[str, Any]:
    """The fields of a model by their keys as they are written."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def takes_secret(annotation: Any) -> bool:
    """Whether a key of such a type holds secrets."""
    return annotation is Secret or any(map(takes_secret, get_args(annotation)))


def secrets_in(part: Any) -> Iterator[Secret]:
    """Every secret in a model, in the order of its keys."""
    if isinstance(part, Secret):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from secrets_in(getattr(part, name))
    elif isinstance(part, (dict, tuple)):
        for one in part.values() if isinstance(part, dict) else part:
            yield from secrets_in(one)


def from_folder(folder: Path, written: str) -> str:
    """A path or a glob of paths from the folder of the file; one that begins with a wildcard stays as it is."""
    if folder == Path() or written.startswith("*"):
        return written
    return str(folder / written)
