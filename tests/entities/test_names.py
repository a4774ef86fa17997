"""Names: where they begin and end, what they are, what their fullest form is.

The answers stand in the text: `[name|LABEL]`, or `[name|LABEL=fullest form]`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportedly.entities import stage
from reportedly.records import Article, Entity

if TYPE_CHECKING:
    from reportedly.stages import Pipeline

MARK = re.compile(r"\[([^|\]]+)\|([A-Z_]+)(?:=([^\]]+))?\]")

CASES = {
    "a surname has the label and the fullest form of the full name": (
        "[Ada Okoro|PERSON], a marine biologist, warned of a flood. [Okoro|PERSON=Ada Okoro] said the wall was weak. "
        "It was [Okoro|PERSON=Ada Okoro] who built it."
    ),
    "hyphens and particles belong to the name": (
        "The winner was [Piet van der Meulen-Aziz|PERSON], a farmer. The poet [Ines d'Olmo|PERSON] cheered."
    ),
    "an initial, a nickname, a generation": (
        'The bill of [Marla K. Dunne|PERSON] failed. State Sen. [Otis "Red" Farrow|PERSON] backed it, said [Carl Benno Jr.|PERSON], a clerk.'
    ),
    "a title is no part of the name": "Prime Minister [May|PERSON] left. Detective Sergeant [Rosa Obi|PERSON] stayed with Dr. [Lund|PERSON].",
    "a month is a name after a title, and a date elsewhere": "In May the mayor fell ill. Mrs. [May|PERSON] was sworn in by May 7.",
    "the article and the possessive are no part of the name": "The [Ministry of Health|ORG]'s roof leaked, the [Harland Institute|ORG] found.",
    "an acronym means its expansion": (
        "The [North Coast Fishing Association|ORG] ([NCFA|ORG=North Coast Fishing Association]) met on Monday. "
        "The [NCFA|ORG=North Coast Fishing Association] chose a chair."
    ),
    "a dateline is a place": "[PORT ARVEL|GPE], [Norway|GPE] (AP) — A ferry sank on Sunday near the quay, and 12 people were saved by fishermen.",
    "nationalities are peoples": "A [Kenyan|NORP] runner beat two [Norwegians|NORP].",
    "quantities and dates are no entities": "Three-quarters of the 20 boats came on Monday.",
    "a firm that bears a founder's name": (
        "[Ugo Castellan|PERSON], a banker, left the firm in 2001. A [Castellan|ORG] spokesman said profits fell. "
        "[Castellan|ORG], which sells tiles, is based here. [Castellan|ORG]'s shares rose."
    ),
    "a surname that the model takes for a firm again and again": (
        "[Kyle Woodhouse|PERSON], accused of firing at a crowd, left the county jail on Friday.\n\n"
        "On Friday, [Woodhouse|PERSON=Kyle Woodhouse] was freed when bail was posted. The money for [Woodhouse|PERSON=Kyle Woodhouse] came from a "
        "drive. [Woodhouse|PERSON=Kyle Woodhouse] is accused of crossing a border. "
        "Both [Woodhouse|PERSON=Kyle Woodhouse] and a friend had planned it. "
        "Lawyers say [Woodhouse|PERSON=Kyle Woodhouse] acted alone, and that [Woodhouse|PERSON=Kyle Woodhouse] was told so. A group gave "
        "[Woodhouse|PERSON=Kyle Woodhouse] money. The court held [Woodhouse|PERSON=Kyle Woodhouse] in May. [Woodhouse|PERSON=Kyle Woodhouse] fled."
    ),
    "a country before a person is a name of its own": "President of [Argentina|GPE] [Ada Okoro|PERSON] left. [Okoro|PERSON=Ada Okoro] slept.",
    "an acronym in brackets is no part of the name": "The [Harland Trade Board|ORG] ([HTB|ORG=Harland Trade Board]) met on Monday.",
    "a plural possessive belongs to the name": "The [Swimmers' League|ORG] met in May, and the [Nurses' and Midwives' Union|ORG] did not.",
    "a title between a body and a person": "[Harland Research Institute|ORG] Director [Ane Alcott|PERSON] said the roof leaked.",
    "a surname that is a word for a place": "Dr. [Lena Park|PERSON], a surgeon, left the ward. According to [Park|PERSON=Lena Park], it was full.",
    "a town that is somebody's surname": "[Anna Paris|PERSON], a nurse, flew home. [Paris|PERSON=Anna Paris] slept. She grew up in [Paris|GPE].",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_names(marked: str, pipeline: Pipeline) -> None:
    wanted: list[tuple[int, str, str, str]] = []
    text, at = "", 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        wanted.append((len(text), match[1], match[2], match[3] or match[1]))
        text, at = text + match[1], match.end()
    text += marked[at:]

    found = entities_of(text, pipeline)

    assert [(entity.start, entity.text, entity.label, entity.name) for entity in found if entity.text != "AP"] == wanted


def test_a_title_case_headline_is_read_through_the_body(pipeline: Pipeline) -> None:
    text = (
        "Oduya Sues Veltra Group Over Bridge Delay\n\n"
        "Jane Oduya, a builder, is suing Veltra Group. Oduya said the delay was long. Veltra Group denied it.\n"
    )

    names = [(entity.text, entity.name) for entity in entities_of(text, pipeline) if entity.start < text.index("\n")]

    assert names == [("Oduya", "Jane Oduya"), ("Veltra Group", "Veltra Group")]


def entities_of(text: str, pipeline: Pipeline) -> tuple[Entity, ...]:
    values, parsed = pipeline.parse([Article(id="a", text=text)])[0]
    layout = values["layout"]
    found: tuple[Entity, ...] = stage(pipeline.model)(parse=parsed.with_text(text), layout=layout)
    return found
