from __future__ import annotations

import sys
from pathlib import Path

import pytest
from spacy.language import Language

from reportedly.stages import Pipeline

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def nlp(pipeline: Pipeline) -> Language:
    """The English model alone: these tests run the claims stage without the others."""
    return pipeline.nlp
