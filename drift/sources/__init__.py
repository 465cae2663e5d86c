"""Where pages come from: the sources of a watch, and the arguments of `drift check` (`arguments`).

THE list of sources is `SOURCES`: a new one is a file here and a line there. Each is the model of what drift.yaml says
of it, which makes the source (`drift.model.ports.WatchedSource`), one object a pass. What it fetches to learn of pages
comes through a `Library`; a crawl learns from the articles it is shown.
"""

from __future__ import annotations

from drift.sources.arguments import ARGUMENTS, from_argument, left_out_of, pages_of
from drift.sources.config import SourceConfig, SourceMeans, WebConfig
from drift.sources.crawl import Crawl, CrawlConfig
from drift.sources.files import Files
from drift.sources.folders import FilesConfig, Folders
from drift.sources.selection import Selection
from drift.sources.several import Several
from drift.sources.sitemap import Sitemap, SitemapConfig
from drift.sources.stdin import StandardInput
from drift.sources.url import Url, wrong_with
from drift.sources.urls import Urls, UrlsConfig

SOURCES: tuple[type[SourceConfig], ...] = (FilesConfig, UrlsConfig, SitemapConfig, CrawlConfig)

__all__ = [
    "ARGUMENTS",
    "SOURCES",
    "Crawl",
    "Files",
    "Folders",
    "Selection",
    "Several",
    "Sitemap",
    "SourceConfig",
    "SourceMeans",
    "StandardInput",
    "Url",
    "Urls",
    "WebConfig",
    "from_argument",
    "left_out_of",
    "pages_of",
    "wrong_with",
]
