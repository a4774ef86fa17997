from __future__ import annotations

import pytest

from reportedly.evaluate.align import Words
from reportedly.evaluate.attributions import score

from .making import triple


def right(wanted: list[str], found: list[str]) -> dict[str, float]:
    """How many pairs each measure finds, of marked copies of one sentence."""
    text = triple(wanted[0])[0]
    sides = [[triple(marked)[1] for marked in side] for side in (found, wanted)]
    counts = score(Words(text), *sides).counts
    return {name: counts[name].right for name in ("cue", "exact", "content50", "rel", "full", "strict")}


ALL = {"cue", "exact", "content50", "rel", "full", "strict"}


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("{The mayor} [said] <that it was late>.", "{The mayor} [said] <that it was late>.", ALL),
        # punctuation and quotation marks at the edges do not matter
        ("{The mayor} [said], <“It was late.”>", "{The mayor} [said]<, “It was late>.”", ALL),
        # a shared telling word is enough for a source, all words for strict
        ("{The old mayor} [said] <that it was late>.", "The old {mayor} [said] <that it was late>.", ALL - {"strict"}),
        (
            "{The old mayor} [said] <that it was late>.",
            "{The} old mayor [said] <that it was late>.",
            {"cue", "exact", "content50"},
        ),
        ("{He} [said] <that it was late>.", "{He} [said] <that it was late>.", ALL),
        # no source against a source
        ("It [was said] <that it was late>.", "{It} [was said] <that it was late>.", {"cue", "exact", "content50"}),
        # half of the content, and less than half
        ("{She} [said] <it rained in the north>.", "{She} [said] it rained <in the north>.", ALL - {"exact", "strict"}),
        ("{She} [said] <it rained in the north>.", "{She} [said] it rained in <the north>.", {"cue"}),
        # cues share a telling word; of a gold cue made of stop words any word, of a colon the colon
        ("{She} [did not say] <who paid>.", "{She} [did] not say <who paid>.", ALL - {"cue", "full"}),
        ("{Would he pay}? {He} [would] <pay>.", "{Would he pay}? {He} [would] <pay>.", ALL),
        ("{Mayor}[:] <Tolls Stay>", "{Mayor}[:] <Tolls Stay>", ALL),
    ],
)
def test_one_attribution_is_right_by_these_measures(wanted: str, found: str, expected: set[str]) -> None:
    assert {name for name, pairs in right([wanted], [found]).items() if pairs} == expected


def test_of_two_predictions_for_one_claim_only_one_is_right() -> None:
    twice = ["{She} [said] <it rained>."] * 2
    assert set(right(twice[:1], twice).values()) == {1}


def test_a_discontinuous_content_counts_as_one_for_exact_and_by_part_for_span() -> None:
    text, wanted = triple("<“It rained,”> {she} [said], <“and the roof leaked.”>")
    _, found = triple("<“It rained,”> {she} [said], “and the roof leaked.”")
    counts = score(Words(text), [found], [wanted]).counts
    assert counts["exact"].right == 0
    assert counts["span"] == (1, 1, 1, 2)


def test_soft_scores_are_shares_of_words() -> None:
    text, wanted = triple("{She} [said] <it rained in the north>.")
    _, found = triple("{She} [said] it <rained in the north.>")
    counts = score(Words(text), [found], [wanted]).counts
    assert (counts["soft"].precision, counts["soft"].recall) == (100, 80)


@pytest.mark.parametrize(
    ("wanted", "speech"),
    [
        ("{She} [said] <it rained>.", True),
        ("{She} [believes] <it rained>.", False),
        ("{She} [believes] <“it rained”>.", True),
        ("{She} [pointed out] <the rain>.", True),
        ("{Her} [statement] <that it rained>.", True),
    ],
)
def test_speech_is_what_is_quoted_or_has_a_cue_of_saying(wanted: str, speech: bool) -> None:
    text, item = triple(wanted)
    assert score(Words(text), [], [item]).counts["rel/speech"].wanted == speech
