"""Alerts put together: settings in, who hears what and how they are told out."""

from __future__ import annotations

from drift.alerts import Scene
from drift.model import Registry
from drift.settings import Settings
from drift.settings.nouns import SourceSettings


def scene_of(settings: Settings, source: SourceSettings | None, registry: Registry) -> Scene:
    """What alerts of a source need; None stands for all that is of no source."""
    return Scene(
        settings.alerts.routing,
        registry,
        source=source.name if source is not None else "",
        owners=tuple((each.glob, each.owner) for each in source.owners) if source is not None else (),
        edit_link=source.edit_link if source is not None else None,
        dashboard=settings.alerts.dashboard,
        blind_after=settings.fetching.blind_after,
    )


def scenes(settings: Settings, registry: Registry) -> tuple[Scene, ...]:
    """Those of all sources, for `flows.announce.remind`."""
    return tuple(scene_of(settings, source, registry) for source in settings.sources)
