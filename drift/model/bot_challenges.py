"""Bot walls: what the services that stand before sites send instead of a page, known by their own code.

Marks of a product and no words of a language: addresses of scripts, names of variables, titles it never translates.
Some stand on challenges alone. Others are on every page behind such a service, or on any with a form, and count only
where next to nothing else is said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

LOOKED_AT = 65_536  # characters of a page; a challenge is a small page or says so at its start
# Characters a reader sees. The longest challenge known to us, 'Attention Required!' with all its explanations, has
# about 700; the shortest, a spinner with a line, 20 to 60. Of 316 articles 4 say less than 100, 71 less than 1,500, and
# none of them has such a mark.
MOST_SAID = 1_500
MOST_SAID_BESIDE_SHARED = 100
LARGEST_REFUSAL = 20_000  # characters of source of a refusal; larger ones are a site's own page, menus and all

_ON_CHALLENGES = {
    "_cf_chl_opt": "Cloudflare",
    "cf-browser-verification": "Cloudflare",
    "cf_captcha_kind": "Cloudflare",
    "attention required! | cloudflare": "Cloudflare",
    "captcha-delivery.com": "DataDome",
    "px-captcha": "HUMAN",
    "captcha.px-cdn.net": "HUMAN",
    "incapsula incident id": "Imperva",
    "bm-verify=": "Akamai",
    "sec-if-cpt-container": "Akamai",
    "sucuri_cloudproxy_js": "Sucuri",
    "awswafcookiedomainlist": "AWS WAF",
    "/.well-known/ddos-guard/": "DDoS-Guard",
}
_SHARED = {
    "/cdn-cgi/challenge-platform/": "Cloudflare",
    "challenges.cloudflare.com/turnstile": "Cloudflare",
    "_incapsula_resource": "Imperva",
    ".awswaf.com/": "AWS WAF",
    "awswafintegration": "AWS WAF",
    "_pxappid": "HUMAN",
    "recaptcha/api.js": "a captcha",
    "hcaptcha.com/1/api.js": "a captcha",
}
_OWNERS = _ON_CHALLENGES | _SHARED

_CHALLENGES = (  # header, value, whose: sent with a challenge and with nothing else
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "challenge", "AWS WAF"),
    ("x-amzn-waf-action", "captcha", "AWS WAF"),
)


def of_header(headers: Mapping[str, str]) -> str | None:
    """Whose challenge an answer is, by its header (names in lower case); None if it is none."""
    for name, value, owner in _CHALLENGES:
        if headers.get(name, "").lower() == value:
            return owner
    return None


def of_refusal(html: str) -> str | None:
    """Whose challenge came with a status that refuses; None if it is a plain refusal."""
    return _found(_OWNERS if len(html) <= LARGEST_REFUSAL else _ON_CHALLENGES, html)


def of_page(html: str, said: int) -> str | None:
    """Whose challenge a page is of whose text `said` characters can be seen; None if it is none."""
    if said > MOST_SAID:
        return None
    return _found(_OWNERS if said <= MOST_SAID_BESIDE_SHARED else _ON_CHALLENGES, html)


def _found(owners: Mapping[str, str], html: str) -> str | None:
    found = _any_of(*owners).search(html, 0, LOOKED_AT)
    return owners[found[0].lower()] if found else None


@cache
def _any_of(*marks: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, marks)), re.IGNORECASE)
