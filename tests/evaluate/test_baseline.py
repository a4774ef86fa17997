from __future__ import annotations

import pytest

from reportedly.evaluate.baseline import predict

from .making import triple


@pytest.mark.parametrize(
    "marked",
    [
        "{The mayor} [said] <that it was late>.",
        "<“It is late,”> {Ada Okoro} [said]. Nobody left.",
        "<It was late>, [according to] {Ada Okoro}.",
    ],
)
def test_the_baseline_finds_the_plain_ones(marked: str) -> None:
    text, expected = triple(marked)
    assert predict("a", text).attributions == (expected,)


def test_the_baseline_finds_nothing_without_a_verb_of_saying() -> None:
    assert predict("a", "Nobody spoke. The lamp went out.").attributions == ()
