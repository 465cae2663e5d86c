"""What is answered where an article stood: forty things that stand in for it, forty real changes of it.

Each is a function of the article to what is served, by path: bytes of a page that answers 200, or an Answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from help_of_larkspur import ASKED, Page, dressed, mended


@dataclass(frozen=True, slots=True)
class Answer:
    """A page with a status, header fields, and whether its length is told."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None  # bytes after which the connection closes, where the length is not told


Served = dict[str, bytes | Answer | Callable[[], bytes]]
Make = Callable[[Page], Served]


def plain(title: str, *paragraphs: str, head: str = "") -> bytes:
    """A page without anything of the site."""
    text = "".join(f"<p>{each}</p>" for each in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{text}</body></html>".encode()


def says(body: bytes | Answer | Callable[[], bytes]) -> Make:
    return lambda page: {page.path: body}


def _to(place: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", place),))


def _ours(title: str, *paragraphs: str, asked: str = "") -> bytes:
    """A page in the site's dress; `asked` is what stands under each article of it."""
    return dressed(title, f"<h1>{title}</h1>{''.join(f'<p>{each}</p>' for each in paragraphs)}{asked}")


def _counting(title: str, words: str) -> Callable[[], bytes]:
    """A page that says another number at each visit."""
    numbers = count(7301)
    return lambda: plain(title, words.format(next(numbers)))


LOGIN = _ours(
    "Sign in", "Enter your telephone number and your password to go on.", "Forgotten it? We send you a new one by text."
)
COOKIES = (
    "We and our partners store cookies on your device and process personal data such as identifiers.",
    "You may accept all purposes, refuse them, or choose one by one. Your choice is kept for 6 months.",
    "Accept all. Refuse all. More options.",
)
SHELL = (
    b"<html><head><title>Help</title></head><body><div id=app></div>"
    b"<noscript>You need to enable JavaScript to run this app.</noscript><script src=/app.js></script></body></html>"
)


def _cut_in_a_passage(page: Page) -> Served:
    body = page.html()
    return {page.path: Answer(body, cut=body.index(page.wrong.encode()) + 9)}


def _cut_between(page: Page) -> Served:
    body = page.html()
    return {page.path: Answer(body, cut=body.index(b"</h1>") + 5)}


def _refreshed(page: Page) -> Served:
    head = f'<meta http-equiv="refresh" content="0; url=/login?next={page.path}">'
    return {page.path: plain("Redirecting", "You are taken to the page to sign in.", head=head)}


def _elsewhere(page: Page) -> Served:
    return {
        page.path: _to("/"),
        "/": _ours("Help centre", "Find an answer about plans, bills and coverage.", "Popular topics are below."),
    }


STAND_INS: dict[str, Make] = {
    "maintenance": says(
        plain("We will be back soon", "Larkspur Mobile is down for maintenance. Please try again later.")
    ),
    "maintenance in French": says(
        plain("Site en maintenance", "Nous revenons dans quelques minutes. Merci de votre patience.")
    ),
    "maintenance in German": says(
        plain("Wartungsarbeiten", "Unsere Seiten sind gerade nicht erreichbar. Wir sind bald wieder da.")
    ),
    "maintenance in Japanese": says(plain("メンテナンス中", "ただいまメンテナンス中です。しばらくお待ちください。")),
    "maintenance in the site's dress": says(
        _ours(
            "Back in a moment",
            "Our editors are at work on the help centre.",
            "Thank you for your patience.",
            asked=ASKED,
        )
    ),
    "maintenance with a countdown": says(
        _counting("Upgrade in progress", "We are upgrading our systems. About {} minutes are left.")
    ),
    "the article's title, and maintenance": lambda page: {
        page.path: _ours(page.title, "This page is being updated. Please come back later.")
    },
    "an error of a CDN": says(
        _counting("Connection timed out", "Error 522. The origin web server did not answer. Request {}.")
    ),
    "an error of a cache": says(
        _counting("Guru Meditation", "Error 503 Backend fetch failed. XID: {}. Varnish cache server")
    ),
    "an error of a proxy": says(plain("502 Bad Gateway", "nginx")),
    "a web server's first page": says(
        plain(
            "Welcome to nginx!",
            "If you see this page, the web server is successfully installed and working.",
            "Further configuration is required.",
        )
    ),
    "it works": says(b"<html><body><h1>It works!</h1></body></html>"),
    "a listing of a folder": says(
        plain("Index of /help", "Parent Directory", "unlock/ 2026-11-01 10:00", "images/ 2026-10-02 09:12")
    ),
    "a fatal error of PHP": says(
        b"<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function get_article() in /srv/index.php:31\n"
        b"Stack trace:\n#0 {main}\n  thrown in <b>/srv/www/help/index.php</b> on line <b>31</b><br />"
    ),
    "no connection to the database": says(plain("Database Error", "Error establishing a database connection")),
    "an error of SQL in the site's dress": says(
        _ours("Oops", "SQLSTATE[HY000] [2002] Connection refused (SQL: select * from articles where id = 7281 limit 1)")
    ),
    "a trace of the application": says(
        plain(
            "TemplateDoesNotExist at /help",
            "Request Method: GET",
            "Exception Location: loader.py, line 47, in get_template",
            "Python Path: /srv/app",
        )
    ),
    "an error in JSON": says(
        json.dumps({"error": {"code": 500, "message": "Something went wrong on our side", "retry": True}}).encode()
    ),
    "an error in JSON that says so": says(
        Answer(b'{"error": "upstream request timeout"}', headers=(("Content-Type", "application/json"),))
    ),
    "a login": says(LOGIN),
    "a login with the article's title": lambda page: {
        page.path: _ours(
            page.title,
            f"Sign in to read '{page.title}'.",
            "Only customers see this article. Enter your number and password.",
        )
    },
    "a redirect to a login": lambda page: {
        page.path: _to(f"/login?next={page.path}"),
        f"/login?next={page.path}": LOGIN,
    },
    "consent": says(plain("Before you continue", *COOKIES)),
    "consent with the article's title": lambda page: {page.path: _ours(page.title, *COOKIES)},
    "another region": says(
        _ours(
            "Not available in your country",
            "This content is offered in the country of Larkspur only.",
            "Choose your country to see what we offer there.",
            asked=ASKED,
        )
    ),
    "the rate limit": says(_counting("Slow down", "Too many requests from your address. Try again in {} seconds.")),
    "are you of age": says(
        plain("Please confirm your age", "You must be of legal age to enter. Yes, I am. No, take me back.")
    ),
    "an old browser": says(
        plain(
            "Your browser is not supported",
            "Please update to the newest version of one of these: Firefox, Chrome, Safari, Edge.",
        )
    ),
    "a soft 404 in the site's own words": says(
        _ours(
            "Well, this is awkward",
            "We looked behind every sofa. What you are looking for moved out without leaving a note.",
            "Try the search, or start over.",
            asked=ASKED,
        )
    ),
    "a soft 404 in French": says(
        _ours(
            "Oups, rien par ici",
            "L'article que vous cherchez a disparu ou n'a jamais existé.",
            "Essayez une autre recherche.",
        )
    ),
    "a refresh by meta": _refreshed,
    "a redirect by script": says(
        b"<html><head><title>Help</title></head><body><p>One moment, we take you to the new help centre.</p><script>location.replace('https://support.larkspur.example/')</script></body></html>"
    ),
    "a redirect to the home page": _elsewhere,
    "an empty main element": lambda page: {page.path: dressed(page.title, "")},
    "a main element with its heading": lambda page: {page.path: dressed(page.title, f"<h1>{page.title}</h1>")},
    "the shell of an application": says(SHELL),
    "a body cut in a passage": _cut_in_a_passage,
    "a body cut between passages": _cut_between,
    "a suspended account": says(
        plain(
            "Account suspended", "This account has been suspended. Contact your hosting provider for more information."
        )
    ),
    "a redirect to another article": lambda page: {page.path: _to("/other-article")},
}


def _with(change: Callable[[Page], Page], **options: str) -> Make:
    return lambda page: {page.path: change(page).html(**options)}


def _mend(page: Page) -> Page:
    return page.other(wrong=mended(page.wrong, page.right))


def _silent(page: Page) -> Page:
    return page.other(wrong="")


def _value(number: int) -> Callable[[Page], Page]:
    return lambda page: page.other(
        wrong=" ".join(str(number) if word.isdigit() else word for word in page.wrong.split(" "))
    )


def _moved(change: Callable[[Page], Page], status: int = 301) -> Make:
    return lambda page: {page.path: _to(f"/articles{page.path}", status), f"/articles{page.path}": change(page).html()}


def _reworded(page: Page) -> Page:
    return page.other(sentences=page.reworded)


@dataclass(frozen=True, slots=True)
class Change:
    """A real change of an article, and what becomes of its finding: at once, or once it stood for as long as is set."""

    make: Make
    becomes: str
    at_once: bool = True


def _extra(*paragraphs: str) -> Callable[[Page], Page]:
    return lambda page: page.other(sentences=(*page.sentences, *paragraphs))


def _raw(edit: Callable[[str, Page], str]) -> Make:
    return lambda page: {page.path: edit(page.html().decode(), page).encode()}


MORE = (
    "Ask in the forum, where other customers answer in the evening.",
    "Our shops lend a hand with the first steps.",
    "The app has a video about it.",
)
CHANGES: dict[str, Change] = {
    "the sentence went": Change(_with(_silent), "gone"),
    "the sentence was mended": Change(_with(_mend), "resolved"),
    "another wrong value": Change(_with(_value(77)), "open"),
    "mended, and a sentence more": Change(_with(lambda page: _extra(MORE[0])(_mend(page))), "resolved"),
    "mended, and three paragraphs more": Change(_with(lambda page: _extra(*MORE)(_mend(page))), "resolved"),
    "the sentence went, three paragraphs more": Change(_with(lambda page: _extra(*MORE)(_silent(page))), "gone"),
    "mended, and the last section went": Change(
        _with(lambda page: _mend(page).other(sentences=page.sentences[:1])), "resolved"
    ),
    "the sentence went with the last paragraph": Change(
        _with(lambda page: _silent(page).other(sentences=page.sentences[:2])), "gone"
    ),
    "the sentence went with the whole section": Change(
        _with(lambda page: _silent(page).other(sentences=page.sentences[:1])), "gone", at_once=False
    ),
    "its first paragraph went": Change(_with(lambda page: _silent(page).other(sentences=page.sentences[1:])), "gone"),
    "sections in another order, mended": Change(
        _with(lambda page: _mend(page).other(sentences=page.sentences[::-1])), "resolved"
    ),
    "sections in another order, the sentence went": Change(
        _with(lambda page: _silent(page).other(sentences=page.sentences[::-1])), "gone"
    ),
    "another heading, mended": Change(_with(lambda page: _mend(page).other(heading="Good to know")), "resolved"),
    "another title, mended": Change(_with(lambda page: _mend(page).other(title=f"How to: {page.title}")), "resolved"),
    "another title, the sentence went": Change(
        _with(lambda page: _silent(page).other(title=f"How to: {page.title}")), "gone"
    ),
    "rewritten and mended": Change(_with(lambda page: _reworded(_mend(page))), "resolved"),
    "rewritten, the sentence went": Change(_with(lambda page: _reworded(_silent(page))), "gone"),
    "rewritten under another title, mended": Change(
        _with(lambda page: _reworded(_mend(page)).other(title=f"All about it: {page.title}")), "resolved"
    ),
    "rewritten under another title, the sentence went": Change(
        _with(lambda page: _reworded(_silent(page)).other(title=f"All about it: {page.title}")), "gone"
    ),
    "rewritten and twice as long": Change(
        _with(lambda page: _reworded(_silent(page)).other(sentences=(*page.reworded, *MORE))), "gone"
    ),
    "half of it rewritten": Change(
        _with(lambda page: _silent(page).other(sentences=(page.sentences[0], *page.reworded[1:]))), "gone"
    ),
    "a new dress, mended": Change(
        _with(_mend, main="div", nav="<div class=top>Larkspur help, search and account</div>", foot=""), "resolved"
    ),
    "a new dress, the sentence went": Change(_with(_silent, main="div", foot="<div>All rights reserved</div>"), "gone"),
    "an article element in place of main": Change(_with(_mend, main="article"), "resolved"),
    "another name of the company": Change(
        _raw(
            lambda html, page: html.replace("Larkspur Mobile", "Larkspur").replace(
                page.wrong, mended(page.wrong, page.right)
            )
        ),
        "resolved",
    ),
    "a notice on top, mended": Change(
        _raw(
            lambda html, page: html.replace("<h1>", "<p>Lines are busy this week.</p><h1>").replace(
                page.wrong, mended(page.wrong, page.right)
            )
        ),
        "resolved",
    ),
    "moved": Change(_moved(lambda page: page), "open"),
    "moved for a while": Change(_moved(lambda page: page, 302), "open"),
    "moved and mended": Change(_moved(_mend), "resolved"),
    "moved, the sentence went": Change(_moved(_silent), "gone"),
    "moved to an address outside of ASCII": Change(
        lambda page: {
            page.path: _to(f"/d\u00e9m\u00e9nag\u00e9{page.path}", 301),
            f"/d%C3%A9m%C3%A9nag%C3%A9{page.path}": page.html(),
        },
        "open",
    ),
    "deleted": Change(says(Answer(status=404)), "gone"),
    "deleted, and said so": Change(says(Answer(plain("Gone", "It is no more."), 410)), "gone"),
    "deleted in the site's dress": Change(
        says(Answer(_ours("Not here", "There is nothing at this address."), 404)), "gone"
    ),
    "a stub that names another article": Change(
        lambda page: {
            page.path: _ours(page.title, "This article is out of date. Read the one about contracts in its place.")
        },
        "gone",
        at_once=False,
    ),
    "another article at its address": Change(
        says(
            _ours(
                "Roaming abroad",
                "Switch data roaming on before you cross a border.",
                "Ships and planes have networks of their own.",
            )
        ),
        "gone",
        at_once=False,
    ),
    "merged into another article": Change(lambda page: {page.path: _to("/other-article", 301)}, "gone", at_once=False),
    "moved and rewritten under another title": Change(
        _moved(lambda page: _reworded(_silent(page)).other(title="Contracts and equipment")), "gone", at_once=False
    ),
    "a notice that the product was discontinued": Change(
        says(_ours("No longer on sale", "We stopped selling it. Customers who have it keep what was agreed.")),
        "gone",
        at_once=False,
    ),
    "a gentle redirect to the home page": Change(_elsewhere, "gone", at_once=False),
}
