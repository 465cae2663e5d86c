"""Who is asked which rule a sentence states. THE list of annotators is `ANNOTATORS`: a new one is a file here and a
line there.

Each is the model of what drift.yaml says of it, which makes the annotator. None reads a clock, draws chance or opens a
connection of its own: it is handed all three. A program is the exception, since it is no service. What is asked, in
which words, stands in `asking`; what counts as an answer in `replies`.
"""

from __future__ import annotations

from drift.annotators.anthropic import AnthropicConfig
from drift.annotators.command import CommandConfig
from drift.annotators.config import AnnotatorConfig, AskingMeans
from drift.annotators.openai import OpenAIConfig
from drift.annotators.recorded import RecordedConfig

ANNOTATORS: tuple[type[AnnotatorConfig], ...] = (OpenAIConfig, AnthropicConfig, CommandConfig, RecordedConfig)

__all__ = ["ANNOTATORS", "AnnotatorConfig", "AskingMeans"]
