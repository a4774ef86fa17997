"""Records for the page's tests: an ordinary one, and one that carries what must never run."""

from __future__ import annotations

from reportedly.records import Article, Record
from reportedly.stages import Pipeline

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)></style></script><!--\u202e\u2028"
TEXT = (
    "Ada Okoro said on Monday that the dam had lost 1,500 litres, which the port denies. "
    "Mara Beck claimed that the dam was safe. \U0001f680 Beck promised to repair it by June 1."
)


def record(pipeline: Pipeline, id_: str = "dam") -> Record:
    return pipeline.record(Article(id=id_, title="A dam", text=TEXT, published="2023-05-10", publisher="The Post"))


def hostile(pipeline: Pipeline) -> Record:
    """Every field that an article brings holds markup."""
    text = f'Ada {HOSTILE} Okoro said that "{HOSTILE}" was written on Monday. Mara Beck denied that javascript:alert(3) was run. {TEXT}'
    article = Article(
        id=HOSTILE, title=HOSTILE, text=text, published="2023-05-10", publisher=HOSTILE, url=f"javascript:alert(4)//{HOSTILE}", warnings=(HOSTILE,)
    )  # fmt: skip
    return pipeline.record(article)
