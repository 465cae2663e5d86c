"""Markdown without HTML of its own is parsed by a small parser of ours: it has to see what the large one sees."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from drift.engine.reading import markdown, soup, wellformed
from drift.engine.reading.tree import Element, Tree

PIECES = """
a b ** * ` ~~ ~ [ ]( https://larkspur.example) ![ - > # | --- &amp; &lt; &#1; &nbsp; < > " ' & \\ é ``` {#id}
<https://larkspur.example>
"""
SPACES = (" ", "\u00a0", "\x0c", "\n", "\n\n", "  \n", "    ", "1. ", "|a|b|\n|-|-|\n|c|d|\n")
EVERYTHING = """\
# A

1. *b* **c** ~~d~~ `e`\x20\x20
   [f](g) ![h](i)

> j

---

```
<k>
```

|l|m|
|-|-|
|n|o|
"""
MARKDOWN = st.lists(st.sampled_from((*PIECES.split(), *SPACES)), max_size=40).map("".join)


def told(tree: Tree) -> list[object]:
    return [*map(_told, tree.roots), tree.links]


def _told(node: Element | str) -> object:
    if isinstance(node, str):
        return node
    return node.name, node.attrs, node.chars, node.linked, node.links, [_told(child) for child in node.contents]


@given(MARKDOWN)
@settings(max_examples=200, deadline=None)
def test_both_parsers_grow_the_same_tree(text: str) -> None:
    rendered = markdown.render(text)
    if rendered is not None and rendered.well_formed:
        html = f"<html><body>{rendered.html}</body></html>"
        assert told(wellformed.build(html)) == told(soup.build(html))


def test_every_element_of_markdown_is_closed() -> None:
    rendered = markdown.render(EVERYTHING)
    assert rendered is not None
    assert rendered.well_formed
    html = f"<html><body>{rendered.html}</body></html>"
    assert told(wellformed.build(html)) == told(soup.build(html))


def test_html_within_markdown_is_left_to_the_large_parser() -> None:
    for text in ("a <b>c\n", "<details>\n\nd\n", "- <!-- e -->\n"):
        rendered = markdown.render(text)
        assert rendered is not None
        assert not rendered.well_formed
