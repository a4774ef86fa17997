"""What the article itself says against a claim, attached to the claim that it speaks against."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain

from ..findings import Layout, Quotation
from ..parse import Parse
from ..records import Challenge
from .draft import Draft, token_ranges
from .modality import main_head
from .rules import ChallengeRule

TRUTH_ACTS = frozenset(("assert", "deny", "accuse", "believe", "predict"))
"""Only what claims something to be so can be contradicted or lack evidence."""
BACK = 2
"""How many sentences back the challenged claim may stand."""
ALIKE = 3
"""How many longer words a corrected claim must share with its correction."""
ANYBODY = frozenset(("he", "she", "they", "it", "we", "i", "you", "who"))
ACCUSED_WITHIN = 4
"""How many sentences back a denied accusation may stand."""
ALIKE_WITHIN = 200
"""How many claims back a correction may reach."""
SCARE_WORDS, LONGEST_TERM = 2, 40
"""Scare quotes stand around so many words, and characters, at most."""
SAME = 0.6
"""The share of common characters from which two contents are challenged together."""
DENIED_WITHIN = 12
"""How many claims back a denial may reach."""
LEADING = re.compile(
    r"(?:[\s,;:–—-]|(?:but|and|yet|although|though|however|while|whereas|which|(?:for|of)\s+which|in (?:actual )?(?:fact|reality))\b)+",
    re.IGNORECASE,
)
TITLE_BEFORE = re.compile(
    r"\b(?:called|dubbed|(?:en)?titled|(?:nick)?named|known as|nickname|motto|slogan|book|film|novel|song|album|play|words?|phrase|term|qualifier"
    r"|declared|termed|deemed|considered|described as|interpreted as)(?: (?:an?|the|its|their))?[\s,:]*$",
    re.IGNORECASE,
)
ACCUSATION = re.compile(r"\b(?:charge|allegation|accusation|claim|wrongdoing)")
DETERMINER_BEFORE = re.compile(r"\b(?:an?|the|its|their|his|her|this|these|those)\s+$", re.IGNORECASE)
DENYING = frozenset(("deny", "dispute", "refute", "rebut", "contradict", "disown", "disavow"))
"""Cues that say of a statement that it is not so; others of their act ("oppose", "reject") are of opinions and wishes as often."""


class Challenges:
    """The challenge rules over one article at a time."""

    def __init__(self, rules: Iterable[ChallengeRule]) -> None:
        self.triggers: dict[str, list[ChallengeRule]] = {}
        for rule in rules:
            for word in sorted(rule.trigger):
                self.triggers.setdefault(word, []).append(rule)

    def find(self, parse: Parse, layout: Layout, drafts: Sequence[Draft]) -> list[tuple[Challenge, ...]]:
        """For each draft what challenges it, in the order of the text, at most one of each kind."""
        context = _Context(parse, layout, drafts)
        found: dict[int, dict[str, Challenge]] = defaultdict(dict)
        for number, challenge in chain(context.denials(), self._by_rules(context), _scare_quotes(parse, layout, drafts)):
            found[number].setdefault(challenge.kind, challenge)
        in_order = {
            number: sorted(by_kind.values(), key=lambda challenge: (challenge.start, challenge.end))
            for number, by_kind in found.items()
        }
        return [tuple(in_order.get(number, ())) for number in range(len(drafts))]

    def _by_rules(self, context: _Context) -> Iterator[tuple[int, Challenge]]:
        triggers, words = self.triggers, context.parse.lower
        for index in [index for index, word in enumerate(words) if word in triggers]:
            for rule in triggers[words[index]]:
                yield from self._apply(rule, index, context)

    def _apply(self, rule: ChallengeRule, trigger: int, context: _Context) -> Iterator[tuple[int, Challenge]]:
        parse = context.parse
        first, last = parse.sentences[parse.sentence[trigger]]
        for match in rule.pattern.finditer(parse.text, parse.start[first], parse.end[last - 1]):
            start, end = match.span("is")
            if not start <= parse.start[trigger] < end and not (start <= parse.start[trigger] <= match.end()):
                continue
            verb = context.clause_verb(trigger)
            relations = [parse.dep[child] for child in parse.children[verb]]
            if rule.kind == "denied" and ("neg" in relations or "auxpass" in relations):
                return  # "does not deny it", "were denied visas"
            if rule.verb and verb != trigger:
                return  # "in such disputes"
            if context.is_quoted(start):
                return
            targets = context.targets(rule, trigger, start, end, verb)
            for number in targets if rule.target == "own" else context.with_equals(targets):
                span = context.clause(verb, start, end, number) if rule.extent == "clause" else (start, end)
                if rule.needs and not rule.needs.search(parse.text, *span):
                    continue
                if not context.drafts[number].holds(*span):
                    yield number, Challenge(kind=rule.kind, start=span[0], end=span[1])
            return


class _Context:
    """The drafts of an article by sentence, and the clauses around its words."""

    def __init__(self, parse: Parse, layout: Layout, drafts: Sequence[Draft]) -> None:
        self.parse, self.drafts = parse, drafts
        self.quotations = [quotation for quotation in layout.quotations if quotation.level == 1]
        self.starts = [draft.hull[0] for draft in drafts]

    @cached_property
    def by_sentence(self) -> dict[int, list[int]]:
        """The drafts of which a content or cue span begins in a sentence, or the content ends."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, draft in enumerate(self.drafts):
            places = [span.start for span in draft.content + draft.cue] + [draft.content[-1].end - 1]
            for sentence in sorted({self.parse.sentence[self.parse.token_at(place)] for place in places}):
                found[sentence].append(number)
        return found

    def is_quoted(self, offset: int) -> bool:
        """Whether a character stands inside quotation marks: what it says is then not the article's."""
        place = bisect_right(self.quotations, offset, key=lambda quotation: quotation.start) - 1
        return place >= 0 and offset < self.quotations[place].end

    def clause_verb(self, token: int) -> int:
        """The verb of the smallest clause that holds a token."""
        for candidate in (token, *self.parse.ancestors(token)):
            if self.parse.pos[candidate] in ("VERB", "AUX") and self.parse.dep[candidate] not in ("aux", "auxpass", "amod"):
                return candidate
        return token

    def clause(self, verb: int, start: int, end: int, number: int) -> tuple[int, int]:
        """The characters of a verb's clause around `start` to `end` that are outside the challenged claim, without an opening conjunction."""
        parse, draft = self.parse, self.drafts[number]
        first, last = parse.edges[verb]
        for child in parse.children[verb]:  # a clause coordinated with it is another statement
            if parse.dep[child] in ("conj", "advcl") and parse.pos[child] in ("VERB", "AUX"):
                edge = parse.edges[child]
                if child > verb and parse.start[edge[0]] >= end:
                    last = min(last, edge[0])
                elif child < verb and parse.end[edge[1] - 1] <= start:
                    first = max(first, edge[1])
        left, right = min(start, parse.start[first]), max(end, parse.end[last - 1])
        for span in draft.content + draft.cue + draft.source:
            if left < span.end <= start:
                left = span.end
            elif end <= span.start < right:
                right = span.start
        opening = LEADING.match(parse.text, left, right)
        if opening and opening.end() <= end - 3:
            left = opening.end()
        closing = re.search(r"(?:[\s,;:.–—-]|\b(?:and|but|or)\b)+$", parse.text[left:right])
        return left, (left + closing.start() if closing else right)

    def targets(self, rule: ChallengeRule, trigger: int, start: int, end: int, verb: int) -> list[int]:
        """The numbers of the claims that a match speaks against."""
        sentence = self.parse.sentence[trigger]
        if rule.target == "object":
            return [number for number in self.by_sentence[sentence] if self._is_object(number, trigger)]
        if rule.target == "holder":
            return [] if self._opens_own_claim(sentence, start, verb) else self._holder(sentence, start, end)
        if rule.target == "alike":
            return self._told_in(sentence, start, end) or self._most_alike(sentence)
        return self._before(rule, sentence, start, end, verb)

    def _is_object(self, number: int, trigger: int) -> bool:
        head = self.drafts[number].cue_head
        if head is None or not self._can_be_challenged(number) or self.parse.pos[head] != "NOUN":
            return False
        return self.parse.head[head] == trigger and self.parse.dep[head] == "dobj"

    def _holder(self, sentence: int, start: int, end: int) -> list[int]:
        """The claim whose cue holds the words or stands next to them."""
        for number in self.by_sentence[sentence]:
            for span in self.drafts[number].cue:
                if span.start - 2 <= end and start <= span.end + 1:
                    return [number]
        return []

    def _before(self, rule: ChallengeRule, sentence: int, start: int, end: int, verb: int) -> list[int]:
        """The nearest claim that ends before: in the sentence, else in one of the sentences before it."""
        subject = self._subject(verb)
        if rule.target == "own":
            own = self._latest_by(sentence, subject)
            if own:
                return own
        here = [n for n in self.by_sentence[sentence] if self._fits(rule, n) and self.drafts[n].content[-1].end <= start]
        here = [n for n in here if not (rule.other and self._is_by(n, subject))]
        if here:
            return [max(here, key=lambda n: (self.drafts[n].content[-1].end, self.drafts[n].size))]
        if self._opens_own_claim(sentence, start, verb):
            return []
        if rule.kind == "denied" and ACCUSATION.search(self.parse.text, start, end):
            doubted = self._latest_doubted(sentence, subject)
            if doubted:
                return doubted
        for back in range(1, BACK + 1):
            there = [
                n for n in self.by_sentence.get(sentence - back, ()) if self._fits(rule, n) and self._ends_before(n, sentence)
            ]
            if there:
                there = [n for n in there if not (rule.other and self._is_by(n, subject))]
                doubted = [n for n in there if self._is_doubted(n)]
                if doubted and rule.kind == "no-evidence":
                    return doubted
                return [max(there, key=lambda n: (n in doubted, self.drafts[n].size, n))] if there else []
        return []

    def _latest_by(self, sentence: int, subject: int | None) -> list[int]:
        """The nearest claim before a sentence whose source is called like a subject that is no pronoun."""
        if subject is None or self.parse.lower[subject] in ANYBODY:
            return []
        for back in range(1, BACK + 1):
            there = [
                n for n in self.by_sentence.get(sentence - back, ()) if self._can_be_challenged(n) and self._is_by(n, subject)
            ]
            if there:
                return [max(there, key=lambda n: (self.drafts[n].size, n))]
        return []

    def _latest_doubted(self, sentence: int, subject: int | None) -> list[int]:
        """The accusation or allegation that "the charge" means, which may stand a little further back."""
        for back in range(1, ACCUSED_WITHIN + 1):
            there = [
                n for n in self.by_sentence.get(sentence - back, ()) if self._is_doubted(n) and self._ends_before(n, sentence)
            ]
            there = [n for n in there if not self._is_by(n, subject)]
            if there:
                return [max(there, key=lambda n: (self.drafts[n].size, n))]
        return []

    def with_equals(self, numbers: list[int]) -> list[int]:
        """The claims and those whose content is about the same words: a claim within a claim is challenged with it."""
        sentences = {self.parse.sentence[self.parse.token_at(self.drafts[n].content[0].start)] for n in numbers}
        near = [
            n
            for sentence in sorted(sentences)
            for n in self.by_sentence[sentence]
            if n not in numbers and self._can_be_challenged(n)
        ]
        return numbers + [
            n for n in dict.fromkeys(near) if any(_shared(self.drafts[n], self.drafts[number]) >= SAME for number in numbers)
        ]

    def denials(self) -> Iterator[tuple[int, Challenge]]:
        """Attributed denials ("denied having sold the mill") speak against what others have said in like words, or accused them of."""
        denials = [
            n for n, draft in enumerate(self.drafts) if draft.attribution and draft.attribution.lemma in DENYING and draft.pieces
        ]
        claims = [n for n, draft in enumerate(self.drafts) if self._can_be_challenged(n) and draft.pieces] if denials else []
        for number in denials:
            denial, place = self.drafts[number], bisect_left(claims, number)
            if (denial.attribution and denial.attribution.negated) or not denial.cue_pieces:
                continue
            if self.parse.pos[main_head(denial)] not in ("VERB", "AUX"):
                continue  # "denied funding for the mill"
            source = {self.parse.lower[t] for a, b in token_ranges(self.parse, denial.source) for t in range(a, b)}
            for earlier in reversed(claims[max(0, place - DENIED_WITHIN) : place]):
                draft = self.drafts[earlier]
                act = draft.attribution.act if draft.attribution else ""
                theirs = {self.parse.lower[t] for a, b in token_ranges(self.parse, draft.source) for t in range(a, b)}
                alike = len(self._lemmas(denial) & self._lemmas(draft))
                apart = draft.content[-1].end <= denial.hull[0] and act != "deny" and not source & theirs
                if apart and (alike >= 2 or (act == "accuse" and alike >= 1)):
                    yield (
                        earlier,
                        Challenge(kind="denied", start=denial.cue[0].start, end=max(denial.cue[-1].end, denial.content[-1].end)),
                    )
                    break

    def _lemmas(self, draft: Draft) -> set[str]:
        """The content words of a claim."""
        parse = self.parse
        return {
            parse.lemma[t].lower()
            for a, b in draft.pieces
            for t in range(a, b)
            if parse.pos[t] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
        }

    def _is_doubted(self, number: int) -> bool:
        attribution = self.drafts[number].attribution
        return attribution is not None and (
            attribution.act == "accuse" or (attribution.stance == "doubting" and attribution.lemma != "insist")
        )

    def _ends_before(self, number: int, sentence: int) -> bool:
        return self.drafts[number].content[-1].end <= self.parse.end[self.parse.sentences[sentence][0]]

    def _opens_own_claim(self, sentence: int, start: int, verb: int) -> bool:
        """Whether the words lie inside the content of somebody's claim: then they are theirs, not the article's.

        "Offered no evidence" may have been taken for a claim itself: its cue is the verb of the words.
        """
        told = (
            self.drafts[n] for n in self.by_sentence[sentence] if self.drafts[n].attribution and self.drafts[n].cue_head != verb
        )
        return any(span.start <= start < span.end for draft in told for span in draft.content)

    def _can_be_challenged(self, number: int) -> bool:
        attribution = self.drafts[number].attribution
        return attribution is not None and attribution.act in TRUTH_ACTS

    def _fits(self, rule: ChallengeRule, number: int) -> bool:
        """Whether a rule can speak against a draft: what lacks evidence may be a thing, what is untrue has a verb or a number."""
        if not self._can_be_challenged(number):
            return False
        tokens = (token for first, last in self.drafts[number].pieces for token in range(first, last))
        return rule.kind == "no-evidence" or any(self.parse.pos[token] in ("VERB", "AUX", "NUM") for token in tokens)

    def _subject(self, verb: int) -> int | None:
        children = self.parse.children[verb]
        return next((child for child in children if self.parse.dep[child] in ("nsubj", "nsubjpass")), None)

    def _is_by(self, number: int, subject: int | None) -> bool:
        """Whether the claim may be the subject's own: a pronoun could be anybody."""
        if subject is None:
            return False
        if (
            self.parse.lower[subject] in ANYBODY and self.parse.dep[self.parse.head[subject]] != "relcl"
        ):  # but "…, which she denies"
            return True
        words = {
            self.parse.lower[token]
            for first, last in token_ranges(self.parse, self.drafts[number].source)
            for token in range(first, last)
        }
        return self.parse.lower[subject] in words

    def _told_in(self, sentence: int, start: int, end: int) -> list[int]:
        """The claim whose cue lies in the words: "an earlier version of this report said that …"."""
        return [
            n for n in self.by_sentence[sentence] if any(start <= span.start and span.end <= end for span in self.drafts[n].cue)
        ]

    def _most_alike(self, sentence: int) -> list[int]:
        """The earlier claim, among the latest, that shares the most content words with a sentence."""
        first, last = self.parse.sentences[sentence]
        words = {
            self.parse.lemma[token].lower()
            for token in range(first, last)
            if self.parse.pos[token] in ("NOUN", "PROPN", "NUM", "VERB")
        }
        best, most = None, ALIKE - 1
        before = bisect_left(self.starts, self.parse.start[first])
        for number in range(max(0, before - ALIKE_WITHIN), before):
            draft = self.drafts[number]
            inside = {
                self.parse.lemma[token].lower() for a, b in draft.pieces for token in range(a, b) if not first <= token < last
            }
            if len(words & inside) > most:
                best, most = number, len(words & inside)
        return [] if best is None else [best]


def _shared(one: Draft, other: Draft) -> float:
    """The characters that two contents share, as a part of those of both."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    return common / (one.size + other.size - common)


def _scare_quotes(parse: Parse, layout: Layout, drafts: Sequence[Draft]) -> Iterator[tuple[int, Challenge]]:
    """A term of a word or two in quotation marks inside the reporter's own words: no title or name, and no word that the article goes on to use."""
    short = [quotation for quotation in layout.quotations if _is_term(parse, quotation)]
    uses = Counter(parse.lower) if short else Counter[str]()
    short = [quotation for quotation in short if all(uses[word] == 1 for word in _words(parse, quotation))]
    starts = [quotation.start for quotation in short]
    for number, draft in enumerate(drafts if short else ()):
        if draft.attribution is None:
            first, last = draft.hull
            for quotation in short[bisect_left(starts, first) : bisect_left(starts, last)]:
                if draft.holds(quotation.start, quotation.end):
                    yield number, Challenge(kind="scare-quote", start=quotation.start, end=quotation.end)
                    break


def _is_term(parse: Parse, quotation: Quotation) -> bool:
    """Whether a quotation is a word or two in lower case behind a determiner, and no title or name."""
    if not quotation.closed or quotation.level != 1 or quotation.end - quotation.start > LONGEST_TERM:
        return False
    words = _words(parse, quotation)
    before = max(0, quotation.start - 30), quotation.start
    if (
        not 1 <= len(words) <= SCARE_WORDS
        or not DETERMINER_BEFORE.search(parse.text, *before)
        or TITLE_BEFORE.search(parse.text, *before)
    ):
        return False
    return all(parse.word[token][0].islower() for token in parse.tokens(*quotation.inner) if parse.word[token][0].isalpha())


def _words(parse: Parse, quotation: Quotation) -> list[str]:
    """The words of a quotation in lower case, without marks."""
    return [parse.lower[token] for token in parse.tokens(*quotation.inner) if parse.word[token][0].isalnum()]
