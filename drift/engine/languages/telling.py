"""Which language a text is written in, where it does not say: by its stop words.

Words of one or two letters do not count: 'de', 'la', 'en' and 'in' are words of many languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from drift.engine.languages import available
from drift.model import Language

UNDETERMINED = "und"  # the tag of BCP 47 for a text in no language that could be told

# Shares of stop words among the words that `_prose` gives. Of 1,508 stretches of real English articles with 80
# different words none has less than .08; texts in nine other languages have at most .04. French has .14 to .38 of its
# own, its neighbours have up to .09 of the French.
_OF_DEFAULT = 0.05
_OF_ANOTHER = 0.1
_DIFFERENT = 4  # 'car', 'son' and 'plus' are English too
_ENOUGH = 80  # different words, among which some stop words of their language must be
_SAMPLE = 500
_PROSE = 6  # words of a passage in lower case: names, and the cells of a table, need no stop words

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS_SEEN = 2_000
_FEWEST_LETTERS = 20
_LATIN = 0x250  # the first letter after those of Latin script


def tell(texts: Iterable[str], load: Callable[[str], Language], default: str) -> str:
    """The primary tag of the language of some passages: `default` unless the words clearly say otherwise.

    Gives UNDETERMINED for a text that is long enough and in none of the languages there is a file for. Other
    languages than the default are only loaded where the words are not its own.
    """
    passages = tuple(texts)
    if _in_another_script(passages):
        return UNDETERMINED
    words = list(islice(_prose(passages), _SAMPLE))
    if _share(words, load(default)) >= _OF_DEFAULT:
        return default
    for code in available():
        language = load(code)
        if _share(words, language) >= _OF_ANOTHER and len(language.stop_words.intersection(words)) >= _DIFFERENT:
            return code
    return UNDETERMINED if len(set(words)) >= _ENOUGH else default


def _prose(passages: Iterable[str]) -> Iterator[str]:
    """The words of the passages that are sentences, names left out, those of one or two letters as ''."""
    for text in passages:
        words = [word for word in _WORD.findall(text[: _SAMPLE * 20]) if word.islower()]
        if len(words) >= _PROSE:
            yield from (word if len(word) > 2 else "" for word in words)


def _share(words: list[str], language: Language) -> float:
    return sum(word in language.stop_words for word in words) / len(words) if words else 0.0


def _in_another_script(passages: Iterable[str]) -> bool:
    """Whether most letters are not Latin, the script of all languages there is a file for."""
    letters = list(islice((char for text in passages for char in text if char.isalpha()), _LETTERS_SEEN))
    foreign = sum(ord(char) >= _LATIN for char in letters)
    return len(letters) >= _FEWEST_LETTERS and foreign > len(letters) / 2
