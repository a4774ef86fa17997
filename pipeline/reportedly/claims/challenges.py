"""What the article itself says against a claim, attached to the claim that it speaks against."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..findings import Layout
from ..parse import Parse
from ..records import Challenge
from .draft import Draft, token_ranges
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
SCARE_WORDS = 2
SAME = 0.6
"""The share of common characters from which two contents are challenged together."""
DENIED_WITHIN = 12
"""How many claims back a denial may reach."""
LEADING = re.compile(
    r"(?:[\s,;:–—-]|(?:but|and|yet|although|though|however|while|whereas|which|(?:for|of)\s+which|in (?:actual )?(?:fact|reality))\b)+", re.IGNORECASE
)
TITLE_BEFORE = re.compile(
    r"\b(?:called|dubbed|(?:en)?titled|(?:nick)?named|known as|nickname|motto|slogan|book|film|novel|song|album|play|words?|phrase|term)[\s,:]*$",
    re.IGNORECASE,
)


class Challenges:
    """The challenge rules over one article at a time."""

    def __init__(self, rules: Iterable[ChallengeRule]) -> None:
        self.triggers: dict[str, list[ChallengeRule]] = {}
        for rule in rules:
            for word in sorted(rule.trigger):
                self.triggers.setdefault(word, []).append(rule)

    def find(self, parse: Parse, layout: Layout, drafts: Sequence[Draft]) -> list[tuple[Challenge, ...]]:
        """For each draft what challenges it, in the order of the text, at most one of each kind."""
        context = _Context(parse, drafts)
        found: list[dict[str, Challenge]] = [{} for _ in drafts]
        for number, challenge in context.denials():
            found[number].setdefault(challenge.kind, challenge)
        for index, word in enumerate(parse.lower):
            if word in self.triggers:
                for rule in self.triggers[word]:
                    for number, challenge in self._apply(rule, index, context):
                        found[number].setdefault(challenge.kind, challenge)
        for number, challenge in _scare_quotes(parse, layout, drafts):
            found[number].setdefault(challenge.kind, challenge)
        return [tuple(sorted(challenges.values(), key=lambda challenge: (challenge.start, challenge.end))) for challenges in found]

    def _apply(self, rule: ChallengeRule, trigger: int, context: _Context) -> Iterator[tuple[int, Challenge]]:
        parse = context.parse
        first, last = parse.sentences[parse.sentence[trigger]]
        for match in rule.pattern.finditer(parse.text, parse.start[first], parse.end[last - 1]):
            start, end = match.span("is")
            if not start <= parse.start[trigger] < end and not (start <= parse.start[trigger] <= match.end()):
                continue
            verb = context.clause_verb(parse.token_at(parse.start[trigger]))
            if rule.kind == "denied" and any(parse.dep[child] == "neg" for child in parse.children[verb]):
                return  # "does not deny it"
            for number in context.with_equals(context.targets(rule, trigger, start, end, verb)):
                span = context.clause(verb, start, end, number) if rule.extent == "clause" else (start, end)
                if rule.needs and not rule.needs.search(parse.text, *span):
                    continue
                if not context.drafts[number].holds(*span):
                    yield number, Challenge(kind=rule.kind, start=span[0], end=span[1])
            return


class _Context:
    """The drafts of an article by sentence, and the clauses around its words."""

    def __init__(self, parse: Parse, drafts: Sequence[Draft]) -> None:
        self.parse, self.drafts = parse, drafts
        self.starts = [draft.hull[0] for draft in drafts]
        self.by_sentence: dict[int, list[int]] = defaultdict(list)
        for number, draft in enumerate(drafts):
            for sentence in sorted({parse.sentence[parse.token_at(span.start)] for span in draft.content + draft.cue}):
                self.by_sentence[sentence].append(number)

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
            return self._holder(sentence, start, end)
        if rule.target == "alike":
            return self._most_alike(sentence)
        return self._before(rule, sentence, start, verb)

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

    def _before(self, rule: ChallengeRule, sentence: int, start: int, verb: int) -> list[int]:
        """The nearest claim that ends before: in the sentence, else in one of the sentences before it."""
        subject = self._subject(verb)
        here = [n for n in self.by_sentence[sentence] if self._can_be_challenged(n) and self.drafts[n].content[-1].end <= start]
        here = [n for n in here if not (rule.other and self._is_by(n, subject))]
        if here:
            return [max(here, key=lambda n: (self.drafts[n].content[-1].end, self.drafts[n].size))]
        if self._opens_own_claim(sentence, start):
            return []
        if rule.kind == "denied":
            doubted = self._latest_doubted(sentence, subject)
            if doubted:
                return doubted
        for back in range(1, BACK + 1):
            there = [n for n in self.by_sentence.get(sentence - back, ()) if self._can_be_challenged(n) and self._ends_before(n, sentence)]
            if there:
                there = [n for n in there if not (rule.other and self._is_by(n, subject))]
                doubted = [n for n in there if self._is_doubted(n)]
                if doubted and rule.kind == "no-evidence":
                    return doubted
                return [max(there, key=lambda n: (n in doubted, self.drafts[n].size, n))] if there else []
        return []

    def _latest_doubted(self, sentence: int, subject: int | None) -> list[int]:
        """What is denied is most often an accusation or an allegation, also one a little further back."""
        for back in range(1, ACCUSED_WITHIN + 1):
            there = [n for n in self.by_sentence.get(sentence - back, ()) if self._is_doubted(n) and self._ends_before(n, sentence)]
            there = [n for n in there if not self._is_by(n, subject)]
            if there:
                return [max(there, key=lambda n: (self.drafts[n].size, n))]
        return []

    def with_equals(self, numbers: list[int]) -> list[int]:
        """The claims and those whose content is about the same words: a claim within a claim is challenged with it."""
        sentences = {self.parse.sentence[self.parse.token_at(self.drafts[n].content[0].start)] for n in numbers}
        near = [n for sentence in sorted(sentences) for n in self.by_sentence[sentence] if n not in numbers and self._can_be_challenged(n)]
        return numbers + [n for n in dict.fromkeys(near) if any(_shared(self.drafts[n], self.drafts[number]) >= SAME for number in numbers)]

    def denials(self) -> Iterator[tuple[int, Challenge]]:
        """Attributed denials ("denied having sold the mill") speak against what others have said in like words, or accused them of."""
        claims = [n for n, draft in enumerate(self.drafts) if self._can_be_challenged(n) and draft.pieces]
        for place, number in enumerate(claims):
            denial = self.drafts[number]
            if denial.attribution is None or denial.attribution.act != "deny" or denial.attribution.negated or not denial.cue_pieces:
                continue
            source = {self.parse.lower[t] for a, b in token_ranges(self.parse, denial.source) for t in range(a, b)}
            for earlier in reversed(claims[max(0, place - DENIED_WITHIN) : place]):
                draft = self.drafts[earlier]
                act = draft.attribution.act if draft.attribution else ""
                theirs = {self.parse.lower[t] for a, b in token_ranges(self.parse, draft.source) for t in range(a, b)}
                alike = len(self._lemmas(denial) & self._lemmas(draft))
                if act != "deny" and not source & theirs and (alike >= 2 or (act == "accuse" and alike >= 1)):
                    yield earlier, Challenge(kind="denied", start=denial.cue[0].start, end=max(denial.cue[-1].end, denial.content[-1].end))
                    break

    def _lemmas(self, draft: Draft) -> set[str]:
        """The content words of a claim."""
        parse = self.parse
        return {parse.lemma[t].lower() for a, b in draft.pieces for t in range(a, b) if parse.pos[t] in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")}

    def _is_doubted(self, number: int) -> bool:
        attribution = self.drafts[number].attribution
        return attribution is not None and (attribution.act == "accuse" or attribution.stance == "doubting")

    def _ends_before(self, number: int, sentence: int) -> bool:
        return self.drafts[number].content[-1].end <= self.parse.end[self.parse.sentences[sentence][0]]

    def _opens_own_claim(self, sentence: int, start: int) -> bool:
        """Whether the words lie inside the content of somebody's claim: then they are theirs, not the article's."""
        told = (self.drafts[n] for n in self.by_sentence[sentence] if self.drafts[n].attribution)
        return any(span.start <= start < span.end for draft in told for span in draft.content)

    def _can_be_challenged(self, number: int) -> bool:
        attribution = self.drafts[number].attribution
        return attribution is not None and attribution.act in TRUTH_ACTS

    def _subject(self, verb: int) -> int | None:
        children = self.parse.children[verb]
        return next((child for child in children if self.parse.dep[child] in ("nsubj", "nsubjpass")), None)

    def _is_by(self, number: int, subject: int | None) -> bool:
        """Whether the claim may be the subject's own: a pronoun could be anybody."""
        if subject is None:
            return False
        if self.parse.lower[subject] in ANYBODY and self.parse.dep[self.parse.head[subject]] != "relcl":  # but "…, which she denies"
            return True
        words = {self.parse.lower[token] for first, last in token_ranges(self.parse, self.drafts[number].source) for token in range(first, last)}
        return self.parse.lower[subject] in words

    def _most_alike(self, sentence: int) -> list[int]:
        """The earlier claim, among the latest, that shares the most content words with a sentence."""
        first, last = self.parse.sentences[sentence]
        words = {self.parse.lemma[token].lower() for token in range(first, last) if self.parse.pos[token] in ("NOUN", "PROPN", "NUM", "VERB")}
        best, most = None, ALIKE - 1
        before = bisect_left(self.starts, self.parse.start[first])
        for number in range(max(0, before - ALIKE_WITHIN), before):
            draft = self.drafts[number]
            inside = {self.parse.lemma[token].lower() for a, b in draft.pieces for token in range(a, b) if not first <= token < last}
            if len(words & inside) > most:
                best, most = number, len(words & inside)
        return [] if best is None else [best]


def _shared(one: Draft, other: Draft) -> float:
    """The characters that two contents share, as a part of those of both."""
    common = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    return common / (one.size + other.size - common)


def _scare_quotes(parse: Parse, layout: Layout, drafts: Sequence[Draft]) -> Iterator[tuple[int, Challenge]]:
    """A term of a word or two in quotation marks inside the reporter's own words, that is no title or name."""
    short = []
    for quotation in layout.quotations:
        tokens = parse.tokens(*quotation.inner)
        words = [token for token in tokens if parse.word[token][0].isalnum()]
        term = quotation.closed and 1 <= len(words) <= SCARE_WORDS and all(parse.word[token][0].islower() for token in words)
        if term and not TITLE_BEFORE.search(parse.text, max(0, quotation.start - 30), quotation.start):
            short.append(quotation)
    for number, draft in enumerate(drafts):
        for quotation in short:
            if draft.attribution is None and draft.holds(quotation.start, quotation.end):
                yield number, Challenge(kind="scare-quote", start=quotation.start, end=quotation.end)
                break
