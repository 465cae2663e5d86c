"""How the file names a secret: `{env: NAME}` or `{file: PATH}`, and no other way.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, model_validator

from drift.files.fields import CONFIG, Nothing, Text, about

IN_CLEAR = "a secret does not stand in this file"
FORM = "{env: NAME}, the variable that holds it, or {file: PATH}"
_OURS = frozenset(  # headers that drift answers for itself
    ("accept", "accept-encoding", "cache-control", "connection", "content-length", "host", "if-modified-since",
     "if-none-match", "pragma", "range", "te", "transfer-encoding", "upgrade", "user-agent")
)  # fmt: skip


def is_variable(text: str) -> bool:
    """Whether a text is spelled as the name of an environment variable."""
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", text, re.ASCII) is not None


def _variable(written: object) -> object:
    """What is no name of a variable may be the secret itself: it is not repeated."""
    if isinstance(written, str) and is_variable(written):
        return written
    raise ValueError("this is no name of an environment variable", "a name like HELP_TOKEN, not its value")


def _header(written: str) -> str:
    if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", written, re.ASCII):
        raise ValueError(f"'{written}' is no name of a header", "one like Authorization")
    if written.lower() in _OURS:
        hint = "'contact' of fetching" if written.lower() == "user-agent" else None
        raise ValueError(f"'{written}' is a header that drift sets itself", "another header", hint)
    return written


def _not_in_clear(written: Any) -> Any:
    if isinstance(written, dict):
        return written
    raise ValueError(IN_CLEAR, FORM)


class SecretEntry(BaseModel):
    """Where a secret is: in an environment variable, or in a file that holds it alone."""

    model_config = CONFIG

    env: Annotated[
        Annotated[str, BeforeValidator(_variable)] | Nothing, about("The environment variable that holds it.")
    ] = None
    file: Annotated[Text | Nothing, about("The file that holds it, from the folder of drift.yaml.")] = None

    @model_validator(mode="after")
    def _one_place(self) -> "SecretEntry":
        if (self.env is None) == (self.file is None):
            raise ValueError("a secret is in one place", FORM)
        return self


ASecret = Annotated[SecretEntry, BeforeValidator(_not_in_clear)]
Header = Annotated[str, BeforeValidator(_header)]
