"""What stands beside a claim that its own words do not tell from others."""

from __future__ import annotations

from drift.engine import languages, reading
from drift.engine.claims import extract
from drift.model import Claim, Page, Snapshot

TABLE = """\
<main><h1>Fees</h1><table><tr><th>Service</th><th>Monthly</th><th>Prepaid</th></tr>
<tr><th>New SIM</th><td>$12</td><td>$12</td></tr><tr><th>Courier</th><td>$12</td><td>$12</td></tr></table>
<p class="visually-hidden" style="display:none">$12</p>
<p>A SIM is posted to you within 5 days of your order, wherever you are in the country.</p></main>"""


def claims(html: str) -> tuple[Claim, ...]:
    article = reading.read(Snapshot(Page("fees.html"), html.encode(), "text/html"))
    return extract(article, languages.load("en"))


def test_a_cell_has_its_neighbours_and_a_sentence_of_its_own_words_none() -> None:
    found = [claim.beside for claim in claims(TABLE) if not claim.passage.hidden]
    sentence = "A SIM is posted to you within 5 days of your order, wherever you are in the country."[:80]
    assert found == [("New SIM", "$12"), ("$12", "Courier"), ("Courier", "$12"), ("$12", sentence), ("", "")]


def test_a_cell_that_an_earlier_one_cannot_be_told_from_has_none() -> None:
    row = "<tr><th>{}</th><td>$9</td><td>$9</td><td>$9</td><td>$9</td></tr>"
    found = [claim.beside for claim in claims(f"<main><table>{row.format('A')}{row.format('B')}</table></main>")]
    assert found == [("A", "$9"), ("$9", "$9"), ("", ""), ("$9", "B"), ("B", "$9"), ("", ""), ("", ""), ("$9", "")]


def test_a_bare_answer_has_its_question() -> None:
    html = "<main><h1>Fees</h1><details><summary>How much is a SIM?</summary><p>$12.</p></details></main>"
    (claim,) = claims(html)
    assert claim.beside == ("How much is a SIM?", "")
