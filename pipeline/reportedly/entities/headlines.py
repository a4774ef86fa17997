"""Names in headlines: read through the names of the body, since in a title-case headline a capital says nothing."""

from __future__ import annotations

from ..findings import Layout
from ..parse import Parse
from .labels import key_of
from .mentions import Mention


def known_names(parse: Parse, layout: Layout, mentions: list[Mention]) -> list[Mention]:
    """The mentions with those of headlines put right: every name of the body that stands in a headline, the longest first;
    what the model alone saw there only where it touches none of them."""
    pages = [parse.tokens(p.start, p.end) for p in layout.paragraphs if p.kind == "headline"]
    if not pages:
        return mentions
    inside = {index for page in pages for index in page}
    body = [mention for mention in mentions if mention.first not in inside]
    labels = {key_of(parse, mention): mention.label for mention in reversed(body)}
    longest = max((key.count(" ") + 1 for key in labels), default=0)
    found = [mention for page in pages for mention in _read(parse, page, labels, longest)]
    taken = {index for mention in found for index in range(mention.first, mention.last)}
    only_there = [
        mention for mention in mentions if mention.first in inside and taken.isdisjoint(range(mention.first, mention.last))
    ]
    return sorted(body + found + only_there, key=lambda mention: mention.first)


def _read(parse: Parse, page: range, labels: dict[str, str], longest: int) -> list[Mention]:
    found = []
    index = page.start
    while index < page.stop:
        size = next(
            (n for n in range(min(longest, page.stop - index), 0, -1) if " ".join(parse.lower[index : index + n]) in labels), 0
        )
        if size and parse.word[index][0].isupper():
            found.append(Mention(index, index + size, labels[" ".join(parse.lower[index : index + size])], place="headline"))
        index += size or 1
    return found
