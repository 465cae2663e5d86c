"""The sources of a watch, and what they are made with."""

from __future__ import annotations

from drift.sources.crawl import Crawl
from drift.sources.folders import Folders
from drift.sources.selection import Selection
from drift.sources.several import Several
from drift.sources.sitemap import Sitemap
from drift.sources.urls import Urls

WATCHED: tuple[type[Folders] | type[Urls] | type[Sitemap] | type[Crawl], ...] = (Folders, Urls, Sitemap, Crawl)

__all__ = ["WATCHED", "Crawl", "Folders", "Selection", "Several", "Sitemap", "Urls"]
