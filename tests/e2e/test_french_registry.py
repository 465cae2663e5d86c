"""A registry in French: its sentences, topics and values are read in it, and so are articles that name no language."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from drift.__main__ import main

POLICY = """
policy: retours
owner: boutique@larkspur.example
terms:
  - term: delai-de-retour
    says: Un article peut être retourné sous 30 jours.
    value: 30 jours
    topics: [retourner un article]
    customer_prefers: more
  - term: frais-de-livraison
    says: La livraison coûte 4,90 €.
    value: 4,90 €
    topics: [frais de livraison]
  - term: age-minimum
    says: Il faut avoir l'âge de 16 ans pour ouvrir un compte.
    value: 16 ans
    topics: [ouvrir un compte]
  - {term: retrait, says: Le retrait en magasin est gratuit., value: gratuit, topics: [retrait en magasin]}
  - {term: appareils, says: Un compte sert sur 5 appareils., value: 5 appareils, topics: [appareils par compte]}
"""
PAGE = """# Aide

Vous pouvez retourner un article sous 14 jours.

Les frais de livraison sont de 4,90 €.

Vous devez avoir l'âge de 16 ans pour ouvrir un compte.
"""


def written(folder: Path, language: str = "fr") -> Path:
    (folder / "policies").mkdir()
    (folder / "policies" / "retours.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "policies" / "scopes.yaml").write_text(f"language: {language}\n", encoding="utf-8")
    (folder / "aide.md").write_text(PAGE, encoding="utf-8")
    return folder / "policies"


def run(*arguments: str | Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out + err


def test_it_lints_and_its_values_are_those_of_the_canonical_spellings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policies = written(tmp_path)
    status, told = run("policies", "lint", "--policies", policies, capsys=capsys)
    assert status == 0
    assert "5 terms of 1 policy: 0 problems, 0 warnings" in told


def test_an_article_is_judged_by_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policies = written(tmp_path)
    status, told = run("check", tmp_path / "aide.md", "--policies", policies, "--format", "json", capsys=capsys)
    statements: list[dict[str, Any]] = json.loads(told)["statements"]
    assert status == 1
    assert {(one["term"], one["verdict"], one["published"], one["expected"]) for one in statements} == {
        ("delai-de-retour", "diverges", "14 days", "30 days"),
        ("frais-de-livraison", "agrees", "EUR 4.90", "EUR 4.90"),
        ("age-minimum", "agrees", "16 years", "16 years"),
    }


def test_structured_data_is_phrased_in_the_language_of_its_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policies = written(tmp_path)
    returns = '{"@type": "MerchantReturnPolicy", "merchantReturnDays": 14}'
    (tmp_path / "retours.html").write_text(
        f'<html lang="fr"><body><h1>Retourner un article</h1><p>Bonjour à tous.</p>'
        f'<script type="application/ld+json">{returns}</script></body></html>',
        encoding="utf-8",
    )
    _, told = run("check", tmp_path / "retours.html", "--policies", policies, "--format", "json", capsys=capsys)
    (statement,) = json.loads(told)["statements"]
    assert statement["quote"] == "Politique de retour : vous pouvez retourner un article sous 14 jours."
    assert (statement["term"], statement["verdict"]) == ("delai-de-retour", "diverges")


def test_a_language_without_a_file_is_told_at_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    policies = written(tmp_path, "xx")
    status, told = run("policies", "lint", "--policies", policies, capsys=capsys)
    assert status == 2
    assert "scopes.yaml:1:11: no language file for 'xx'; there are en, fr" in told
