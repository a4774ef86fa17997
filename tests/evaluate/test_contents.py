from __future__ import annotations

import pytest

from reportedly.evaluate.contents import same_name
from reportedly.evaluate.score import score_article
from reportedly.records import Speaker

from .making import GOLD, TEXT, document


def counts(*changes: tuple[str, str]) -> dict[str, tuple[float, float]]:
    """(right, of all found) by measure, of the gold with some words of its sheet replaced."""
    sheet = GOLD
    for old, new in changes:
        assert old in sheet
        sheet = sheet.replace(old, new)
    tally = score_article(document(TEXT, GOLD), document(TEXT, sheet))
    return {name: (count.right, count.found) for name, count in tally.counts.items()}


@pytest.mark.parametrize(
    ("old", "new", "measure", "expected"),
    [
        ("PERSON | Ada", "ORG | Ada", "entities.all", (0, 1)),
        ("PERSON | Ada", "ORG | Ada", "entities.span", (1, 1)),
        ("PERSON | Ada Okoro", "PERSON | Ada Okoro = Okoro", "entities.name", (0, 1)),
        ("| 40 | boat", "| 40 | ship", "quantities.value", (2, 2)),
        ("| 40 | boat", "| 40 | ship", "quantities.all", (1, 2)),
        ("| loss | at-least", "| loss", "quantities.all", (1, 2)),
        ("<<40 boats>> | 40", "<<40>> boats | 4", "quantities.span", (2, 2)),
        ("<<40 boats>> | 40", "<<40>> boats | 4", "quantities.value", (1, 2)),
        (" | certainty=possible", "", "claims.certainty", (2, 3)),
        (" | certainty=possible", "", "claims.certainty/marked", (0, 0)),
        ("stance=doubting", "act=deny", "claims.act", (2, 3)),
        ("stance=doubting", "act=deny", "claims.stance", (2, 3)),
        ("stance=doubting", "polarity=negative", "claims.polarity", (2, 3)),
        ("stance=doubting", "cue=negated", "claims.cue", (2, 3)),
        (" | said_on=Monday", "", "claims.said_on", (2, 3)),
        (" | said_on=Monday", "", "claims.said_on/marked", (0, 0)),
        ("! denied", "! contradicted", "challenges.all", (0, 1)),
        ("<<The port denies it>>", "The port <<denies it>>", "challenges.all", (1, 1)),
        ("<The pier closed in May>", "<The pier closed> in May", "narrated.all", (1, 1)),
        ("<The pier closed in May>", "<The pier closed> in May", "narrated.exact", (0, 1)),
        ("<The pier closed in May>", "The pier <closed> in May", "narrated.all", (0, 1)),
        ("| speaker=an aide", "", "speakers.unresolved", (1, 2)),
        ("| speaker=an aide", "| speaker=Ada Okoro", "speakers.wrong", (1, 2)),
        ("[show] <at least 12 losses>", "[show] <at least 12 losses> | speaker=an aide", "speakers.wrong", (1, 3)),
        ("{Her aide}", "{Her} aide", "speakers.right/same-source", (1, 1)),
    ],
)
def test_one_change_shows_in_its_measure(old: str, new: str, measure: str, expected: tuple[float, float]) -> None:
    assert counts((old, new))[measure] == expected


def test_a_challenge_of_a_claim_that_was_not_found_counts_in_all_only() -> None:
    claim = (
        "A | {Her aide} [claimed] <the boats were new> | speaker=an aide | stance=doubting\n! denied | <<The port denies it>>\n"
    )
    tally = score_article(document(TEXT, GOLD), document(TEXT, GOLD.replace(claim, "")))
    assert tally.counts["challenges.all"].wanted == 1
    assert tally.counts["challenges.aligned"].wanted == 0


@pytest.mark.parametrize(
    ("found", "wanted", "others", "expected"),
    [
        ("the Port Authority", "Port Authority", [], True),
        ("an aide", "an aide (2)", [], True),
        ("Okoro", "Ada Okoro", ["Ben Lund"], True),
        ("Minister Ada Okoro", "Ada Okoro", [], True),
        ("Okoro", "Ada Okoro", ["Ben Okoro"], False),  # it could be either
        ("Ada Lund", "Ada Okoro", [], False),
        ("the", "Ada Okoro", [], False),
    ],
)
def test_a_name_means_a_speaker_if_it_can_mean_nobody_else(found: str, wanted: str, others: list[str], expected: bool) -> None:
    speakers = [Speaker(id=f"s{n}", name=name, kind="person", mentions=()) for n, name in enumerate([wanted, *others])]
    assert same_name(found, wanted, speakers) == expected
