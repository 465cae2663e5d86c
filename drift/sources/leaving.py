"""Which files of a folder are left out, and of which of them it is said: those that may hold an article.

What no customer reads as a text is passed over without a word: pictures, sound, fonts, style sheets, programs,
settings, what git and builds keep. A suffix that is not known here is told: it may be an article.
"""

from __future__ import annotations

import os

_LATER = {
    ".pdf": "PDF documents are not read yet",
    ".docx": "Word documents are not read yet",
    ".doc": "Word documents are not read yet",
    ".odt": "OpenDocument texts are not read yet",
    ".adoc": "AsciiDoc is not read yet",
    ".asciidoc": "AsciiDoc is not read yet",
}
_NO_ARTICLES = """
    .png .jpg .jpeg .gif .svg .webp .avif .ico .bmp .tif .tiff .psd .ai .sketch .fig .drawio .excalidraw .mp3 .wav .ogg
    .flac .mp4 .webm .mov .avi .mkv .vtt .srt .woff .woff2 .ttf .otf .eot
    .css .scss .sass .less .styl .js .mjs .cjs .ts .mts .cts .jsx .tsx .py .pyi .pyc .ipynb .rb .go .rs .java .kt .c .h
    .cpp .hpp .cc .cs .swift .sh .bash .zsh .fish .bat .cmd .ps1 .pl .lua .sql .wasm .map .snap .lock .patch .diff
    .yaml .yml .toml .ini .cfg .conf .env .properties .editorconfig .example .sample .bak .orig .swp .tmp .log .pem
    .crt .key .sum .mod .gradle .tf .db .sqlite .sqlite3 .parquet .bin .exe .dll .so .zip .tar .gz .tgz .bz2 .xz .7z
"""  # pictures, sound, films, fonts; style sheets, programs; settings, what machines keep
_NO_ARTICLES_BY_NAME = """
    license licence notice copying authors contributors maintainers codeowners makefile dockerfile gemfile rakefile
    procfile brewfile vagrantfile jenkinsfile cname package.json package-lock.json npm-shrinkwrap.json tsconfig.json
    jsconfig.json composer.json bower.json lerna.json nx.json turbo.json vercel.json netlify.json firebase.json
    manifest.json site.webmanifest sitemap.xml sitemap_index.xml feed.xml rss.xml atom.xml pom.xml browserconfig.xml
"""
_SUFFIXES, _NAMES = frozenset(_NO_ARTICLES.split()), frozenset(_NO_ARTICLES_BY_NAME.split())


def why_left_out(name: str) -> str | None:
    """Why a file that is no article is left out, in words; None if nothing needs to be said of it."""
    low = os.path.basename(name).lower()
    suffix = os.path.splitext(low)[1]
    if low.startswith(".") or suffix in _SUFFIXES or low in _NAMES:
        return None
    if suffix in _LATER:
        return _LATER[suffix]
    return f"{suffix} files are not read" if suffix else "a file without a suffix is not read"
