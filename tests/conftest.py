"""What the tests of all rooms share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from reportedly.stages import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The whole pipeline over the English model, loaded once."""
    from reportedly.stages import Pipeline

    return Pipeline()
