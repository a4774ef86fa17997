"""Public corpora in their own formats, here as small samples made for these tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import InputError, UsageError
from reportedly.evaluate.documents import read
from reportedly.exchange.corpora import read_corpus

POLNEAR = "Mara Beck said the dam\nheld. It rained, Falk added."
ANN = """\
T1\tSource 0 9\tMara Beck
T2\tCue 10 14\tsaid
T3\tContent 15 18;23 27\tthe held
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
T5\tDiscard 29 38\tIt rained
T6\tContent 29 38\tIt rained
T7\tCue 45 50\tadded
T8\tAttribution 45 50\tadded
E2\tAttribution:T8 Cue:T7 Content2:T6
"""
TIMEML = """\
<?xml version="1.0" ?>
<TimeML>
<DOCID>dam_1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-19" functionInDocument="CREATION_TIME">March 19</TIMEX3></DCT>
<TITLE>A dam</TITLE>
<TEXT>
It <EVENT eid="e1">burst</EVENT> <TIMEX3 tid="t1" type="DATE" value="2013-03-18"> on <SIGNAL sid="s1">Monday</SIGNAL></TIMEX3> &amp; held
for <TIMEX3 tid="t2" type="DURATION" value="P2Y" mod="APPROX">about two years</TIMEX3>.
</TEXT>
</TimeML>
"""
GUM = """\
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# meta::dateCreated = 2019-05-10
# meta::title = A dam
# newpar
# newpar_block = p
# sent_id = 1
1\tMara\t_\t_\t_\t_\t0\t_\t_\tEntity=(1-person-new-n-cf1-1,2-coref-Mara_Beck
2\tBeck\t_\t_\t_\t_\t0\t_\t_\tEntity=1)
3-4\tdam's\t_\t_\t_\t_\t_\t_\t_\t_
3\tdam\t_\t_\t_\t_\t0\t_\t_\tEntity=(2-object-new-n-cf2-1-sgl)
4\t's\t_\t_\t_\t_\t0\t_\t_\t_
5\tMay\t_\t_\t_\t_\t0\t_\t_\tXML=<date when:::"2019-05-01">
6\t1\t_\t_\t_\t_\t0\t_\t_\tSpaceAfter=No|XML=</date>
7\t.\t_\t_\t_\t_\t0\t_\t_\t_

# newpar
1\tShe\t_\t_\t_\t_\t0\t_\t_\tEntity=(1-person-giv:act-n-cf1-1-ana-Mara_Beck)|SpaceAfter=No
2\t.\t_\t_\t_\t_\t0\t_\t_\t_
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return folder


def polnear(folder: Path) -> Path:
    table = "compartment\tfilename\tpublisher\tpublication_date\ttitle\ndev\tpost_dam.txt\tpost\t2016-09-12\tA dam\n"
    files = {"data/metadata.tsv": table, "data/dev/text/post_dam.txt": POLNEAR, "data/dev/text/post_none.txt": "It rained."}
    return write(folder, {**files, "data/dev/attributions/post_dam_b.ann": "", "data/dev/attributions/post_dam_a.ann": ANN})


def test_polnear(tmp_path: Path) -> None:
    assert read_corpus("polnear", polnear(tmp_path)) == [
        {
            "id": "post_dam", "text": POLNEAR, "publisher": "post", "title": "A dam", "published": "2016-09-12",
            "attributions": [
                {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 18], [23, 27]]},
                {"source": [], "cue": [[45, 50]], "content": [[29, 38]]},
            ],
        }
    ]  # fmt: skip
    assert [row["id"] for row in read_corpus("polnear", tmp_path / "data" / "dev")] == ["post_dam"]


def test_tempeval(tmp_path: Path) -> None:
    (row,) = read_corpus("tempeval", write(tmp_path, {"dam.tml": TIMEML}))
    text = "\nIt burst  on Monday & held\nfor about two years.\n"
    assert (row["id"], row["published"], row["text"]) == ("dam_1", "2013-03-19", text)
    assert [(one["type"], one["value"], one["mod"], text[one["start"] : one["end"]]) for one in row["timexes"]] == [
        ("DATE", "2013-03-18", None, "on Monday"),
        ("DURATION", "P2Y", "APPROX", "about two years"),
    ]


def test_gum(tmp_path: Path) -> None:
    (row,) = read_corpus("gum", write(tmp_path, {"dep/GUM_news_dam.conllu": GUM}))
    text: str = row["text"]
    assert (row["id"], row["title"], row["published"], text) == ("GUM_news_dam", "A dam", "2019-05-10", "Mara Beck dam's May 1.\n\nShe.")

    def marks(key: str, *names: str) -> list[tuple[Any, ...]]:
        return [(text[one["start"] : one["end"]], *(one[name] for name in names)) for one in row[key]]

    assert marks("mentions", "chain", "type", "identity") == [
        ("Mara Beck", "1", "person", "Mara_Beck"), ("dam", "2", "object", None), ("She", "1", "person", "Mara_Beck"),
    ]  # fmt: skip
    assert marks("dates", "when") == [("May 1", "2019-05-01")]


def test_what_was_converted_is_gold_for_evaluate(tmp_path: Path) -> None:
    out = tmp_path / "gold.jsonl"
    result = CliRunner().invoke(app, ["convert", "polnear", str(polnear(tmp_path / "corpus")), "--output", str(out)])
    assert result.exit_code == 0
    (document,) = read(out).values()
    assert document.attributions is not None and len(document.attributions) == 2
    assert json.loads(out.read_text(encoding="utf-8"))["text"] == POLNEAR


@pytest.mark.parametrize(
    ("form", "files", "message"),
    [
        ("polnear", {"text/a.txt": "x", "attributions/a_b.ann": "T1\tCue x y\tz"}, "a_b.ann:1: not in brat's form"),
        ("polnear", {"text/a.txt": "x", "attributions/a_b.ann": "E1\tAttribution:T1 Cue:T9"}, "a_b.ann:1: not in brat's form"),
        ("tempeval", {"a.tml": "<TimeML>"}, "a.tml: not TimeML"),
        ("tempeval", {"a.tml": "<TimeML/>"}, "a.tml: no <TEXT>"),
        ("gum", {"GUM_news_a.conllu": "1\tMara"}, "GUM_news_a.conllu:1: not GUM's CoNLL-U"),
        ("gum", {"GUM_news_a.conllu": "1\tx\t_\t_\t_\t_\t_\t_\t_\tEntity=1)"}, "GUM_news_a.conllu:1: not GUM's CoNLL-U"),
    ],
)
def test_a_file_out_of_form_is_told(form: str, files: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_corpus(form, write(tmp_path, files))
    assert message in str(error.value)


@pytest.mark.parametrize("form", ["polnear", "tempeval", "gum"])
def test_a_folder_without_articles(form: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no articles"):
        read_corpus(form, tmp_path)
