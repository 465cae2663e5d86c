"""The language of a text that does not say it: told by its words, and left at the default where they are few."""

from __future__ import annotations

import pytest

from drift.engine import languages
from drift.engine.languages.telling import UNDETERMINED, tell
from drift.model import Language

ENGLISH = "You can return an unopened phone within 14 days of delivery."
FRENCH = "Vous pouvez retourner un téléphone dans les 14 jours, et les frais sont pour nous."
GERMAN = """
Sie können Ihr Telefon innerhalb von 14 Tagen zurückgeben, wenn die Verpackung noch ungeöffnet geblieben ist.
Danach verlangen wir eine Gebühr, deren Höhe vom Zustand des Gerätes abhängt und jederzeit geändert werden kann.
Bitte legen Sie den Kaufbeleg bei und schicken Sie alles an unsere Werkstatt, deren Anschrift unten steht.
Sobald das Paket dort eingetroffen ist, prüfen unsere Mitarbeiter den Inhalt und erstatten Ihnen den Betrag.
Für Schäden, die beim Versand entstehen, haften weder wir noch der Hersteller, sondern allein das Transportunternehmen.
Geschenkkarten, bereits freigeschaltete Verträge sowie Zubehör ohne Siegel bleiben vom Umtausch ausgenommen.
Kundinnen mit Wohnsitz im Ausland wenden sich vorher telefonisch an uns, damit Zollformulare rechtzeitig vorliegen.
Wer lieber persönlich vorbeikommt, findet unsere geschulten Berater werktags zwischen neun und siebzehn Uhr vor Ort.
Dort können defekte Geräte sofort untersucht, kostenlos gereinigt oder gegen gebrauchte Modelle eingetauscht werden.
Eine verspätete Rücksendung berechtigt uns, den vereinbarten Preis anteilig zu kürzen oder vollständig einzubehalten.
Nutzen mehrere Personen einen gemeinsamen Tarif, haftet stets derjenige, dessen Name auf unserem Vertrag erscheint.
"""
PARAGRAPHS = GERMAN.strip().splitlines()
RUSSIAN = "Вы можете вернуть телефон в течение 14 дней."
JAPANESE = "未開封の端末は、お届けから14日以内であれば返品できます。"
RATES = [f"{country} Mobile Roaming" for country in ("Austria", "Belgium", "Chile", "Denmark", "Egypt") * 40]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([], "en"),
        (["14 Tage"], "en"),
        ([ENGLISH], "en"),
        ([ENGLISH, *[JAPANESE] * 2, *[ENGLISH] * 3], "en"),
        (RATES, "en"),
        (["Car hire deposit, son or daughter plus one: 40 USD"], "en"),
        ([FRENCH], "fr"),
        (["Frais", FRENCH], "fr"),
        (PARAGRAPHS[:1], "en"),
        (PARAGRAPHS, UNDETERMINED),
        (["word " * 50] * 20, "en"),
        ([", ".join(f"{a}{b}ville".capitalize() for a in "abcdefghijkl" for b in "aeiouy")], "en"),
        ([RUSSIAN], UNDETERMINED),
        ([JAPANESE], UNDETERMINED),
    ],
)
def test_the_language_a_text_is_told_to_be_in(texts: list[str], code: str) -> None:
    assert tell(texts, languages.load, "en") == code


def test_no_other_language_is_loaded_for_a_text_in_the_default() -> None:
    loaded: list[str] = []

    def load(code: str) -> Language:
        loaded.append(code)
        return languages.load(code)

    tell([ENGLISH], load, "en")
    assert loaded == ["en"]
