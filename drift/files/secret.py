"""Secrets: named in the file as `{env: NAME}` or `{file: PATH}` and in no other way, kept there, never shown.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

import os
import re
import stat
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, PrivateAttr, model_validator

from drift.files.fields import CONFIG, Nothing, Text, about
from drift.files.hosts import possible

LONGEST = 64 * 1024  # bytes of a secret in a file: keys are hundreds, certificates with their chain a few thousand
IN_CLEAR = "a secret does not stand in this file"
FORM = "{env: NAME}, the variable that holds it, or {file: PATH}"
_OURS = frozenset(  # headers that drift answers for itself
    ("accept", "accept-encoding", "cache-control", "connection", "content-length", "host", "if-modified-since",
     "if-none-match", "pragma", "range", "te", "transfer-encoding", "upgrade", "user-agent")
)  # fmt: skip

Environment = Mapping[str, str]


class UnavailableError(ValueError):
    """A secret that is not where the file says. `expected` is what should be there; no value is ever repeated.

    `key` is the one that is wrong, '' where what was found cannot be used.
    """

    def __init__(self, message: str, expected: str, key: str = "") -> None:
        super().__init__(message)
        self.expected = expected
        self.key = key


def is_variable(text: str) -> bool:
    """Whether a text is spelled as the name of an environment variable."""
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text, re.ASCII) is not None


def _variable(written: object) -> object:
    """What is no name of a variable may be the secret itself: it is not repeated."""
    if isinstance(written, str) and is_variable(written):
        return written
    raise ValueError("this is no name of an environment variable", "a name like HELP_TOKEN, not its value")


class Secret(BaseModel):
    """Where a secret is: in an environment variable, or in a file that holds it alone."""

    model_config = CONFIG

    env: Annotated[
        Annotated[str, BeforeValidator(_variable)] | Nothing, about("The environment variable that holds it.")
    ] = None
    file: Annotated[Text | Nothing, about("The file that holds it, from the folder of drift.yaml.")] = None
    _value: str = PrivateAttr("")
    _origin: str = PrivateAttr("nowhere")
    _fault: Callable[[str], tuple[str, str] | None] | None = PrivateAttr(None)

    @model_validator(mode="before")
    @classmethod
    def _not_in_clear(cls, written: Any) -> Any:
        if isinstance(written, (dict, Secret)):
            return written
        raise ValueError(IN_CLEAR, FORM)

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.env is None) == (self.file is None):
            raise ValueError("a secret is in one place", FORM)
        return self

    @property
    def value(self) -> str:
        """What no log, error, page or report shows; '' until it was looked up."""
        return self._value

    @property
    def origin(self) -> str:
        """Where it came from, which may be shown."""
        return self._origin

    def looked_up(self, folder: Path, environment: Environment) -> tuple[Self, str | None]:
        """The same with its value, and a warning where everybody may read its file. Raises UnavailableError."""
        value, warning = _from_variable(self.env, environment) if self.env else _from_file(folder / (self.file or ""))
        origin = f"env {self.env}" if self.env else f"file {folder / (self.file or '')}"
        if self._fault and (fault := self._fault(value)):
            raise UnavailableError(f"what {origin} holds {fault[0]}", fault[1])
        return self.holding(value, origin), warning

    def holding(self, value: str, origin: str = "") -> Self:
        """The same with a value that is at hand."""
        found = self.model_copy()
        found._value, found._origin = value, origin
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and (self.env, self.file, self.value) == (other.env, other.file, other.value)

    def __hash__(self) -> int:
        return hash((self.env, self.file))

    def __repr__(self) -> str:
        return f"Secret({self._origin or '***'})"

    def __str__(self) -> str:
        return "***"

    def __format__(self, _: str) -> str:
        return "***"


def _that(fault: Callable[[str], tuple[str, str] | None]) -> AfterValidator:
    """A secret of which something is known: what is wrong with a value, and what was expected."""

    def marked(secret: Secret) -> Secret:
        secret._fault = fault
        return secret

    return AfterValidator(marked)


def _no_header(value: str) -> tuple[str, str] | None:
    return ("cannot stand in a header", "one line of text") if re.search(r"[^\t\x20-\x7e\x80-\xff]", value) else None


def _no_address(value: str) -> tuple[str, str] | None:
    return None if possible(value) else ("is no http(s) address", "https://...")


HeaderSecret = Annotated[Secret, _that(_no_header)]  # that can stand in a header
AddressSecret = Annotated[Secret, _that(_no_address)]  # that is an http(s) address


def _header(written: str) -> str:
    if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", written, re.ASCII):
        raise ValueError(f"'{written}' is no name of a header", "one like Authorization")
    if written.lower() in _OURS:
        hint = "'contact' of fetching" if written.lower() == "user-agent" else None
        raise ValueError(f"'{written}' is a header that drift sets itself", "another header", hint)
    return written


Header = Annotated[str, BeforeValidator(_header)]
Headers = dict[Header, HeaderSecret]


def _from_variable(name: str, environment: Environment) -> tuple[str, None]:
    value = environment.get(name)
    if not value:
        state = "is empty" if value == "" else "is not set"
        raise UnavailableError(
            f"the environment variable {name} {state}", f"'export {name}=...' before drift runs", "env"
        )
    return value, None


def _from_file(path: Path) -> tuple[str, str | None]:
    """What a file holds, without the line ends after it, and a warning where everybody may read it."""
    try:
        with path.open("rb") as file:
            open_to_all = bool(os.fstat(file.fileno()).st_mode & stat.S_IROTH)
            body = file.read(LONGEST + 1)
    except OSError as error:
        message = f"{path} cannot be opened: {error.strerror}"
        raise UnavailableError(message, "a file that holds the secret", "file") from error
    if len(body) > LONGEST:
        message = f"{path} is longer than {LONGEST >> 10} kB"
        raise UnavailableError(message, "a file that holds the secret alone", "file")
    try:
        value = body.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UnavailableError(f"{path} is not UTF-8", "a file that holds the secret as text", "file") from error
    if not value:
        raise UnavailableError(f"{path} is empty", "a file that holds the secret", "file")
    return value, f"everybody on this machine may read {path}" if open_to_all else None
