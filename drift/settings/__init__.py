"""drift.yaml: what is watched, how, where it is remembered, and who is told.

`load` gives the settings or every problem of the file; `read_settings` gives both, and what was written, for
`drift config`. `schema` is for editors, `shown` and `as_yaml` are for people. When a source is read next stands in
`schedule`. What a source, an annotator or a notifier takes is said by its own file: the models here are made of their
lists. Only the doors and `assembly` may read settings.
"""

from drift.settings.load import LoadedSettings, load, read_settings
from drift.settings.models import Settings
from drift.settings.schema import as_yaml, schema, shown

__all__ = ["LoadedSettings", "Settings", "as_yaml", "load", "read_settings", "schema", "shown"]
