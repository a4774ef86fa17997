"""The page before it is parsed: paragraphs and what they are, quotation marks of every style, headlines in sentence case."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.layout import find_layout

NEWSLIKE = st.text(alphabet=st.sampled_from("aB .,\n\"“”‘’'`«»:-—()é😀\r\u00ad\u0301\u05d0\x00"), max_size=200)


def kinds(text: str, title: str | None = None) -> list[str]:
    return [paragraph.kind for paragraph in find_layout(text, title).paragraphs]


def quotations(text: str) -> list[str]:
    return [text[quotation.start : quotation.end] for quotation in find_layout(text).quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Council Closes Town Bridge for Good\n\nThe council closed it.", ["headline", "body"]),
        ("Council closes town bridge\n\nThe council closed it.", ["headline", "body"]),
        ("Council Closes Town Bridge for Good.\n\nThe council closed it.", ["headline", "body"]),
        ("Council Closes Bridge\n\nBy Ngozi van der Meer\n\nThe council closed it.", ["headline", "byline", "body"]),
        ("It rained.\n\nPhoto: The harbour in May.\n\nIt stopped.", ["body", "caption", "body"]),
        ("It rained all day.\n\nIt stopped.", ["body", "body"]),
        ("Tuesday, May 9, 2023\n\nIt rained.", ["body", "body"]),
    ],
)
def test_kind_of_each_paragraph(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_the_title_makes_its_line_a_headline() -> None:
    assert kinds("Why did it rain?\n\nNobody knows.", "Why did it rain?") == ["headline", "body"]


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("OSLO -- The ferry sank.", "OSLO"),
        ("OSLO, May 10 — The ferry sank.", "OSLO, May 10"),
        ("OSLO, Norway (NWP) - The ferry sank.", "OSLO, Norway (NWP)"),
        ("Oslo (NWP) _ The ferry sank.", "Oslo (NWP)"),
        ("PORT OF SPAIN — The ferry sank.", "PORT OF SPAIN"),
        ("The ferry -- an old one -- sank.", None),
    ],
)
def test_dateline(line: str, dateline: str | None) -> None:
    paragraph = find_layout(line).paragraphs[0]
    assert (None if paragraph.dateline is None else line[paragraph.dateline.start : paragraph.dateline.end]) == dateline
    assert len(paragraph.pieces) == (1 if dateline is None else 2)


def test_transcript_labels_in_capitals() -> None:
    text = "OKORO: Who closed it?\n\nMAYOR: I did."
    labels = [paragraph.label for paragraph in find_layout(text).paragraphs]
    assert [text[label.start : label.end] for label in labels if label] == ["OKORO", "MAYOR"]


def test_a_transcript_may_open_each_turn_with_a_quotation_mark() -> None:
    text = '"OKORO: Who closed it?\n\n"MAYOR: I did."'
    labels = [paragraph.label for paragraph in find_layout(text).paragraphs]
    assert [text[label.start : label.end] for label in labels if label] == ["OKORO", "MAYOR"]


INTERVIEW = "The mayor spoke to us.\n\n{0} Who closed it?\n\n{1} I did.\n\nIt was weak.\n\n{0} When?\n\n{1} In May.\n\nThe bridge is shut."


@pytest.mark.parametrize(
    ("asks", "answers"), [("[WJ]", "[Ada Okoro]"), ("((WJ))", "((Ada Okoro))"), ("WJ:", "Okoro:")], ids=["square", "round", "colon"]
)
def test_the_turns_of_an_interview(asks: str, answers: str) -> None:
    text = INTERVIEW.format(asks, answers)
    paragraphs = find_layout(text).paragraphs
    name = answers.strip("[]():")
    assert [text[one.label.start : one.label.end] if one.label else None for one in paragraphs] == [
        None, "WJ", name, None, "WJ", name, None,
    ]  # fmt: skip
    assert [one.turn for one in paragraphs] == [None, None, None, 2, None, None, None]


def test_a_bracket_that_opens_one_paragraph_is_no_label() -> None:
    assert find_layout("[Ada Okoro] It was weak.").paragraphs[0].label is None


@pytest.mark.parametrize("word", ["CORRECTION", "CLAIM", "FACT CHECK", "VERDICT"])
def test_words_before_a_colon_that_name_nobody(word: str) -> None:
    assert find_layout(f"{word}: the bridge was closed in May.").paragraphs[0].label is None


def test_a_single_name_before_a_colon_is_no_transcript() -> None:
    assert find_layout("Okoro: the woman who closed the bridge.").paragraphs[0].label is None


def test_a_repeated_paragraph_points_to_the_first() -> None:
    line = "The bridge was closed after cracks were found."
    assert [paragraph.repeats for paragraph in find_layout(f"{line}\n\nIt rained.\n\n{line}").paragraphs] == [None, None, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('She said "no" twice.', ['"no"']),
        ("She said “no” twice.", ["“no”"]),
        ("She said ''no'' twice.", ["''no''"]),
        ("She said ``no'' twice.", ["``no''"]),
        ("She said ‘no’ twice.", ["‘no’"]),
        ("She said 'no, never' twice.", ["'no, never'"]),
        ("“He told me ‘go’ and I went,” she said.", ["“He told me ‘go’ and I went,”", "‘go’"]),
        ("The dogs' owner said 'they're fine' on Monday.", ["'they're fine'"]),
        ("Rock ’n’ roll in the ’90s.", []),
        ("It isn't hers.", []),
        ('"We left." "We came back."', ['"We left."', '"We came back."']),
        ("He said “we left and never", ["“we left and never"]),
        ("“We left,“ he said. “We came back.”", ["“We left,“", "“We came back.”"]),
    ],
)
def test_quotation_marks(text: str, expected: list[str]) -> None:
    assert quotations(text) == expected


def test_a_quotation_over_two_paragraphs() -> None:
    first, second = find_layout("“We left.\n\n“We came back,” she said.").quotations
    assert (first.closed, first.continues) == (False, True)
    assert second.closed


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“We left.\n\nIt rained."
    (only,) = find_layout(text).quotations
    assert text[only.start : only.end] == "“We left."
    assert not only.continues


def test_title_case_is_read_in_sentence_case() -> None:
    text = "Mayor Grants Town Council Two More Days\n\nThe mayor of Oslo grants the council days."
    layout = find_layout(text)
    assert layout.reading.splitlines()[0] == "Mayor grants town council two more days"


def test_names_of_the_body_keep_their_capital() -> None:
    text = "Flood Hits Oslo Harbour While Okoro Sleeps\n\nAt dawn in Oslo, the flood woke Okoro at the harbour, where she hits and sleeps."
    assert find_layout(text).reading.splitlines()[0] == "Flood hits Oslo harbour while Okoro sleeps"


@settings(max_examples=300, deadline=None)
@given(NEWSLIKE)
def test_whatever_the_text_the_layout_lies_within_it(text: str) -> None:
    layout = find_layout(text)
    assert len(layout.reading) == len(text)
    ends = 0
    for paragraph in layout.paragraphs:
        assert ends <= paragraph.start < paragraph.end <= len(text)
        assert all(paragraph.start <= piece.start < piece.end <= paragraph.end for piece in paragraph.pieces)
        ends = paragraph.end
    assert all(0 <= quotation.start < quotation.end <= len(text) for quotation in layout.quotations)
