"""Claims as the record has them: what is marked {source} [cue] <content> goes in, the rest stands in each case."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import ASSEMBLE, COUNT, attributed, narrated, page, record
from spacy.language import Language

from reportedly.claims.edges import Edges
from reportedly.claims.reading import read_alone
from reportedly.findings import Layout, SpeakerIndex
from reportedly.layout import find_layout
from reportedly.records import Insertion, Record, Span, Speaker, problems


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The mill burned down. Nobody slept that night.", ["The mill burned down", "Nobody slept that night"]),
        ("The mill burned down and the bridge fell.", ["The mill burned down", "the bridge fell"]),
        ("The owner sold the mill and bought a farm.", ["The owner sold the mill and bought a farm"]),
        (
            "The storm hit the harbour, forcing two schools to close.",
            ["The storm hit the harbour, forcing two schools to close", "forcing two schools to close"],
        ),
        (
            "The mill, which employed 40 people, burned down.",
            ["The mill, which employed 40 people", "The mill, which employed 40 people, burned down"],
        ),
        ("Why did the mill burn?", []),
        ("{Ada Okoro} [said] <the mill had burned>.", []),
        ("{Ada Okoro} [said] <the mill had burned>, but firemen saved the barn.", ["firemen saved the barn"]),
        ("Ada Okoro left the room and {she} [said] <the mill had burned>.", ["Ada Okoro left the room"]),
        ("If the river rose, the mill would flood.", []),
        ("The mayor did not say why.", []),
        ("The mill was reportedly sold in secret.", []),
        ("In the view of most farmers, the mill was a ruin.", []),
        ("The mill was sold for 40 crowns, the court was told.", []),
        ("The mill burned down when {Ada Okoro} [said] <it was safe>.", ["The mill burned down when Ada Okoro said it was safe"]),
        ("The mill closed after reports that the owners had fled to Kent.", ["The mill closed after reports that the owners had fled to Kent"]),
    ],
)
def test_narrated_claims(nlp: Language, text: str, claims: list[str]) -> None:
    assert narrated(record(nlp, text)) == claims


@pytest.mark.parametrize(
    ("marked", "content", "quote"),
    [
        ('"<The mill is safe,>" {she} [said].', '"The mill is safe,"', "direct"),
        ("{She} [said] <the mill was “quite safe>.”", "the mill was “quite safe.”", "mixed"),
        ("{She} [said] <that the mill was safe,> on Monday.", "that the mill was safe", "indirect"),
        ("{She} [said] <that the mill was safe.>", "that the mill was safe", "indirect"),
        ("“<The mill is safe>,” {she} [said], “<and dry>.”", "“The mill is safe,” … “and dry.”", "direct"),
    ],
)
def test_edges_and_kind_of_quotation(nlp: Language, marked: str, content: str, quote: str) -> None:
    claim = attributed(record(nlp, marked))
    assert (claim.content.text, claim.quote) == (content, quote)


@pytest.mark.parametrize(
    ("marked", "polarity"),
    [
        ("{She} [denied] <that the mill was safe>.", "negative"),
        ("{She} [denied] <that the mill was not safe>.", "positive"),
        ("{She} [said] <the mill was safe>.", "positive"),
    ],
)
def test_a_denying_cue_turns_the_polarity(nlp: Language, marked: str, polarity: str) -> None:
    assert attributed(record(nlp, marked, act="deny" if "denied" in marked else "assert")).polarity == polarity


def test_a_claim_within_a_claim_has_the_smallest_one_around_it_as_parent(nlp: Language) -> None:
    made = record(
        nlp,
        "{Ada} [said] <Bela believed that Carl had claimed that the mill was safe>.",
        "Ada said {Bela} [believed] <that Carl had claimed that the mill was safe>.",
        "Ada said Bela believed that {Carl} [had claimed] <that the mill was safe>.",
    )
    assert [(claim.id, claim.parent) for claim in made.claims] == [("c1", None), ("c2", "c1"), ("c3", "c2")]


@pytest.mark.parametrize(
    ("marked", "said_on"),
    [
        ("{Ada Okoro} [said] on Monday <that the mill was safe>.", "Monday"),
        ("On Monday {Ada Okoro} [said] <that the mill was safe>.", "Monday"),
        ("{Ada Okoro} [said] <that the mill closed on Monday>.", None),
    ],
)
def test_the_date_of_saying_is_the_cues_and_not_the_contents(nlp: Language, marked: str, said_on: str | None) -> None:
    made = record(nlp, marked, dates=(("Monday", "2023-05-08"),))
    claim = attributed(made)
    assert (claim.said_on and made.dates[0].text) == said_on
    assert (claim.dates == ("d1",)) == (said_on is None)


ADA = Speaker(id="s1", name="Ada Okoro", kind="person", mentions=(Span(start=0, end=9),))


@pytest.mark.parametrize(
    ("marked", "reading"),
    [
        ("The ministry, which {Ada Okoro} [said] <had lost 40 files>, is shut.", "[The ministry] had lost 40 files"),
        ("{Ada Okoro} [said]: <“I sold my mill.”>", "“[Ada Okoro] I sold my mill.”"),
        ("{Ada Okoro} [said] <that the mill closed on Monday>.", "that the mill closed on [2023-05-08] Monday"),
        ("{Ada Okoro} [said] <that she sold it>.", "that she sold it"),
        ("{Ada Okoro} [said] <that the mill [sic\\] was safe>.".replace("[sic", "\\[sic"), "that the mill [sic] was safe"),
    ],
)
def test_the_reading_stands_alone(nlp: Language, marked: str, reading: str) -> None:
    dates = (("Monday", "2023-05-08"),) if "Monday" in marked else ()
    speaker = ADA if marked.startswith("{Ada") else ADA.model_copy(update={"mentions": (Span(start=20, end=29),)})
    assert attributed(record(nlp, marked, speakers=(speaker,), of=("s1",), dates=dates)).reading == reading


def test_a_pronoun_behind_another_person_is_left_alone(nlp: Language) -> None:
    text = "Ada Okoro slept. Maria Silva and the guard sold her boat."
    start = text.index("her boat")
    she = ADA.model_copy(update={"mentions": (Span(start=0, end=9), Span(start=start, end=start + 3))})
    assert [claim.insertions for claim in record(nlp, text, speakers=(she,)).claims] == [(), ()]


def test_a_name_that_is_no_name_is_not_inserted(nlp: Language) -> None:
    farmers = Speaker(id="s1", name="some", kind="group", mentions=(Span(start=0, end=4),))
    claim = attributed(record(nlp, "{Some} [vowed] <to sell their boats>.", speakers=(farmers,), of=("s1",), act="promise"))
    assert claim.reading == "to sell their boats"


def test_a_pronoun_gets_the_name_of_whom_it_means_unless_the_content_names_them(nlp: Language) -> None:
    she = ADA.model_copy(update={"mentions": (Span(start=0, end=9), Span(start=26, end=29))})
    told = record(nlp, "Ada Okoro slept for hours. She dreamt.", speakers=(she,))
    assert [claim.reading for claim in told.claims] == ["Ada Okoro slept for hours", "She dreamt"]
    she = ADA.model_copy(update={"mentions": (Span(start=0, end=9), Span(start=27, end=30))})
    told = record(nlp, "Ada Okoro slept for hours. She dreamt.", speakers=(she,))
    assert [claim.reading for claim in told.claims] == ["Ada Okoro slept for hours", "[Ada Okoro] She dreamt"]


def test_an_infinitive_gets_its_subject_from_who_promises(nlp: Language) -> None:
    assert attributed(record(nlp, "{Ada Okoro} [vowed] <to appeal>.", act="promise")).reading == "[Ada Okoro] to appeal"
    assert attributed(record(nlp, "{Ada Okoro} [ordered] Bela <to appeal>.", act="decide")).reading == "to appeal"


@pytest.mark.parametrize(
    ("first", "second", "repeats"),
    [
        ("The old mill burned down on the hill.", "Old stories have it that the bridge fell.", None),
        ("The old mill burned down on the hill.", "The old mill burned down on the hill.", "c1"),
        ("The old mill on the hill burned down in a night.", "The old mill on the hill burned down in one night.", "c1"),
        ("The old mill lost 14 workers in a night.", "The old mill lost 15 workers in a night.", None),
        ("The old mill on the hill was sold.", "The old mill on the hill was not sold.", None),
    ],
)
def test_what_is_said_twice_points_to_the_first(nlp: Language, first: str, second: str, repeats: str | None) -> None:
    made = record(nlp, f"{first}\n\nA dog barked at the gate.\n\n{second}")
    assert made.claims[-1].repeats == repeats
    assert made.claims[0].repeats is None


def test_a_scare_quote_challenges_the_reporters_own_words(nlp: Language) -> None:
    (claim,) = record(nlp, "The factory opened its “green” chimney in the spring.").claims
    assert [challenge.kind for challenge in claim.challenges] == ["scare-quote"]


@pytest.mark.parametrize(
    "text",
    [
        "The factory opened a chimney called “greenish” in the spring.",
        "The factory opened its “flues” in the spring and swept flues in June.",
        "Smoke rose from “green” chimneys in the spring.",
    ],
)
def test_titles_and_terms_that_the_article_uses_are_no_scare_quotes(nlp: Language, text: str) -> None:
    assert all(claim.challenges == () for claim in record(nlp, text).claims)


@pytest.mark.parametrize(
    "marked",
    [
        "{Ada Okoro} [said] that <the mill was sold>. “That is false,” Bela Varga shouted.",
        "{Ada Okoro} [said] that <the mill was sold>. Traders were denied entry.",
    ],
)
def test_what_is_quoted_or_suffered_challenges_nothing(nlp: Language, marked: str) -> None:
    assert attributed(record(nlp, marked)).challenges == ()


def test_a_denial_of_something_else_challenges_nothing(nlp: Language) -> None:
    made = record(
        nlp,
        "{Farmers} [said] <the council would pay for the new mill>. The council denied pay for the mill.",
        "Farmers said the council would pay for the new mill. {The council} [denied] <pay for the mill>.",
        acts=("assert", "deny"),
    )
    assert attributed(made).challenges == ()


def test_a_challenge_is_never_inside_the_content_that_it_challenges(nlp: Language) -> None:
    claim = attributed(record(nlp, "Walls fell, which {Ada Okoro} [said] <were blown up by “20 sailors,” a claim for which she gave no evidence>."))
    assert claim.content.text == "were blown up by “20 sailors,”"
    assert [challenge.kind for challenge in claim.challenges] == ["no-evidence"]


def test_an_attributed_denial_challenges_what_others_said_in_like_words(nlp: Language) -> None:
    made = record(
        nlp,
        "{Farmers} [accused] <the mayor of selling the old mill>. The mayor denied selling the mill.",
        "Farmers accused the mayor of selling the old mill. {The mayor} [denied] <selling the mill>.",
        acts=("accuse", "deny"),
    )
    (challenge,) = attributed(made).challenges
    assert (challenge.kind, made.text[challenge.start : challenge.end]) == ("denied", "denied selling the mill")


WORDS = st.sampled_from(
    ["The", "mill", "said", "that", "Ada", "“", "”", '"', "'", ",", ".", "\n", "\n\n", "$4m", "20", "percent", "–", "é", "🏭", "not", "(", "if"]
)


@given(words=st.lists(WORDS, max_size=30))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_sound_record(nlp: Language, words: list[str]) -> None:
    made = page(nlp, " ".join(words))
    built: Record = ASSEMBLE(made.article, made.parse, made.layout, (), (), COUNT(made.parse, (), ()), (), SpeakerIndex((), ()), ())
    assert list(problems(built)) == []
    assert built.text == made.article.text


@given(data=st.data(), text=st.text(min_size=1, max_size=40))
def test_a_reading_without_its_insertions_is_the_content(data: st.DataObject, text: str) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    places = sorted(data.draw(st.lists(st.integers(start, end - 1), max_size=4)))
    insertions = [Insertion(at=at, text=data.draw(st.text(max_size=5))) for at in places]
    reading = read_alone(text, (Span(start=start, end=end),), insertions)
    for number, insertion in reversed(list(enumerate(insertions))):
        place = insertion.at - start + sum(len(f"[{earlier.text}] ") for earlier in insertions[:number])
        inserted = f"[{insertion.text}] "
        assert reading[place:].startswith(inserted)
        reading = reading[:place] + reading[place + len(inserted) :]
    assert reading == text[start:end]


@given(text=st.text(alphabet="ab .,“”\"'\n", max_size=30), data=st.data())
def test_edges_keep_spans_sound(text: str, data: st.DataObject) -> None:
    layout: Layout = find_layout(text)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    tidy = Edges(text, layout, frozenset()).tidy(zip(cuts[::2], cuts[1::2], strict=False))
    assert all(0 <= span.start < span.end <= len(text) for span in tidy)
    assert all(one.end < other.start for one, other in pairwise(tidy))
