"""What a YAML file holds, and where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from drift.model.errors import Place, Problem

Steps = tuple[str | int, ...]
Data = dict[str, Any] | list[Any] | str | bool | None


MOST_HINTS = 100  # faults of a file that are told with what was probably meant: finding that looks at all there is
MOST_TOLD = 1000  # problems of a file that are told one by one, and as many warnings; of the others, how many there are


@dataclass(slots=True)
class Document:
    """One file: plain data, where each part of it stands, and what is wrong with it as YAML.

    `data` is made of dict, list, str, True, False and None; it is None if the file holds nothing or cannot be
    read. A path is the keys and indices that lead to a part: `("terms", 0, "value")`.
    """

    file: str
    data: Data = None
    problems: list[Problem] = field(default_factory=list)
    keys: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    values: dict[Steps, tuple[int, int]] = field(default_factory=dict)
    _found: dict[bool, int] = field(default_factory=dict, repr=False)  # warnings, and what is none
    _more: dict[bool, int] = field(default_factory=dict, repr=False)  # where in `problems` the untold are counted

    def is_full(self) -> bool:
        """Whether the next problem is only counted."""
        return self._found.get(False, 0) >= MOST_TOLD

    @property
    def hinted(self) -> bool:
        """Whether the next fault is still told with what was probably meant."""
        return len(self.problems) < MOST_HINTS

    def place(self, path: Steps = (), *, key: bool = False) -> Place:
        """Where the value (or with `key` the key) at a path stands.

        Steps that the file does not hold are skipped, so that a missing key has the place of its mapping, and a
        part that an alias repeats has the place of the alias.
        """
        known: Steps = ()
        for step in path:
            if (*known, step) in self.values:
                known = (*known, step)
        position = (self.keys.get(known) if key else None) or self.values.get(known)
        return Place(self.file, *position) if position else Place(self.file)

    def tell(
        self,
        path: Steps,
        message: str,
        expected: str | None = None,
        hint: str | None = None,
        *,
        key: bool = False,
        warning: bool = False,
        private: bool = False,
    ) -> None:
        """Add a problem at the place of a path; a `private` one is told without its line."""
        self.add(Problem(self.place(path, key=key), message, expected, hint, warning, private))

    def add(self, problem: Problem) -> None:
        """Add a problem; of those past the first thousand one says how many they are, at the place of the first."""
        warning = problem.warning
        found = self._found[warning] = self._found.get(warning, 0) + 1
        if found <= MOST_TOLD:
            self.problems.append(problem)
            return
        if warning not in self._more:
            self._more[warning] = len(self.problems)
            self.problems.append(replace(problem, expected=None, hint=None))
        at = self._more[warning]
        message = f"and {found - MOST_TOLD:,} more {'warnings' if warning else 'problems'} in this file"
        self.problems[at] = replace(self.problems[at], message=message)

    def add_untold(self, path: Steps, problems: int) -> None:
        """Count problems that are not told, in a document that is full, at the place of a path."""
        if problems > 0:
            self._found[False] += problems - 1
            self.add(Problem(self.place(path), ""))
