"""The sources of a watch. THE list is `SOURCES`: a new one is a file here and a line there.

Each is the model of what drift.yaml says of it, which makes the source (`drift.model.ports.WatchedSource`), one object
a pass. What it fetches to learn of pages comes through a `Library`; a crawl learns from the articles it is shown.
"""

from __future__ import annotations

from drift.sources.config import SourceConfig, SourceMeans, WebConfig
from drift.sources.crawl import Crawl, CrawlConfig
from drift.sources.folders import FilesConfig, Folders
from drift.sources.selection import Selection
from drift.sources.several import Several
from drift.sources.sitemap import Sitemap, SitemapConfig
from drift.sources.urls import Urls, UrlsConfig

SOURCES: tuple[type[SourceConfig], ...] = (FilesConfig, UrlsConfig, SitemapConfig, CrawlConfig)

__all__ = [
    "SOURCES",
    "Crawl",
    "Folders",
    "Selection",
    "Several",
    "Sitemap",
    "SourceConfig",
    "SourceMeans",
    "Urls",
    "WebConfig",
]
