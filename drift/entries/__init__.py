"""YAML files that people write, held to pydantic models, with every fault told in our words at its place.

`read_entry` takes plain data with places (`yamlfile`) to an entry of a model; `Words` is what a room says of its own
keys; `fields` has the types that models of several rooms share; `nearest` finds what a person most likely meant.
"""

from drift.entries.reading import Read, Words, read_entry
from drift.entries.spelling import kebab, nearest, one_of

__all__ = ["Read", "Words", "kebab", "nearest", "one_of", "read_entry"]
