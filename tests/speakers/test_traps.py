"""Who is meant. The answer stands in the text: `{source|name}<content>`, `{source|?}` where it must be left open; one content for each source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportedly.entities import stage as entities_stage
from reportedly.findings import Attribution, SpeakerIndex
from reportedly.records import Article, Span
from reportedly.speakers import stage

if TYPE_CHECKING:
    from reportedly.stages import Pipeline

SOURCE = re.compile(r"\{([^|}]+)\|([^}]+)\}")

RIGHT = {
    "a surname": "Ada Okoro, a biologist, left. {Okoro|Ada Okoro} said <the wall was weak>.",
    "a title and a surname": "Ada Okoro chairs the board. {Ms. Okoro|Ada Okoro} said <the wall was weak>.",
    "Prime Minister May": "{Prime Minister May|May} said <the talks would go on>. {She|May} added <that nothing was settled>.",
    "a woman and a man in turns": (
        "Anna Lund met Peter Obi on Monday. {She|Anna Lund} said <the plan was ready>. {He|Peter Obi} replied <that it was late>. "
        "{She|Anna Lund} insisted <it was not>."
    ),
    "two Bushes, told apart by their titles": (
        "George Bush and Laura Bush came. {Mrs. Bush|Laura Bush} said <the trip was long>. {Mr. Bush|George Bush} said <it was not>."
    ),
    "a relative clause between the name and the verb": "{Vera Cable, who replaced John Farrow last year,|Vera Cable} said <the party had changed>.",
    "who": "Vera Cable, {who|Vera Cable} said <the party had changed>, resigned.",
    "a role and its holder": "Kazakhstan's president, Daniyar Seitov, signed the law. {The president|Daniyar Seitov} said <it was just>.",
    "a wider word for a role, with the country's adjective": (
        "Kazakhstan's president, Daniyar Seitov, met Kenya's president, Wanjiru Otieno. {The Kazakh leader|Daniyar Seitov} said <trade would grow>."
    ),
    "a spokesman by name": "{Acme spokesman Tom Reed|Tom Reed} said <sales rose>.",
    "the pronoun in a quotation is not its speaker": (
        'Peter Obi was asked about Carl Benno. "<He never paid me>," {Obi|Peter Obi} said.'
    ),
    "I in a quotation is its speaker": '{Anna Lund|Anna Lund} said: "<{I|Anna Lund} believe <the wall is weak>>."',
    "a body as it stands": "{Police|police} said <two men had fled>. {The police|police} declined <to name them>.",
    "a body by its noun": "The Ministry of Health sent doctors. {The ministry|Ministry of Health} said <the wave was over>.",
    "a place as a government": "{Norway|Norway} said <it would pay>.",
    "an unnamed one again": (
        "{A senior official|a senior official} said <the deal was dead>. {The official|a senior official} asked <not to be named>."
    ),
    "a group": "{Human rights groups|human rights groups} say <the amnesty hides crimes>.",
    "a document": "{The report|the report} said <three bridges were unsafe>.",
    "the author of a document": "Anna Lund wrote to the court. {Lund's letter|Anna Lund} said <the fine was too high>.",
    "two in one": "{Anna Lund and Peter Obi|Anna Lund and Peter Obi} said <the plan was ready>.",
    "someone quoted in another paragraph": (
        '"<The wall is weak>," said {Ada Okoro|Ada Okoro}, a biologist.\n\n"<It will not hold>," {she|Ada Okoro} said.'
    ),
    "a team or campaign that bears a name is not its bearer": (
        "Tom Hale runs for mayor. {The Hale campaign|the Hale campaign} said <the road was safe>."
    ),
    "a leader by the body": (
        "The Union Party's leader, Ewa Nowak, left early. {The Union Party's leader|Ewa Nowak} said <taxes would fall>."
    ),
    "the leader of another body is not the one who is known": (
        "The Union Party's leader, Ewa Nowak, left early. {The Farmers' League leader|the Farmers' League leader} said <taxes would rise>."
    ),
    "an office told from its like by the word before": (
        "Kenya's finance minister, Odile Kern, met Norway's foreign minister, Sten Falk. {The foreign minister|Sten Falk} said <trade would grow>."
    ),
    "a name behind a body's office": "{The director of the Harland Institute, Mara Beck,|Mara Beck} said <the roof leaked>.",
    "two clerks by name": "{Two clerks, Anna Lund and Peter Obi,|Anna Lund and Peter Obi} said <the fines were too high>.",
    "named in the next sentence": (
        "{A sergeant accused of shoving a girl|Colm Brady} said <he was asleep>. Sgt Colm Brady, 41, left. "
        "{The sergeant|Colm Brady} said <it was dark>."
    ),
    "a man who gives his name": "{A man who gave his name as Leo Jute|Leo Jute} said <the bridge was down>.",
    "it, after the subject of the sentence before": (
        "{The report|the report} said <that Harbour Watch was late>. {It|the report} found <three leaks>."
    ),
    "a poll, called a survey": "{A poll|a poll} found <most were tired>. {The survey|a poll} said <few slept>.",
    "a body's survey stays a document": "{The Harland Institute's survey|the Harland Institute's survey} found <that few slept>.",
    "her account": "Anna Lund left. {Her blog account|Anna Lund} said <the wall was weak>.",
    "both of two bodies": "{Both Norway and Chad|Norway and Chad} said <the treaty was dead>.",
    "an office of a place before the name": (
        "{Mayor of Harland Mara Beck|Mara Beck} said <the dam held>. The rain stopped. {The mayor|Mara Beck} said <it was luck>."
    ),
    "an envoy to a country before the name": "{The ambassador to Norway Sten Falk|Sten Falk} said <talks had begun>.",
    "a name behind an office of a campaign with a name": (
        "Tom Hale runs for mayor. {The treasurer for the Hale campaign, Mara Beck,|Mara Beck} said <the books were clean>."
    ),
    "a pronoun after a long quotation": (
        "\"<The wall is weak. It was weak in May. It was weak in June. Nobody came>,\" {Carl Benno|Carl Benno} said. "
        "\"We wrote letters. We rang. We stood in the road. We waited.\" {He|Carl Benno} called <the delay a shame>."
    ),
    "a surname that is a town": "Jack London, a baker, left. {London|Jack London} said <the oven was cold>.",
    "a surname that is also a word for a place": "Dr. Lena Park, a surgeon, left. {Park|Lena Park} said <the ward was full>.",
}

OPEN = {
    "two Bushes": "George Bush and Laura Bush came to the fair. {Bush|?} said <the trip was long>.",
    "a dead man's son of the same name": "John Reed Jr. buried his father, John Reed, on Monday. {Reed|?} said <the mill was his life>.",
    "two men": "Peter Obi and Carl Benno walked to the court in the rain. {He|?} said <the fine was too high>.",
    "the group after two organisations": (
        "Harbour Watch and the Coast League sued the port. Harbour Watch and the Coast League lost. {The group|?} said <it would appeal>."
    ),
    "nobody": "{Nobody|?} said <it was easy>.",
    "two presidents": "Kazakhstan's president, Daniyar Seitov, met Kenya's president, Wanjiru Otieno. {The president|?} said <trade would grow>.",
    "the opposition leader is not the premier": (
        "Premier Josef Klima met Hana Dvorak, leader of the Green List. {The opposition leader|?} said <he should go>."
    ),
    "an office that somebody named may hold": "Carl Benno opened the fair. It rained. {The mayor|?} said <it was a good year>.",
    "the letter of one of two men": "Peter Obi and Carl Benno walked to the court. {His letter|?} said <the fine was too high>.",
    "an official before a name": "{A senior official|?} said <the bank was shut>. Carl Benno slept.",
    "somebody by his nation or age": "Ian Bell, a Scot, left. {The Scot|?} said <it was late>. {The 52-year-old|?} said <he was hurt>.",
    "a possessive behind two people": "Carl Benno thanked Peter Obi for {his|?} promise <to pay>.",
    "a possessive ahead of another subject": "Carl Benno slept. After {his|?} promise <to pay>, Peter Obi left.",
    "I in words that are not quoted is the writer": "{Anna Lund|Anna Lund} said <that {I|?} knew <the wall was weak>>.",
    "he where only a woman was named": "Anna Lund left early. {He|?} said <the plan was ready>.",
}


@pytest.mark.parametrize("marked", [*RIGHT.values(), *OPEN.values()], ids=[*RIGHT, *OPEN])
def test_who_is_meant(marked: str, pipeline: Pipeline) -> None:
    text, sources, contents = read(marked)

    index = speakers_of(text, sources, contents, pipeline)

    names = {speaker.id: speaker.name for speaker in index.speakers}
    assert [names.get(of or "", "?") for of in index.of] == [answer for _, answer in sources]


def test_an_interview_is_its_speakers_words_not_the_reporters(pipeline: Pipeline) -> None:
    text = (
        "Ada Okoro spoke to us.\n\n[WJ] Who closed the bridge?\n\n[Ada Okoro] I closed it.\n\nI think that it was weak.\n\n"
        "[WJ] When was that?\n\n[Ada Okoro] It was in May."
    )
    claims = pipeline.record(Article(id="a", text=text)).claims

    told = [(claim.source.name, claim.cue.act, claim.content.text) for claim in claims if claim.source and claim.cue and not claim.parent]
    assert told == [
        ("WJ", "ask", "Who closed the bridge?"),
        ("Ada Okoro", "assert", "I closed it. … I think that it was weak"),
        ("WJ", "ask", "When was that?"),
        ("Ada Okoro", "assert", "It was in May."),
    ]
    assert [claim.source.name for claim in claims if claim.parent and claim.source] == ["Ada Okoro"]
    assert not [claim for claim in claims if claim.kind == "narrated" and claim.content.spans[0].start > text.index("[WJ]")]


def test_who_is_upset_is_not_who_said_it(pipeline: Pipeline) -> None:
    record = pipeline.record(Article(id="a", text="Anna Lund was upset with Peter Obi for saying that the bridge was unsafe."))

    names = [claim.source.name for claim in record.claims if claim.source and claim.cue and claim.cue.lemma == "say"]

    assert "Anna Lund" not in names


def test_a_name_that_occurs_only_in_the_headline(pipeline: Pipeline) -> None:
    text, sources, contents = read("Okoro Quits After Bridge Row\n\n{The mayor|the mayor} said <the wall was weak>. {She|the mayor} denied <a plot>.")

    index = speakers_of(text, sources, contents, pipeline)

    names = {speaker.id: speaker.name for speaker in index.speakers}
    assert {names.get(of or "", "?") for of in index.of} <= {"the mayor", "?"}


def test_what_is_left_open_names_its_candidates(pipeline: Pipeline) -> None:
    text, sources, contents = read(OPEN["two Bushes"])

    index = speakers_of(text, sources, contents, pipeline)

    assert index.candidates == (("George Bush", "Laura Bush"),)
    assert index.sieves == ("shared name",)


def test_a_pronoun_is_a_mention_of_its_speaker(pipeline: Pipeline) -> None:
    text, sources, contents = read(RIGHT["someone quoted in another paragraph"])

    (speaker,) = speakers_of(text, sources, contents, pipeline).speakers

    assert [text[span.start : span.end] for span in speaker.mentions] == ["Ada Okoro", "she"]


def read(marked: str) -> tuple[str, list[tuple[Span, str]], list[Span]]:
    """The plain text, the marked sources with their answers, the marked contents; a content may hold a marked source."""
    text = ""
    sources: list[tuple[Span, str]] = []
    contents: list[Span] = []
    opened: list[int] = []
    index = 0
    while index < len(marked):
        match = SOURCE.match(marked, index)
        if match:
            sources.append((Span(start=len(text), end=len(text) + len(match[1])), match[2]))
            text += match[1]
            index = match.end()
            continue
        character = marked[index]
        if character == "<":
            opened.append(len(contents))
            contents.append(Span(start=len(text), end=len(text) + 1))
        elif character == ">":
            number = opened.pop()
            contents[number] = Span(start=contents[number].start, end=len(text))
        else:
            text += character
        index += 1
    assert len(sources) == len(contents) and not opened
    return text, sources, contents


def speakers_of(text: str, sources: list[tuple[Span, str]], contents: list[Span], pipeline: Pipeline) -> SpeakerIndex:
    article = Article(id="a", text=text)
    values, parsed = pipeline.parse([article])[0]
    layout = values["layout"]
    parse = pipeline.stages[1].run(article=article, layout=layout, parsed=parsed)
    entities = entities_stage(pipeline.model)(parse=parse, layout=layout)
    attributions = tuple(
        Attribution((source,), (content,), (content,), "say", "assert", "neutral", "test", 1.0)
        for (source, _), content in zip(sources, contents, strict=True)
    )
    index: SpeakerIndex = stage(pipeline.model)(parse=parse, layout=layout, entities=entities, attributions=attributions)
    return index
