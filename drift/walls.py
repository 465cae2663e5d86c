"""Bot walls: what the services that stand before sites send instead of a page, known by their own code.

Marks of a product and no words of a language: addresses of scripts, names of variables, titles it never translates.
Pages behind such a service carry some of these marks too, so that a mark counts only where there is no article:
beside an answer that refuses, or on a page that says next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

LOOKED_AT = 65_536  # characters of a page; a challenge is a small page or says so at its start

_MARKS = {
    "Cloudflare": (
        "/cdn-cgi/challenge-platform/",
        "_cf_chl_opt",
        "cf-browser-verification",
        "cf_captcha_kind",
        "challenges.cloudflare.com/turnstile",
        "attention required! | cloudflare",
    ),
    "AWS WAF": (".awswaf.com/", "awswafintegration", "awswafcookiedomainlist"),
    "DataDome": ("captcha-delivery.com",),
    "HUMAN": ("px-captcha", "_pxappid", "captcha.px-cdn.net"),
    "Imperva": ("_incapsula_resource", "incapsula incident id"),
    "Akamai": ("bm-verify=", "sec-if-cpt-container", "errors.edgesuite.net"),
    "Sucuri": ("sucuri_cloudproxy_js",),
    "DDoS-Guard": ("ddos-guard.net/", "/.well-known/ddos-guard/"),
    "a captcha": ("recaptcha/api.js", "hcaptcha.com/1/api.js", "g-recaptcha", "h-captcha"),
}
_OWNERS = {mark: owner for owner, marks in _MARKS.items() for mark in marks}
_ANY = re.compile("|".join(map(re.escape, _OWNERS)), re.IGNORECASE)

_CHALLENGES = (  # header, value, whose: sent with a challenge and with nothing else
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-amzn-waf-action", "challenge", "AWS WAF"),
    ("x-amzn-waf-action", "captcha", "AWS WAF"),
)


def of_header(headers: Mapping[str, str]) -> str | None:
    """Whose challenge an answer is, by its header (names in lower case); None where it is none."""
    for name, value, owner in _CHALLENGES:
        if headers.get(name, "").lower() == value:
            return owner
    return None


def of_text(html: str) -> str | None:
    """Whose challenge the source of a page holds the marks of; None where it holds none."""
    found = _ANY.search(html, 0, LOOKED_AT)
    return _OWNERS[found[0].lower()] if found else None
