"""A run over many articles: nothing is lost, nothing is written twice, nothing that was there is damaged."""

from __future__ import annotations

import errno
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import fakes
import pytest
from fakes import BrokenModel, DeadlyModel, Load, mixed, record
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.batch import Summary, errors_path, here, in_workers, refuse_among, run
from reportedly.batch.output import Output
from reportedly.batch.work import Work
from reportedly.errors import InputError, RuleError, UsageError
from reportedly.records import Article, from_json, to_json

Item = Article | InputError


def articles(*texts: str) -> list[Item]:
    return [Article(id=f"a{number}", text=text, path=f"in/{number}.txt") for number, text in enumerate(texts)]


def unreadable(id_: str) -> InputError:
    error = InputError("empty", path=f"in/{id_}.txt", remedy="give it a text")
    error.id = id_
    return error


def lines(items: Iterable[Item]) -> bytes:
    good = (item for item in items if isinstance(item, Article) and "poison" not in item.text)
    return b"".join(to_json(record(item)).encode() + b"\n" for item in good)


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".jsonl"))


def test_records_go_to_the_output_and_what_failed_beside_it(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    items = [*articles("One.", "poison", "Three."), unreadable("x")]
    summary = run(items, out, here(Load()))
    assert (summary.articles, summary.records, summary.errors) == (4, 2, 2)
    assert str(summary) == "4 articles: 2 records, 2 errors"
    assert [from_json(line).id for line in out.read_text(encoding="utf-8").splitlines()] == ["a0", "a2"]
    failed = [json.loads(line) for line in (tmp_path / "run.errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert failed[1] == {"id": "x", "path": "in/x.txt", "line": None, "error": "empty", "value": None, "remedy": "give it a text"}
    assert (failed[0]["id"], failed[0]["path"], failed[0]["error"]) == ("a1", "in/1.txt", "a stage failed: ValueError: a bad word")
    assert leftovers(tmp_path) == []


def test_a_run_without_errors_leaves_no_errors_of_an_earlier_one(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    run(articles("poison"), out, here(Load()))
    run(articles("One."), out, here(Load()), force=True)
    assert not errors_path(out).exists()


def test_half_a_surrogate_in_an_error_is_written_as_its_escape(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    run([unreadable("x\udc80")], out, here(Load()))
    assert ids(errors_path(out)) == ["x\udc80"]


@pytest.mark.parametrize(
    ("before", "options", "message"),
    [
        (["run.jsonl"], {}, "the output exists"),
        (["run.jsonl.part"], {}, "not finished"),
        ([], {"resume": True, "force": True}, "contradict"),
        (["run.jsonl/x"], {"force": True}, "not a file"),
        (["run.jsonl"], {"resume": True}, "no record"),
    ],
)
def test_an_output_in_the_way_is_left_alone(tmp_path: Path, before: list[str], options: dict[str, bool], message: str) -> None:
    for name in before:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine\n")
    with pytest.raises(UsageError, match=message):
        run(articles("One."), tmp_path / "run.jsonl", here(Load()), **options)
    assert [(tmp_path / name).read_text() for name in before] == ["mine\n"] * len(before)


def test_an_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot write"):
        run(articles("One."), tmp_path / "file" / "run.jsonl", here(Load()))


@pytest.mark.parametrize("name", ["run.jsonl", "run.errors.jsonl", "run.manifest.json", "run.jsonl.part", "run.errors.jsonl.part"])
def test_a_file_of_the_run_among_the_input_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="among the input"):
        refuse_among(tmp_path / "run.jsonl", [tmp_path / "other.txt", tmp_path / name])


def test_an_output_among_the_input_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    refuse_among(tmp_path / "out.jsonl", ["-", str(tmp_path / "in")])
    for output in (tmp_path / "in" / "deep" / "out.jsonl", tmp_path / "in"):
        with pytest.raises(UsageError, match="among the input"):
            refuse_among(output, [tmp_path / "in"])


def test_a_run_that_breaks_off_leaves_the_old_output_and_can_be_resumed(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    run(articles("Old."), out, here(Load()))
    old = out.read_bytes()
    items = articles(*(f"Text {number}." for number in range(30)))

    def broken() -> Iterable[Item]:
        yield from items[:20]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(broken(), out, here(Load()), force=True)
    assert out.read_bytes() == old and leftovers(tmp_path) == ["run.jsonl.part", "run.manifest.json.part"]
    summary = run(items, out, here(Load()), resume=True)
    assert summary.reused == 16  # two whole chunks were finished
    assert out.read_bytes() == lines(items) and leftovers(tmp_path) == []


def test_resume_does_only_what_is_new_changed_or_failed(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    run([*articles("One.", "poison", "Three.", "Four."), unreadable("x")], out, here(Load()))
    dated = Article(id="a3", text="Four.", published="2023-05-10")
    grown = [*articles("One.", "Mended.", "Three, changed."), dated, Article(id="x", text="Readable."), *articles("One.")[:0]]
    summary = run(grown, out, here(Load()), resume=True)
    assert (summary.records, summary.errors, summary.reused, summary.kept) == (5, 0, 1, 0)
    assert out.read_bytes() == lines(grown) and not errors_path(out).exists()


def test_resume_drops_no_record_of_an_article_that_is_not_in_the_input(tmp_path: Path) -> None:
    out = tmp_path / "run.jsonl"
    run(articles("One.", "Two."), out, here(Load()))
    summary = run([Article(id="b", text="New.")], out, here(Load()), resume=True)
    assert ids(out) == ["b", "a0", "a1"]
    assert str(summary) == "1 article: 1 record, 0 errors; 2 earlier records kept of articles not in this input"


NOW, BEFORE = {"rules": "new"}, {"rules": "old"}


def manifest(folder: Path) -> object:
    """What the records were made with, according to the manifest; None without one."""
    path = folder / "run.manifest.json"
    return {key: value for key, value in json.loads(path.read_text(encoding="utf-8")).items() if key != "run"} if path.exists() else None


@pytest.mark.parametrize(("made_with", "reused"), [(NOW, 3), (BEFORE, 0), (None, 0)])
def test_resume_takes_over_only_what_was_made_with_the_same(tmp_path: Path, made_with: dict[str, str] | None, reused: int) -> None:
    out, items = tmp_path / "run.jsonl", articles("One.", "Two.", "Three.")
    run(items, out, here(Load()), stamp=made_with)
    assert manifest(tmp_path) == made_with
    assert run(items, out, here(Load()), stamp=NOW, resume=True).reused == reused
    assert manifest(tmp_path) == NOW and out.read_bytes() == lines(items)


def test_a_manifest_counts_the_run(tmp_path: Path) -> None:
    run([*articles("One.", "poison"), unreadable("x")], tmp_path / "run.jsonl", here(Load()), stamp=NOW)
    counts = json.loads((tmp_path / "run.manifest.json").read_text(encoding="utf-8"))["run"]
    assert counts.pop("seconds") >= 0
    assert counts == {"articles": 3, "records": 1, "errors": 2, "reused": 0, "kept": 0}


def test_records_of_two_makers_are_never_mixed_and_no_work_is_lost(tmp_path: Path) -> None:
    out, items = tmp_path / "run.jsonl", articles("One.", "Two.")
    run(items, out, here(Load()), stamp=BEFORE)
    old = out.read_bytes()
    with pytest.raises(UsageError, match=r"1 records of articles not in this input.*'a1'"):
        run(items[:1], out, here(Load()), stamp=NOW, resume=True)
    assert (out.read_bytes(), manifest(tmp_path)) == (old, BEFORE)
    summary = run(items, out, here(Load()), stamp=NOW, resume=True)
    assert (summary.reused, summary.kept, manifest(tmp_path)) == (1, 0, NOW)


def broken_off(items: list[Item]) -> Iterable[Item]:
    yield from items
    raise KeyboardInterrupt


@pytest.mark.parametrize(("begun", "made_with", "reused"), [(20, NOW, 16), (20, BEFORE, 0), (0, NOW, 0)])
def test_a_forced_run_that_broke_off_takes_over_nothing_of_the_output_before(
    tmp_path: Path, begun: int, made_with: dict[str, str], reused: int
) -> None:
    out, items = tmp_path / "run.jsonl", articles(*(f"Text {number}." for number in range(30)))
    run([*items, Article(id="stray", text="Old.")], out, here(Load()), stamp=NOW)
    with pytest.raises(KeyboardInterrupt):
        run(broken_off(items[:begun]), out, here(Load()), stamp=made_with, force=True)
    summary = run(items, out, here(Load()), stamp=NOW, resume=True)
    assert (summary.reused, summary.kept) == (reused, 0)
    assert out.read_bytes() == lines(items) and leftovers(tmp_path) == ["run.manifest.json"]


@pytest.mark.parametrize("line", ['{"schema":"reportedly/1"}', '{"schema":"reportedly/1","id":["a0"]}', "[" * 100_000])
def test_an_output_that_holds_no_records_is_not_continued(tmp_path: Path, line: str) -> None:
    (tmp_path / "run.jsonl").write_text(line + "\n")
    with pytest.raises(UsageError, match="no record"):
        run(articles("One."), tmp_path / "run.jsonl", here(Load()), resume=True)


@pytest.mark.parametrize("tail", [b"", b'{"schema": "repor', b'{"schema": "reportedly/1", "id": "a1"}', b"\x00\x00\xff", b"\n"])
def test_a_partial_line_is_never_kept(tmp_path: Path, tail: bytes) -> None:
    out, items = tmp_path / "run.jsonl", articles("One.", "Two.", "Three.")
    (tmp_path / "run.jsonl.part").write_bytes(lines(items[:1]) + tail)
    summary = run(items, out, here(Load()), resume=True)
    assert (summary.reused, out.read_bytes()) == (1, lines(items))


def test_killed_at_any_moment_it_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    whole, out, part = tmp_path / "whole.jsonl", tmp_path / "run.jsonl", tmp_path / "run.jsonl.part"
    run(mixed(), whole, here(Load()))
    moments = random.Random(7)
    killed = 0
    for _ in range(4):
        finished = part.stat().st_size if part.exists() else 0
        process = subprocess.Popen([sys.executable, fakes.__file__, str(out)])
        while process.poll() is None and (not part.exists() or part.stat().st_size <= finished):
            time.sleep(0.001)
        time.sleep(moments.uniform(0, 0.03))
        process.kill()
        killed += process.wait() != 0
    assert killed and not out.exists()
    assert run(mixed(), out, here(Load()), resume=True).reused >= 8
    assert out.read_bytes() == whole.read_bytes()
    assert errors_path(out).read_bytes() == errors_path(whole).read_bytes()


def interrupt(_: Output) -> None:
    raise KeyboardInterrupt


def test_a_resumed_run_that_dies_while_it_puts_the_output_together_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, items = tmp_path / "run.jsonl", articles("One.", "Two.", "Three.")
    run(items[1:], out, here(Load()))
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Output, "_assemble", interrupt)
        run(items, out, here(Load()), resume=True)
    assert run(items, out, here(Load()), resume=True).reused == 3
    assert out.read_bytes() == lines(items)


@settings(max_examples=100, deadline=None)
@given(kinds=st.lists(st.sampled_from(["good", "poison", "unreadable"]), max_size=40), cut=st.integers(0, 40))
def test_records_and_errors_are_the_articles(tmp_path_factory: pytest.TempPathFactory, kinds: list[str], cut: int) -> None:
    out = tmp_path_factory.mktemp("run") / "run.jsonl"
    items = [unreadable(item.id) if item.text == "unreadable" else item for item in articles(*kinds) if isinstance(item, Article)]
    run(items[:cut], out, here(Load()))
    summary = run(items, out, here(Load()), resume=True)
    assert summary.records + summary.errors == summary.articles == len(items)
    assert sorted(ids(out) + ids(errors_path(out))) == sorted(f"a{number}" for number in range(len(items)))
    assert out.read_bytes() == lines(items)


def test_workers_write_what_one_process_writes(tmp_path: Path) -> None:
    items = articles(*(("poison" if number % 9 == 4 else f"Text {number}.") for number in range(50)))
    items.insert(11, unreadable("x"))
    seen: list[int] = []
    summaries = [
        run(items, tmp_path / "one.jsonl", here(Load())),
        run(items, tmp_path / "two.jsonl", in_workers(Load(), 2), progress=lambda summary: seen.append(summary.articles)),
    ]
    assert summaries[0] == summaries[1] == Summary(51, 44, 7)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    assert (tmp_path / "one.errors.jsonl").read_bytes() == (tmp_path / "two.errors.jsonl").read_bytes()
    assert seen == list(range(1, 52))


def test_workers_do_not_read_ahead_without_bound() -> None:
    given_out = 0

    def endless() -> Iterable[Item]:
        nonlocal given_out
        for given_out in range(1, 10_000):
            yield Article(id=str(given_out), text="One.")

    results = in_workers(Load(), 2)(endless())
    for _ in range(3):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert given_out <= 40


def test_a_worker_that_dies_costs_only_the_article_that_killed_it(tmp_path: Path) -> None:
    items = articles(*("die" if number == 13 else f"Text {number}." for number in range(40)))
    summary = run(items, tmp_path / "run.jsonl", in_workers(Load(), 2))
    assert (summary.records, summary.errors) == (39, 1)
    (failed,) = errors_path(tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(failed)["id"] == "a13" and "died" in json.loads(failed)["error"]


def test_workers_end_with_a_run_that_is_killed(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, fakes.__file__, str(tmp_path / "run.jsonl"), "2"])
    while process.poll() is None and not (tmp_path / "run.jsonl.part").exists():
        time.sleep(0.01)
    begun = set(children(process.pid))
    until = time.monotonic() + 30
    while len(begun) < 3 and time.monotonic() < until:  # two workers, and what tracks their resources
        time.sleep(0.01)
        begun |= set(children(process.pid))
    time.sleep(1)
    process.kill()
    process.wait()
    until = time.monotonic() + 30
    while any(map(runs, begun)) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(begun) >= 3 and not any(map(runs, begun))


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("work", [here(Load(), seconds=0.3), in_workers(Load(), 2, seconds=0.3)], ids=["here", "workers"])
def test_an_article_that_hangs_costs_itself_only(tmp_path: Path, work: Work) -> None:
    items = articles(*("stall" if number in (0, 5, 6, 20) else f"Text {number}." for number in range(30)))
    summary = run(items, tmp_path / "run.jsonl", work)
    assert (summary.records, summary.errors) == (26, 4)
    failed = [json.loads(line) for line in errors_path(tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in failed] == ["a0", "a5", "a6", "a20"]
    assert {(each["error"], "--time-limit" in each["remedy"]) for each in failed} == {("not done in 0.3 seconds", True)}


def test_a_time_limit_ends_with_its_article(tmp_path: Path) -> None:
    run(articles("One."), tmp_path / "run.jsonl", here(Load(), seconds=0.05))
    time.sleep(0.1)  # an alarm that is still set would end the tests


def test_work_in_a_thread_has_no_time_limit(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(run, articles("One."), tmp_path / "run.jsonl", here(Load())).result().records == 1


def test_workers_that_cannot_begin_are_not_blamed_on_the_articles(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="die before they begin"):
        run(articles("One.", "Two."), tmp_path / "run.jsonl", in_workers(DeadlyModel(), 2))


def test_a_full_disk_is_said_and_what_is_finished_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, items = tmp_path / "run.jsonl", articles("One.", "Two.", "Three.")
    with monkeypatch.context() as patch, pytest.raises(UsageError, match=r"No space left on device -- .*--resume"):
        patch.setattr(os, "fsync", full)
        run(items, out, here(Load()))
    assert leftovers(tmp_path) == ["run.jsonl.part", "run.manifest.json.part"] and not out.exists()
    assert run(items, out, here(Load()), resume=True).reused == 3


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_model_that_cannot_be_loaded_stops_the_run_with_its_own_message(tmp_path: Path) -> None:
    for work in (here(BrokenModel()), in_workers(BrokenModel(), 2)):
        with pytest.raises(RuleError) as raised:
            run(articles("One."), tmp_path / "run.jsonl", work, resume=True)
        assert str(raised.value) == "cues.yaml:3: an unknown key -- mend it"
    assert not (tmp_path / "run.jsonl").exists()
