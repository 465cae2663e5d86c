"""Sentences: where they begin and end, how they read with their values masked, and knowing one again.

Pure functions over text; what is said differently from language to language comes with the `Language`.
"""

from drift.engine.sentences.likeness import KNOWN_AGAIN, likeness, stems, weight
from drift.engine.sentences.masking import MASK, Spanned, mask
from drift.engine.sentences.splitting import LONGEST, split

__all__ = ["KNOWN_AGAIN", "LONGEST", "MASK", "Spanned", "likeness", "mask", "split", "stems", "weight"]
