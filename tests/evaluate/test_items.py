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
SPEAKERS = [("speaker", "Ada Okoro | Ada Okoro"), ("speaker", "Her aide | an aide")]


def shown(items: tuple[tuple[str, str, int, str], ...]) -> list[tuple[str, str]]:
    return [(area, words) for _, area, _, words in items]


def listed(wanted: str, found: str) -> tuple[list[tuple[str, str]], ...]:
    gold: dict[str, Document] = {"d": document(TEXT, wanted)}
    items = list_items(gold, {"d": document(TEXT, found)} if found else {})
    return shown(items.right), shown(items.missed), shown(items.spurious)


def test_all_of_the_gold_is_right_in_the_gold() -> None:
    assert listed(GOLD, GOLD) == (GOLD_ITEMS + SPEAKERS, [], [])


def test_all_of_the_gold_is_missed_by_nothing_and_all_is_spurious_without_gold() -> None:
    assert listed(GOLD, "") == ([], GOLD_ITEMS, [])
    assert listed("[claims]", GOLD) == ([], [], GOLD_ITEMS)


def test_a_wrong_speaker_is_missed_though_its_claim_is_right() -> None:
    right, missed, spurious = listed(GOLD, GOLD.replace("speaker=an aide", "speaker=Ada Okoro"))
    assert (missed, spurious) == ([("speaker", "Her aide | an aide")], [])
    assert right == GOLD_ITEMS + SPEAKERS[:1]
