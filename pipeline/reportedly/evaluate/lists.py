"""The word lists that the measures are defined with. They are part of the definitions: never tuned, and no part of the model."""

from __future__ import annotations

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOP_WORDS = _words(
    """
    a an the this that these those there here
    of to in on at by for from with as about into over under up out off
    and or but nor so if than then
    is are was were be been being am has have had having do does did doing
    will would shall should can could may might must not no n't 's s t
    i you he she it they we him her them us me his hers its my mine your yours their theirs our ours
    who whom whose which what
    also just very too more most some any all both each
    it's he's she's they're i'm we're
    isn't aren't wasn't weren't don't doesn't didn't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't
    """
)

_SAYING = _words(
    """
    say says said saying tell tells told telling state states stated stating statement statements add adds added adding
    claim claims claimed claiming accord according ask asks asked asking call calls called calling charges charged charging
    concede conceded concedes deny denies denied denying denial joke joked jokes notes noted noting
    question questions questioned questioning reply replies replied replying report reports reported reporting reportedly
    respond responds responded responding response spoke speech urge urges urged urging write writes wrote writing written
    cite cites cited citing continued continues continuing word words term termed terms read reads
    """
)
_SAYING_STEMS = _words(
    """
    announc argu assert assur comment complain conclud confirm contend criticiz declar describ emphasiz explain express insist
    mention observ predict promis pledg propos quot recall remark remind repeat reveal speak suggest talk testif tweet vow warn
    accus admit acknowledg advis allege shout discuss answer label dubb blast slam attack mock prais
    """
)
_SPEECH = re.compile(
    rf"\b(?:{'|'.join(sorted(_SAYING))}|(?:{'|'.join(sorted(_SAYING_STEMS))})\w*|point(?:s|ed|ing)? out)\b",
    re.IGNORECASE,
)


def names_speech(cue: str) -> bool:
    """Whether a cue holds a verb or noun of saying, as opposed to believing, wishing, planning, deciding."""
    return bool(_SPEECH.search(cue))
