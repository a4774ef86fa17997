"""An article's claims in the terminal."""

from __future__ import annotations

import io

from rich.console import Console

from reportedly.records import Challenge, Checkable, Claim, Content, Cue, Date, Record, Source, Span, Speaker, digest
from reportedly.show.terminal import show, show_top

TEXT = "Okoro claims the mill burned on Monday, which Varga denies. The mill burned on Monday, Okoro repeated. It\x1b[2J did."


def part(words: str, at: int = 0) -> dict[str, object]:
    start = TEXT.index(words, at)
    return {"spans": (Span(start=start, end=start + len(words)),), "text": words}


def claim(id_: str, source: str, cue: str, content: str, at: int = 0, **changes: object) -> Claim:
    fields: dict[str, object] = {
        "id": id_, "kind": "attributed", "quote": "indirect", "content": Content(**part(content, at)), "reading": content,
        "polarity": "positive", "certainty": "certain",
        "source": Source(**part(source), speaker="s1", name="Ada Okoro"), "cue": Cue(**part(cue), lemma=cue, act="assert", stance="doubting"),
    }  # fmt: skip
    return Claim(**(fields | changes))


RECORD = Record(
    id="mill",
    title="A fire",
    text=TEXT,
    sha256=digest(TEXT),
    dates=(Date(id="d1", start=32, end=38, text="Monday", type="DATE", value="2023-05-08", first="2023-05-08", last="2023-05-08"),),
    speakers=(Speaker(id="s1", name="Ada Okoro", kind="person", mentions=()),),
    claims=(
        claim("c1", "Okoro", "claims", "the mill burned on Monday", dates=("d1",), challenges=(Challenge(kind="denied", start=46, end=58),)),
        claim("c2", "Okoro", "repeated", "The mill burned on Monday", repeats="c1"),
        claim("c3", "Okoro", "claims", "burned", parent="c1", polarity="negative"),
        Claim(id="c4", kind="narrated", quote="indirect", source=None, cue=None, content=Content(**part("It\x1b[2J did")),
              reading="It\x1b[2J did", polarity="positive", certainty="certain"),
    ),
    warnings=("no publication date: years unknown",),
)  # fmt: skip


def shown() -> list[str]:
    output = io.StringIO()
    show([RECORD], Console(file=output, width=80))
    return output.getvalue().splitlines()


def test_source_cue_content_with_what_is_said_about_them() -> None:
    assert shown() == [
        "A fire  (mill, no publication date)",
        "4 claims, 1 speakers, 1 dates, 0 quantities",
        "c1  Okoro [Ada Okoro] → claims → the mill burned on Monday",
        "    Monday = 2023-05-08",
        "    denied: Varga denies",
        "    said again: c2",
        "    c3  Okoro [Ada Okoro] → claims → burned",
        "        negative",
        "c4  the article → It\ufffd[2J did",
        "warning: no publication date: years unknown",
        "",
    ]


def test_the_best_to_check_of_a_run_come_first_with_their_reasons() -> None:
    scores = {"c1": Checkable(score=0.4, objections=("a feeling",)), "c2": Checkable(score=0.9), "c3": Checkable(score=0.8, reasons=("a date",))}
    claims = tuple(claim.model_copy(update={"checkable": scores.get(claim.id)}) for claim in RECORD.claims)
    output = io.StringIO()

    show_top([RECORD.model_copy(update={"claims": claims})], Console(file=output, width=80), 20)

    lines = output.getvalue().splitlines()
    assert [line for line in lines if line.startswith("0")] == ["0.80  mill", "0.40  mill"]
    assert lines[1].startswith("    c3") and "        + a date" in lines
    assert lines[-1] == "        - a feeling"


def test_colour_is_for_a_terminal() -> None:
    output = io.StringIO()
    show([RECORD], Console(file=output, force_terminal=True, color_system="standard", width=80))
    assert "\x1b[" in output.getvalue()
    assert not any("\x1b" in line for line in shown())
