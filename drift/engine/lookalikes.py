"""Characters that a reader takes for others, as those others: full-width and other digits, look-alike letters.

For judging alone: what is quoted stays as the page writes it, and every character keeps its place.
"""

from __future__ import annotations

import re
import unicodedata

# Cyrillic and Greek letters with the shape of a Latin one.
_LATIN = str.maketrans(
    "аеорсухіјѕԁһӏԛԝѵАВЕКМНОРСТУХІЈЅԚԜοαινκρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "aeopcyxijsdhlqwvABEKMHOPCTYXIJSQWoaivkpuABEZHIKMNOPTYX",
)
_SHAPED = "".join(map(chr, _LATIN))
# Decimal digits of other scripts, full-width forms, letters and digits of mathematics, Arabic signs of number.
_FORM = re.compile("(?![0-9])\\d|[\uff01-\uff5e\uffe0-\uffe6\U0001d400-\U0001d7ff\u066a-\u066c]")
_SIGNS = {"\u066a": "%", "\u066b": ".", "\u066c": ",", "\uffe1": "£", "\uffe5": "¥", "\uffe0": "¢"}
_OTHER_SCRIPT = re.compile("[\u0370-\u052f]")
_OF_THAT_SCRIPT = re.compile(f"(?![{_SHAPED}])[\u0370-\u052f]")
_MIXED = re.compile("[A-Za-z\u0370-\u052f]*[\u0370-\u052f][A-Za-z\u0370-\u052f]*")
_PLAIN = re.compile("[A-Za-z]")


def plain(text: str) -> str:
    """The text with each such character replaced by the one it is taken for, at its own offset.

    Letters of another script are only taken for Latin ones in a word that also holds Latin letters, or where the text
    holds no letter that could be nothing else: a text in that script stays as it is.
    """
    if text.isascii():
        return text
    text = _FORM.sub(_form, text)
    if _OTHER_SCRIPT.search(text) is None:
        return text
    alone = _OF_THAT_SCRIPT.search(text) is None
    return _MIXED.sub(lambda word: _latin(word.group(), alone=alone), text)


def _form(found: re.Match[str]) -> str:
    char = found.group()
    if char in _SIGNS:
        return _SIGNS[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 else char


def _latin(word: str, *, alone: bool) -> str:
    if _OF_THAT_SCRIPT.search(word) or not (alone or _PLAIN.search(word)):
        return word
    return word.translate(_LATIN)
