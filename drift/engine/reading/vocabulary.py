"""The HTML the reader knows, as sets of element and attribute names."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}

# Elements that end the line before and after them.
BLOCKS = _words("""
    address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup p
    pre section summary table tbody td textarea tfoot th thead tr ul
""")

# Elements whose text flows on with the text around them.
INLINE = _words("""
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q rp rt ruby s samp
    small span strike strong sub sup time tt u var wbr
""")

# Those of them that need no node of their own unless an attribute says more than how they look.
PLAIN_INLINE = _words("""
    abbr acronym bdi bdo big cite data dfn em font i ins kbd mark q ruby samp small span tt u var
""")

# Those of them beside which a style sheet may set text apart: no raised or lowered letters, no breaks inside a word.
FLOWING = INLINE - frozenset(("sub", "sup", "wbr", "br", "img", "ruby", "rb"))

# Subtrees nobody reads as text.
JUNK = _words("""
    script style svg math template noscript noembed noframes iframe object embed applet canvas video audio map
    nav select datalist progress meter frameset rp rt
""")
JUNK_ROLES = _words("navigation search menu menubar toolbar tooltip progressbar listbox")

# What a head may hold; anything else ends it. https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inhead
METADATA = _words("base basefont bgsound link meta title noscript noframes style script template")

STRUCK = _words("del s strike")
BOLD = _words("b strong")

# The attributes the reader looks at; a builder need keep no other.
ATTRIBUTES = _words("""
    id class href hidden aria-hidden aria-controls aria-expanded aria-labelledby aria-label style role colspan
    rowspan scope open alt name content property rel datetime itemprop itemtype lang hreflang label title
    description value price text
""")

# Those by which a component says what it shows, besides its title or label, in the order in which they are read.
SHOWN = ("value", "price", "description", "text")

_OTHERS = _words("head title meta link base button input option output param picture source track slot search")
KNOWN = BLOCKS | INLINE | JUNK | _OTHERS
