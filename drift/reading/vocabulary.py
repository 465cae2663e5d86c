"""The HTML the reader knows, as sets of element and attribute names."""

from __future__ import annotations

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

# Elements that end the line before and after them.
BLOCKS = frozenset(
    """address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p pre
    section summary table tbody td tfoot th thead tr ul""".split()
)

# Elements that carry no structure: their text flows on, and without attributes of interest they need no node.
INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr""".split()
)
PLAIN_INLINE = frozenset(
    "abbr acronym bdi bdo big cite data dfn em font i ins kbd mark q ruby samp small span tt u var".split()
)

# Subtrees nobody reads as text.
JUNK = frozenset(
    """script style svg math template noscript noembed noframes iframe object embed applet canvas video audio map
    nav select datalist textarea progress meter frameset colgroup rp rt""".split()
)
JUNK_ROLES = frozenset(("navigation", "search", "menu", "menubar", "toolbar", "tooltip", "progressbar", "listbox"))

STRUCK = frozenset(("del", "s", "strike"))
BOLD = frozenset(("b", "strong"))

# The attributes the reader looks at; a builder need keep no other.
ATTRIBUTES = frozenset(
    """id class href hidden aria-hidden aria-controls aria-expanded aria-labelledby aria-label style role colspan
    rowspan scope open alt name content property rel datetime itemprop itemtype lang label title""".split()
)

KNOWN = BLOCKS | INLINE | JUNK | frozenset(("head", "title", "meta", "link", "base", "button", "input", "option",
                                            "output", "param", "picture", "source", "track", "slot", "search"))  # fmt: skip
