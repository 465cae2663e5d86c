"""The types of single keys of drift.yaml: what may be written, what it means, and why something else means nothing.

What a key means keeps how it was written, so that the settings can be shown and written back. Faults are ValueErrors
with (message, what was expected, the nearest right spelling), which `validation` tells.

Annotations are objects here, not text as elsewhere: pydantic would read each of them again.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetPydanticSchema,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic_core import core_schema

from drift.files.cron import WEEKDAYS, Cron, parse
from drift.files.fields import SHOWN_LOGIN, Email, Text
from drift.files.hosts import possible
from drift.files.spelling import nearest, one_of
from drift.model import foreign

_DAY = 86_400
_SECONDS = {
    "second": 1, "minute": 60, "hour": 3600, "day": _DAY, "week": 7 * _DAY, "month": 30 * _DAY, "year": 365 * _DAY,
}  # fmt: skip
_LONGEST = timedelta(days=3650)


class Length(timedelta):
    """A length of time, as it was written; a month is 30 days and a year 365, since nothing here needs to be exact."""

    text: str

    @classmethod
    def read(cls, written: object) -> Self:
        """What a text says. Raises ValueError with (message, expected, hint)."""
        if isinstance(written, cls):
            return written
        if not isinstance(written, str):
            raise ValueError("this is not text", "one like 30 minutes")
        number, _, unit = written.partition(" ")
        seconds = _SECONDS.get(unit.removesuffix("s"))
        if re.fullmatch(r"[0-9]{1,6}", number, re.ASCII) and seconds is not None:
            length = cls(seconds=int(number) * seconds)
            if length > _LONGEST:
                raise ValueError(f"'{written}' is too long", "at most 10 years")
            length.text = written
            return length
        near = nearest(unit, [f"{name}s" for name in _SECONDS]) if unit else "minutes"
        hint = f"{number} {near}" if number.isdecimal() and near else None
        raise ValueError(f"'{written}' is no length of time", "one like 30 minutes", hint)

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: Any) -> core_schema.CoreSchema:
        shown = core_schema.plain_serializer_function_ser_schema(lambda length: length.text)
        return core_schema.no_info_plain_validator_function(cls.read, serialization=shown)

    @classmethod
    def __get_pydantic_json_schema__(cls, _: Any, __: Any) -> dict[str, Any]:
        units = "|".join(_SECONDS)
        return {"type": "string", "pattern": f"^[0-9]{{1,6}} ({units})s?$"}

    def __reduce__(self) -> tuple[Callable[[object], Self], tuple[str]]:
        return self.read, (self.text,)  # with its text, which a timedelta leaves behind


def _some_time(length: Length) -> Length:
    if not length:
        raise ValueError(f"'{length.text}' is no time at all", "at least 1 second")
    return length


def _text(check: Callable[[str], str], expected: str) -> BeforeValidator:
    """A check of text, for which anything else is told to be wrong without being repeated."""

    def read(written: object) -> object:
        if not isinstance(written, str):
            raise ValueError("this is not text", expected)
        return check(written)

    return BeforeValidator(read)


def _whole(written: object) -> object:
    if isinstance(written, str) and re.fullmatch(r"[0-9]{1,9}", written, re.ASCII):
        return int(written)
    given = f"'{written}'" if isinstance(written, str) else "this"
    raise ValueError(f"{given} is not a whole number", "digits, like 5")


def _flag(written: object) -> object:
    """YAML 1.2 has two words for it: 'yes' and 'on' are text."""
    if isinstance(written, bool):
        return written
    given = f"'{written}'" if isinstance(written, str) else "this"
    hint = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(written).lower())
    raise ValueError(f"{given} is neither true nor false", "true or false", hint)


def _share(written: object) -> object:
    if isinstance(written, str) and re.fullmatch(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?|\.[0-9]{1,4}", written, re.ASCII):
        return float(written)
    given = f"'{written}'" if isinstance(written, str) else "this"
    raise ValueError(f"{given} is no share", "a number from 0 to 1, like 0.6")


def _rate(written: str) -> float | str:
    if written == "unlimited":
        return written
    if re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", written, re.ASCII) and float(written):
        return float(written)
    raise ValueError(
        f"'{written}' is no rate", "requests a second, like 2 or 0.5, or unlimited", nearest(written, ["unlimited"])
    )


def _cron(written: object) -> Cron:
    if isinstance(written, Cron):
        return written
    if not isinstance(written, str):
        raise ValueError("this is not text", _FIVE)
    return parse(written)


def _time_zone(written: str) -> str:
    try:
        ZoneInfo(written)
    except (KeyError, ValueError, OSError) as error:
        near = nearest(written, available_timezones())
        raise ValueError(f"'{written}' is no time zone", "one like Europe/Paris or UTC", near) from error
    return written


def _time_of_day(written: str) -> str:
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", written, re.ASCII):
        hint = f"0{written}" if re.fullmatch(r"[0-9]:[0-5][0-9]", written, re.ASCII) else None
        raise ValueError(f"'{written}' is no time of day", "hours and minutes, like 08:30", hint)
    return written


def _weekday(written: str) -> str:
    if written not in WEEKDAYS:
        short = written.lower()[:3]
        raise ValueError(f"'{written}' is no weekday", one_of(WEEKDAYS), short if short in WEEKDAYS else None)
    return written


def _address(written: str) -> str:
    """What is wrong with an address is told without repeating it: it may hold a secret."""
    if not possible(written):
        raise ValueError("this is no http(s) address", _ADDRESS)
    if foreign.has_login(written):
        raise ValueError(SHOWN_LOGIN, "'headers' in its place")
    return written


def _contact(written: str) -> str:
    if not re.fullmatch(r"https?://[!-~]{3,200}|[!-~]+@[!-~]+", written):
        raise ValueError(f"'{written}' is no contact", "an e-mail address, or the https address of a page")
    if foreign.has_login(written):
        raise ValueError(SHOWN_LOGIN, "an address without one")
    return written


def _several(written: object) -> object:
    return [written] if isinstance(written, str) else written


def _file(_: Any, handler: Callable[[Any], core_schema.CoreSchema]) -> core_schema.CoreSchema:
    """Text on paper, a path for us."""
    text = handler(Text)
    shown = core_schema.plain_serializer_function_ser_schema(str)
    return core_schema.no_info_after_validator_function(Path, text, serialization=shown)


_FIVE = "five fields in quotes, like '0 6 * * mon-fri'"
_ADDRESS = "one like https://help.larkspur.example/"
_RATE = WithJsonSchema({"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"const": "unlimited"}]})
_TIME = WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
_TEXTS = WithJsonSchema(
    {
        "anyOf": [
            {"type": "string", "minLength": 1},
            {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
        ]
    }
)

DIGITS = BeforeValidator(_whole)  # of a whole number, whose bounds stand beside it
Flag = Annotated[bool, BeforeValidator(_flag)]
Share = Annotated[float, BeforeValidator(_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
SomeTime = Annotated[Length, AfterValidator(_some_time)]
Rate = Annotated[float | str, _text(_rate, "requests a second, like 2 or 0.5, or unlimited"), _RATE]
CronTimes = Annotated[
    Cron, PlainValidator(_cron), PlainSerializer(lambda cron: cron.text), WithJsonSchema({"type": "string"})
]
FileName = Annotated[Path, GetPydanticSchema(_file)]
TimeZone = Annotated[str, _text(_time_zone, "one like Europe/Paris or UTC")]
TimeOfDay = Annotated[str, _text(_time_of_day, "hours and minutes, like 08:30"), _TIME]
Weekday = Annotated[str, _text(_weekday, one_of(WEEKDAYS)), WithJsonSchema({"enum": list(WEEKDAYS)})]
Address = Annotated[str, _text(_address, _ADDRESS)]
Contact = Annotated[str, _text(_contact, "an e-mail address, or the https address of a page")]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(_several), Field(min_length=1), _TEXTS
]  # one may stand for a list of it
Addresses = Annotated[tuple[Address, ...], BeforeValidator(_several), Field(min_length=1), _TEXTS]
Emails = Annotated[tuple[Email, ...], BeforeValidator(_several), Field(min_length=1), _TEXTS]
