"""He and she: every person who appeared shortly before is weighed; the heaviest is meant, if it is clearly the heaviest."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise, takewhile

from ..gazetteer import Sex
from ..parse import Parse
from .figures import OPEN, Appearance, Figure, Finding, Setting

PRONOUNS: dict[str, Sex] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
SUBJECTS = frozenset(("nsubj", "nsubjpass", "agent"))
RELATIVE = frozenset(("WDT", "WP"))
OBJECTS = frozenset(("dobj", "dative", "pobj"))

RECENCY = (3.0, 2.2, 1.2, 0.4)
"""What an appearance weighs in the pronoun's own sentence, in the one before, and so on; further back it weighs nothing."""
SUBJECT = 1.0
SPEAKER = 0.4
KNOWN_SEX = 1.0
OTHER_PARAGRAPH = -0.3
OTHER_SPEECH = -1.5
UNNAMED = -0.4
AGAIN = 0.3
GOVERNS = 2.0
"""The subject of a verb in whose clause the pronoun stands: "X said that he …"."""
FLOOR, MARGIN, SURE = 2.0, 1.2, 2.0
"""The least weight of an antecedent, by how much it must outweigh the next, and by how much for the pronoun to tell its sex.
Weights and bounds were set on development articles."""


def antecedent(parse: Parse, token: int, history: list[Appearance], at: Mapping[int, Finding], setting: Setting) -> Finding:
    """Whom the pronoun at `token` means; open, with the rivals, where two weigh about the same. A figure without a name competes, but never wins."""
    sex = PRONOUNS[parse.lower[token]]
    ranked = sorted(_weights(parse, token, sex, history, at, setting).items(), key=lambda item: -item[1])
    if not ranked:
        return OPEN
    best, weight = ranked[0]
    rivals = [figure for figure, other in ranked[1:] if other > weight - MARGIN]
    if weight < FLOOR or rivals or not best.name:
        return Finding(None, "pronoun", tuple(figure.name for figure in (best, *rivals) if figure.name))
    if len(ranked) == 1 or weight - ranked[1][1] >= SURE:
        best.sex = best.sex or sex
    return Finding(best, "pronoun, one fits" if len(ranked) == 1 else "pronoun")


def _weights(
    parse: Parse, token: int, sex: Sex, history: list[Appearance], at: Mapping[int, Finding], setting: Setting
) -> dict[Figure, float]:
    paragraph, speech = setting.paragraph[token], setting.speech[token]
    count = setting.told if speech < 0 else parse.sentence  # between the writer's own sentences quotations do not count
    excluded = _excluded(parse, token, at, setting)
    governors = governing_subjects(parse, token)
    beside = [] if parse.dep[token] in ("nsubj", "nsubjpass") else _beside(parse, token, sex, history)
    weights: dict[Figure, float] = {}
    for appearance in reversed(history):
        figure, distance = appearance.figure, count[token] - count[appearance.token]
        if distance >= len(RECENCY):
            break
        if figure in excluded or (figure.sex is not None and figure.sex != sex):
            continue
        same = parse.sentence[token] == parse.sentence[appearance.token]
        contested = same and any(other.token > appearance.token and other.figure is not figure for other in beside)
        weight = RECENCY[distance]
        weight += SUBJECT if appearance.subject and not contested else 0.0
        weight += SPEAKER if appearance.token in setting.speaking else 0.0
        weight += KNOWN_SEX if figure.sex == sex else 0.0
        weight += OTHER_PARAGRAPH if setting.paragraph[appearance.token] != paragraph else 0.0
        weight += OTHER_SPEECH if appearance.quoted and setting.speech[appearance.token] != speech else 0.0
        weight += UNNAMED if figure.kind == "unnamed" else 0.0
        weight += GOVERNS if appearance.token in governors and not contested else 0.0
        weights[figure] = max(weights[figure], weight) + AGAIN if figure in weights else weight
    return weights


def _beside(parse: Parse, token: int, sex: Sex, history: list[Appearance]) -> list[Appearance]:
    """Who else of that sex stands in the sentence of a possessive or object: in "X thanked Y for his help" it need not be the subject."""
    first = parse.sentences[parse.sentence[token]][0]
    here = takewhile(lambda appearance: appearance.token >= first, reversed(history))
    return [appearance for appearance in here if appearance.token < token and appearance.figure.sex in (sex, None)]


def _excluded(parse: Parse, token: int, at: Mapping[int, Finding], setting: Setting) -> set[Figure]:
    """Whom a pronoun cannot mean: the speaker of the speech that it stands in; as an object, the subject of its own verb, or of the
    one above a verb without ("X tried to help him");
    as a subject, who acts in a participle before it ("Asked by X, she said …")."""
    tokens = set[int]()
    if setting.speech[token] in setting.voice:
        tokens.add(setting.voice[setting.speech[token]])
    if parse.dep[token] in OBJECTS and not parse.lower[token].endswith("self"):
        verb = next((above for above in parse.ancestors(token) if _subjects(parse, above)), token)
        tokens.update(_subjects(parse, verb))
        if parse.dep[verb] == "relcl":
            tokens.add(parse.head[verb])
    elif parse.dep[token] in ("nsubj", "nsubjpass"):
        participles = [
            child
            for child in parse.children[parse.head[token]]
            if parse.dep[child] == "advcl" and parse.tag[child] in ("VBN", "VBG")
        ]
        agents = [agent for verb in participles for agent in parse.children[verb] if parse.dep[agent] == "agent"]
        tokens.update(inner for agent in agents for inner in parse.children[agent])
    return {found.figure for index in tokens if (found := at.get(index)) and found.figure}


def _subjects(parse: Parse, verb: int) -> list[int]:
    return [child for child in parse.children[verb] if parse.dep[child] in SUBJECTS]


def governing_subjects(parse: Parse, token: int) -> set[int]:
    """The subjects of the verbs in whose clauses a pronoun stands; of a relative clause, its antecedent."""
    found = set[int]()
    for below, above in pairwise((token, *parse.ancestors(token))):
        if parse.pos[above] in ("VERB", "AUX"):
            subjects = [
                child
                for child in parse.children[above]
                if child != below and child < token and parse.dep[child] in ("nsubj", "nsubjpass")
            ]
            found.update(
                parse.head[above] if parse.tag[child] in RELATIVE and parse.dep[above] == "relcl" else child for child in subjects
            )
    return found
