from __future__ import annotations

from reportedly.evaluate.documents import Document
from reportedly.evaluate.items import list_items

from .making import GOLD, TEXT, document

GOLD_ITEMS = [
    ("attribution", "Ada Okoro | said | that 40 boats may sink"),
    ("attribution", "Her aide | claimed | the boats were new"),
    ("attribution", "Records | show | at least 12 losses"),
    ("date", "Monday | 2024-05-06"),
    ("date", "May | 2024-05"),
    ("entity", "Ada Okoro | PERSON"),
    ("narrated", "The pier closed in May"),
]
QUANTITIES = [("quantity", "40 boats | 40"), ("quantity", "at least 12 losses | 12")]
CONTENTS = ("that 40 boats may sink", "the boats were new", "at least 12 losses", "The pier closed in May")
FIELDS = [
    *(("act", f"{content} | assert") for content in CONTENTS[:3]),
    *(("certainty", f"{content} | {value}") for content, value in zip(CONTENTS, ("possible", "certain", "certain", "certain"), strict=True)),
    *(("polarity", f"{content} | positive") for content in CONTENTS),
    *(("stance", f"{content} | {value}") for content, value in zip(CONTENTS, ("neutral", "doubting", "endorsing"), strict=False)),
]
SPEAKERS = [("speaker", "Ada Okoro | Ada Okoro"), ("speaker", "Her aide | an aide")]


def shown(items: tuple[tuple[str, str, int, str], ...]) -> list[tuple[str, str]]:
    return [(area, words) for _, area, _, words in items]


def listed(wanted: str, found: str) -> tuple[list[tuple[str, str]], ...]:
    gold: dict[str, Document] = {"d": document(TEXT, wanted)}
    items = list_items(gold, {"d": document(TEXT, found)} if found else {})
    return shown(items.right), shown(items.missed), shown(items.spurious)


def test_all_of_the_gold_is_right_in_the_gold() -> None:
    right, missed, spurious = listed(GOLD, GOLD)
    assert sorted(right) == sorted(GOLD_ITEMS + QUANTITIES + FIELDS + SPEAKERS)
    assert (missed, spurious) == ([], [])


def test_all_of_the_gold_is_missed_by_nothing_and_all_is_spurious_without_gold() -> None:
    assert listed(GOLD, "") == ([], GOLD_ITEMS + QUANTITIES, [])
    assert listed("[claims]", GOLD) == ([], [], GOLD_ITEMS)


def test_a_wrong_speaker_is_missed_though_its_claim_is_right() -> None:
    right, missed, spurious = listed(GOLD, GOLD.replace("speaker=an aide", "speaker=Ada Okoro"))
    assert (missed, spurious) == ([("speaker", "Her aide | an aide")], [])
    assert sorted(right) == sorted(GOLD_ITEMS + QUANTITIES + FIELDS + SPEAKERS[:1])


def test_a_wrong_field_and_a_wrong_quantity_are_missed_by_name() -> None:
    worse = GOLD.replace("stance=doubting", "stance=neutral").replace("| 12 | loss | at-least", "| 12 | loss | more")
    _, missed, _ = listed(GOLD, worse)
    assert missed == [("quantity", "at least 12 losses | 12"), ("stance", "the boats were new | doubting")]
