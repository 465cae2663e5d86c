"""What Slack takes of Block Kit, of the parts that drift uses, and with which limits.

The limits are those of https://docs.slack.dev/reference/block-kit; unknown types, unknown or missing fields and empty
texts are refused, as Slack refuses them. Of what Slack does not publish the strictest is taken that anybody met: see
`ALL_BLOCKS`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

BLOCKS = 50
SECTION = 3_000
HEADER = 150
URL = 3_000
MESSAGE = 40_000
RICH_TEXT = 4_000  # of the texts of one block: not published
ALL_BLOCKS = 11_300  # characters of the blocks as JSON, where texts of 11,341 in small elements were refused
STYLES = {"bold", "italic", "strike", "code", "underline"}
TOP = {"text", "blocks", "mrkdwn", "parse", "unfurl_links", "unfurl_media", "link_names"}


def refused(payload: Any) -> str | None:
    """Slack's word for why it does not take a message; None where it does."""
    if not isinstance(payload, dict):
        return "invalid_payload"
    if not isinstance(payload.get("text"), str) or not payload["text"].strip():
        return "no_text"
    if set(payload) - TOP:
        return "invalid_payload"
    if len(payload["text"]) > MESSAGE:
        return "msg_too_long"
    blocks = payload.get("blocks", [])
    if not isinstance(blocks, list) or len(blocks) > BLOCKS:
        return "invalid_blocks"
    if len(json.dumps(blocks)) > ALL_BLOCKS:
        return "msg_blocks_too_long"
    return None if all(_block(block) for block in blocks) else "invalid_blocks"


def _block(block: Any) -> bool:
    match block:
        case {"type": "divider"}:
            return len(block) == 1
        case {"type": "header", "text": {"type": "plain_text", "text": str(text)}}:
            return 0 < len(text) <= HEADER
        case {"type": "section", "text": {"type": "plain_text" | "mrkdwn", "text": str(text)}}:
            return 0 < len(text) <= SECTION
        case {"type": "rich_text", "elements": [_, *_] as elements}:
            return len(block) == 2 and _length(block) <= RICH_TEXT and all(map(_piece, elements))
    return False


def _piece(piece: Any) -> bool:
    match piece:
        case {"type": "rich_text_section" | "rich_text_quote" | "rich_text_preformatted", "elements": [_, *_] as parts}:
            return len(piece) == 2 and all(map(_element, parts))
        case {"type": "rich_text_list", "style": "bullet" | "ordered", "elements": [_, *_] as lines}:
            return len(piece) == 3 and all(line.get("type") == "rich_text_section" and _piece(line) for line in lines)
    return False


def _element(element: Any) -> bool:
    match element:
        case {"type": "text", "text": str(text)}:
            return bool(text) and not set(element) - {"type", "text", "style"} and _style(element.get("style", {}))
        case {"type": "link", "url": str(url), "text": str(text)}:
            return bool(text) and not set(element) - {"type", "url", "text", "style"} and _url(url)
    return False


def _style(style: Any) -> bool:
    return isinstance(style, Mapping) and set(style) <= STYLES and all(type(value) is bool for value in style.values())


def _url(url: str) -> bool:
    split = urlsplit(url)
    clean = url.isascii() and url.isprintable() and not set(url) & set(' <>"|')
    return clean and len(url) <= URL and split.scheme in ("http", "https") and bool(split.netloc)


def _length(block: Mapping[str, Any]) -> int:
    return len(block.get("text", "")) + sum(_length(element) for element in block.get("elements", ()))


def shown(payload: Mapping[str, Any]) -> str:
    """A message as text: what a reader of the channel sees, with `*` around bold and brackets around links."""
    return "\n".join(_shown(block) for block in payload["blocks"]) + "\n"


def _shown(block: Mapping[str, Any]) -> str:
    match block["type"]:
        case "divider":
            return "─" * 24
        case "text":
            style = block.get("style", {})
            text = block["text"]
            text = f"`{text}`" if style.get("code") else text
            return f"*{text}*" if style.get("bold") else text
        case "link":
            return f"[{block['text']}]"
        case "rich_text_quote":
            return "┃ " + "".join(map(_shown, block["elements"])) + "\n"
        case "rich_text_list":
            return "".join(f"• {_shown(line).rstrip()}\n" for line in block["elements"])
        case "rich_text_section":
            return "".join(map(_shown, block["elements"])).rstrip("\n") + "\n"
    return "".join(map(_shown, block["elements"])).rstrip("\n")
