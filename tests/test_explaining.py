"""`reportedly explain`: every candidate for a cue, taken or refused, with its reasons."""

from __future__ import annotations

from reportedly.explaining import explain
from reportedly.stages import Pipeline

SENTENCE = "Ada Okoro said the crew had begun to unload the ship."


def test_a_claim_is_explained_by_its_row_place_and_counts(pipeline: Pipeline) -> None:
    said = next(row for row in explain(SENTENCE, pipeline) if row["cue"] == "said")
    assert said["accepted"]
    assert (said["source"], said["content"]) == ("Ada Okoro", "the crew had begun to unload the ship")
    assert (said["row"], said["place"], said["path"]) == ("say/VERB", "ccomp:0", "<nsubj")
    assert said["seen"]["cue"][0] > 1000
    assert said["reasons"]


def test_a_refusal_says_why(pipeline: Pipeline) -> None:
    refused = [row for row in explain("The crew will push the ship off the rocks.", pipeline) if not row["accepted"]]
    assert refused
    assert all(row["verdict"].startswith("refused: less sure than") and row["confidence"] < 0.5 for row in refused)


def test_what_is_explained_is_what_the_stage_finds(pipeline: Pipeline) -> None:
    text = "“We left,” said Bo Lind. “It was in May.” Police deny that he was in the house."
    accepted = {row["content"] for row in explain(text, pipeline) if row["accepted"]}
    assert accepted == {"“We left,” … “It was in May.”", "that he was in the house"}
