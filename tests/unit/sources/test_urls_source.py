"""Web addresses, as people type them."""

from __future__ import annotations

import pytest

from drift.model.errors import InputError
from drift.sources import FileSource, StandardInput, Url, from_argument


@pytest.mark.parametrize(
    "text",
    [
        "https://help.larkspur.example/wireless/unlock",
        "HTTP://Help.Larkspur.Example",
        "http://localhost:8080/?a=b#c",
        "http://[::1]:8080/",
        "https://hilfe.lärkspur.example/entsperren",
        "http://2130706433/",
        "https://help.larkspur.example./",
        "https://help.larkspur.example/people/@ana",
        "https://help.larkspur.example/?mail=ana@larkspur.example",
    ],
)
def test_an_address_is_one_page_named_as_given(text: str) -> None:
    source = from_argument(text)
    assert isinstance(source, Url)
    assert [page.address for page in source.pages()] == [text]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ftp://larkspur.example/a", "only http and https addresses are read, not ftp"),
        ("file:///srv/help%20centre/a.md", "a file is named by its path"),
        ("https://", "an address needs a host"),
        ("https:///unlock", "an address needs a host"),
        ("https://:443/", "an address needs a host"),
        ("http://larkspur.example:0/", "port 0 cannot be connected to"),
        ("http://larkspur.example:99999/", "not an address: Port out of range 0-65535"),
        ("http://larkspur.example:http/", "not an address"),
        ("http://[::1/", "not an address"),
        ("https://larkspur.example/a b", "an address holds no spaces"),
        ("https://larkspur.example\\@evil.example/", "an address holds no spaces, control characters or backslashes"),
        ("https://larkspur.example/\x07", "an address holds no spaces"),
    ],
)
def test_addresses_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        list(from_argument(text).pages())
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("https://ana:hunter2@larkspur.example/a", "https://larkspur.example/a"),
        ("https://hunter2@larkspur.example", "https://larkspur.example"),
        ("https://ana:hunter2@b@larkspur.example?c#d@e", "https://larkspur.example?c#d@e"),
        ("ftp://ana:hunter2@larkspur.example/", "ftp://larkspur.example/"),
        ("http://ana:hunter2@[::1/", "http://[::1/"),
    ],
)
def test_passwords_are_refused_and_never_repeated(text: str, without: str) -> None:
    with pytest.raises(InputError) as caught:
        list(from_argument(text).pages())
    assert "hunter2" not in str(caught.value)
    assert caught.value.problems[0].place.file == without


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("-", StandardInput),
        ("./-", FileSource),
        ("--", FileSource),
        ("https:/larkspur.example", FileSource),
        ("mailto:ana@larkspur.example", FileSource),
        ("C:\\docs", FileSource),
        ("docs/http://a", FileSource),
    ],
)
def test_arguments_are_told_apart_by_their_spelling(text: str, kind: type) -> None:
    assert isinstance(from_argument(text), kind)
