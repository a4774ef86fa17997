"""Who spoke over a whole run: two articles' speakers are one by full name or by the user's aliases, never by a surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportedly.records import Article, Record
from reportedly.show.speakers import voices
from reportedly.speakers.aliases import Known

if TYPE_CHECKING:
    from reportedly.stages import Pipeline

ARTICLES = {
    "dam": "Mara Beck said the dam held. Police said nobody was hurt. The Harland Port Authority said the quay was dry.",
    "rain": "Mara Beck said the rain had stopped. Police said two men had fled. The Harland Port Authority denied that the quay was shut.",
    "snow": "Beck said the snow was deep. Mara Beck was not there.",
    "wind": "Beck said the wind was strong.",
}


@pytest.fixture(scope="module")
def records(pipeline: Pipeline) -> list[Record]:
    return [pipeline.record(Article(id=id_, text=text)) for id_, text in ARTICLES.items()]


def test_a_full_name_is_one_speaker_in_all_articles(records: list[Record]) -> None:
    of = {voice.name: voice.articles for voice in voices(records)}

    assert of["Mara Beck"] == ["dam", "rain", "snow"]
    assert of["Harland Port Authority"] == ["dam", "rain"]


def test_a_surname_and_a_common_noun_are_others_in_another_article(records: list[Record]) -> None:
    listed = [(voice.name, voice.articles) for voice in voices(records)]

    assert ("Beck", ["wind"]) in listed
    assert [articles for name, articles in listed if name.lower() == "police"] == [["dam"], ["rain"]]


def test_aliases_bring_names_together(records: list[Record]) -> None:
    known = Known("Mara Beck", "Q7")

    first = voices(records, {"beck": known, "mara beck": known})[0]

    assert (first.name, first.identity, first.articles, len(first.said)) == ("Mara Beck", "Q7", ["dam", "rain", "snow", "wind"], 4)


def test_who_spoke_most_comes_first(records: list[Record]) -> None:
    counts = [len(voice.said) for voice in voices(records)]

    assert counts == sorted(counts, reverse=True)
    assert voices(records)[0].payload["claims"][0] == {
        "article": "dam", "published": None, "claim": "c1", "act": "assert", "reading": "the dam held",
    }  # fmt: skip
