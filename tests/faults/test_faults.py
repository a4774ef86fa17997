"""Every way we know in which a run can be harmed: nothing is lost, nothing is spoilt, and the rest goes on."""

from __future__ import annotations

import json
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest
from harming import COMMAND, TEXTS, Fault, Harm, Row, Runs, articles, short_articles

from reportedly.batch import in_workers, run
from reportedly.records import from_json, problems
from reportedly.sources import read

pytestmark = pytest.mark.faults


def sound(line: bytes) -> bool:
    return not list(problems(from_json(line.decode())))


# -- the run is ended ---------------------------------------------------------------------------------------------------


def test_killed_at_twenty_random_moments(runs: Runs, fault: Fault) -> None:
    path, moments, kept = runs.put("in.jsonl", articles(144)), random.Random(8), []
    _, _, seconds = runs.timed(path, "--output", "whole.jsonl")
    part, output, before = runs.folder / "run.jsonl.part", runs.folder / "run.jsonl", 0
    while len(kept) < 20:
        process = runs.start(path, "--output", "run.jsonl", "--resume", "--workers", "1" if len(kept) % 2 else "2")
        time.sleep(moments.uniform(0.1, seconds / 3))
        process.kill()
        process.communicate()
        if output.exists():  # it was done before it could be killed: once more from the beginning
            assert runs.bytes("run.jsonl") == runs.bytes("whole.jsonl")
            output.unlink()
            before = 0
            continue
        assert process.returncode == -signal.SIGKILL
        kept.append(part.read_bytes().count(b"\n") if part.exists() else 0)
        assert kept[-1] >= before, "finished records were lost"
        before = kept[-1]
    code, _ = runs.extract(path, "--output", "run.jsonl", "--resume")
    assert (code, runs.bytes("run.jsonl") == runs.bytes("whole.jsonl")) == (0, True)
    assert max(kept) > 0
    fault("`kill -9` at 20 random moments", "`--resume` goes on", f"up to {max(kept)} of 144 records were kept; the same bytes as in one go")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_interrupted(runs: Runs, fault: Fault, workers: str) -> None:
    path = runs.put("in.jsonl", articles(64))
    runs.extract(path, "--output", "whole.jsonl")
    process = runs.start(path, "--output", "run.jsonl", "--workers", workers)
    while not (runs.folder / "run.jsonl.part").exists() or not (runs.folder / "run.jsonl.part").stat().st_size:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said) == (130, "interrupted: --resume goes on from here\n")
    code, said = runs.extract(path, "--output", "run.jsonl", "--resume", "--workers", workers)
    assert code == 0 and "finished before" in said
    assert runs.bytes("run.jsonl") == runs.bytes("whole.jsonl")
    fault(f"Ctrl-C, --workers {workers}", "exit 130, says how to go on", said.partition(" -> ")[0])


def test_a_worker_killed_by_the_system(runs: Runs, fault: Fault) -> None:
    path, killed = runs.put("in.jsonl", articles(64)), 0
    runs.extract(path, "--output", "whole.jsonl")
    process = runs.start(path, "--output", "run.jsonl", "--workers", "2")
    while not (runs.folder / "run.jsonl.part").exists() or not (runs.folder / "run.jsonl.part").stat().st_size:
        time.sleep(0.05)
    for child in psutil.Process(process.pid).children():
        if "spawn_main" in " ".join(child.cmdline()) and not killed:
            child.kill()
            killed += 1
    _, said = process.communicate()
    assert (killed, process.returncode) == (1, 0)
    assert runs.bytes("run.jsonl") == runs.bytes("whole.jsonl")
    fault("a worker process is killed", "its articles are tried again, alone", said.partition(" -> ")[0] + ", the same bytes")


@pytest.fixture(scope="module")
def whole_thousand(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What a run over the thousand short articles leaves that nothing happens to."""
    runs = Runs(tmp_path_factory.mktemp("thousand"))
    assert runs.extract(runs.put("in.jsonl", short_articles(1000)), "--output", "whole.jsonl", "--workers", "2")[0] == 0
    return runs.bytes("whole.jsonl").splitlines()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # pipes of killed processes
@pytest.mark.parametrize(("how", "error"), [("kill", "died twice"), ("hang", "not done in 20 seconds"), ("raise", "a stage failed: MemoryError")])
def test_one_article_of_a_thousand_harms_its_process(runs: Runs, whole_thousand: list[bytes], fault: Fault, how: str, error: str) -> None:
    path = runs.put("in.jsonl", short_articles(1000))
    summary = run(read([path]), runs.folder / "run.jsonl", in_workers(Harm(how, "a500"), 2, seconds=20))
    assert (summary.records, summary.errors) == (999, 1)
    assert runs.bytes("run.jsonl").splitlines() == whole_thousand[:500] + whole_thousand[501:]
    (failed,) = runs.lines("run.errors.jsonl")
    assert failed["id"] == "a500" and error in failed["error"]
    what = {"kill": "one article of 1,000 kills its process", "hang": "one of 1,000 hangs", "raise": "one of 1,000 breaks a stage"}[how]
    fault(what, f"an error: “{failed['error'].partition(',')[0]}”", "the other 999 byte-equal")


# -- the output cannot be written ---------------------------------------------------------------------------------------

NAMESPACE = ["unshare", "--user", "--map-root-user", "--mount"]
can_mount = shutil.which("unshare") and subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
needs_mount = pytest.mark.skipif(not can_mount, reason="a small disk needs `unshare --mount`")


def on_a_small_disk(folder: Path, options: str, script: str) -> str:
    """Run a shell script that finds a disk of its own mounted at `disk`; what it printed."""
    (folder / "disk").mkdir()
    command = " ".join(map(repr, COMMAND))
    shell = f"mount -t tmpfs -o {options} none disk && set +e\nextract() {{ {command} \"$@\" 2>&1; echo \"exit $?\"; }}\n{script}"
    return subprocess.run([*NAMESPACE, "sh", "-ec", shell], cwd=folder, capture_output=True, text=True, check=True).stdout


@needs_mount
def test_the_disk_is_full(runs: Runs, fault: Fault) -> None:
    path = runs.put("in.jsonl", articles(72))
    runs.extract(path, "--output", "whole.jsonl")
    printed = on_a_small_disk(
        runs.folder,
        "size=400k",
        """extract in.jsonl --output disk/run.jsonl
        test ! -e disk/run.jsonl && grep -c . disk/run.jsonl.part
        mount -o remount,size=50m disk
        extract in.jsonl --output disk/run.jsonl --resume
        cp disk/run.jsonl run.jsonl""",
    )
    full, exit_full, kept, done, exit_done = printed.splitlines()
    assert full.startswith("reportedly: disk/run.jsonl: cannot write the output: No space left on device -- ") and "--resume" in full
    assert (exit_full, exit_done) == ("exit 2", "exit 0")
    assert 0 < int(kept) < 72 and re.search(rf"({kept}|{int(kept) - 1}) records finished before", done)
    assert runs.bytes("run.jsonl") == runs.bytes("whole.jsonl")
    does = "exit 2, says so; with room again `--resume` goes on"
    fault("the disk is full (a tmpfs of 400 kB)", does, f"{kept} of 72 lines were on it; the same bytes in the end")


@needs_mount
def test_the_output_is_read_only(runs: Runs, fault: Fault) -> None:
    runs.put("in.jsonl", articles(1))
    said, code = on_a_small_disk(runs.folder, "ro", "extract in.jsonl --output disk/run.jsonl").splitlines()
    assert code == "exit 2" and "cannot write the output: Read-only file system" in said
    fault("the output's disk is read-only", "exit 2 before any work", "nothing written")


def test_the_output_lies_in_the_input(runs: Runs, fault: Fault) -> None:
    (runs.folder / "in").mkdir()
    runs.put("in/a.jsonl", articles(1))
    before = runs.bytes("in/a.jsonl")
    for output in ("in/run.jsonl", "in/a.jsonl"):
        code, said = runs.extract("in", "--output", output, "--force")
        assert code == 2 and "the output lies among the input" in said
    assert runs.bytes("in/a.jsonl") == before and len(list((runs.folder / "in").iterdir())) == 1
    fault("the output lies in the input", "exit 2 before any work", "the input as it was")


def test_records_of_other_rules(runs: Runs, fault: Fault) -> None:
    path = runs.put("in.jsonl", short_articles(3))
    shutil.copytree(Path(__file__).resolve().parents[2] / "models/en", runs.folder / "rules")
    with (runs.folder / "rules/dates.yaml").open("a") as file:
        file.write("# another rule\n")
    assert runs.extract(path, "--output", "run.jsonl")[0] == 0
    before = runs.bytes("run.jsonl")
    code, said = runs.extract(runs.put("less.jsonl", short_articles(1)), "--output", "run.jsonl", "--resume", "--model", "rules")
    assert code == 2 and "2 records of articles not in this input that were made with something else" in said
    assert runs.bytes("run.jsonl") == before
    fault("`--resume` with other rules would mix records", "exit 2, the output as it was", "2 of 3 records would have been of the old rules")


# -- articles that are too much -----------------------------------------------------------------------------------------

GOOD = short_articles(3)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """What a run over the three good articles leaves."""
    runs = Runs(tmp_path_factory.mktemp("good"))
    assert runs.extract(runs.put("in.jsonl", GOOD), "--output", "run.jsonl")[0] == 0
    return runs.bytes("run.jsonl").splitlines()


def beside_good_ones(runs: Runs, good: list[bytes], text: str) -> tuple[list[Row], list[Row], float]:
    """Records, errors and seconds of a run over a text among three good articles; the good ones come out as they would alone."""
    code, _, seconds = runs.timed(runs.put("in.jsonl", [*GOOD[:2], {"id": "odd", "text": text}, GOOD[2]]), "--output", "run.jsonl")
    lines, errors = runs.bytes("run.jsonl").splitlines(), runs.lines("run.errors.jsonl")
    assert code == (1 if errors else 0)
    assert [line for line in lines if b'"id":"odd"' not in line[:60]] == good
    assert all(map(sound, lines))
    return runs.lines("run.jsonl"), errors, seconds


def test_an_article_of_ten_megabytes(runs: Runs, good: list[bytes], fault: Fault) -> None:
    text = "".join(TEXTS)
    _, (failed,), seconds = beside_good_ones(runs, good, (text * (10_000_000 // len(text) + 1))[:10_000_000])
    assert (failed["id"], failed["error"], failed["value"]) == ("odd", "longer than 1,000,000 characters", "10000000")
    fault("an article of 10 MB", f"an error: “{failed['error']}”, with its id and length", f"{seconds:.1f} s for the run")


@pytest.mark.parametrize("mark", ['"', "“", "'", "” "])
def test_a_hundred_thousand_quotation_marks(runs: Runs, good: list[bytes], fault: Fault, mark: str) -> None:
    records, errors, seconds = beside_good_ones(runs, good, "Ada Okoro said: " + mark * 100_000)
    assert (len(records), errors) == (4, []) and seconds < 60
    fault(f"100,000 of `{mark.strip()}`", "a record", f"{seconds:.1f} s for the run")


def test_a_sentence_of_fifty_thousand_characters(runs: Runs, good: list[bytes], fault: Fault) -> None:
    clause = "Ada Okoro said on Monday that the quay, which the harbour office had closed in May, would reopen, and "
    records, errors, seconds = beside_good_ones(runs, good, (clause * 500)[:50_000])
    assert (len(records), errors) == (4, []) and seconds < 60
    claims = len(records[2]["claims"])
    assert claims > 0
    fault("a sentence of 50,000 characters", "a record", f"{claims} claims, {seconds:.1f} s for the run")


def test_a_word_of_half_a_million_characters(runs: Runs, good: list[bytes], fault: Fault) -> None:
    records, errors, seconds = beside_good_ones(runs, good, "Ada Okoro said " + "x" * 500_000)
    assert (len(records), errors) == (4, []) and seconds < 60
    fault("a word of 500,000 characters", "a record", f"{seconds:.1f} s for the run")


# -- files that are not what they seem ----------------------------------------------------------------------------------


def odd_files(folder: Path) -> None:
    said = "Ada Okoro said that the quay would reopen on Monday."
    front = "---\ntitle: " + "[" * 9_000 + "\n---\n\n"
    files: dict[str, bytes] = {
        "a-good.txt": said.encode(),
        "b-latin-1.txt": "Zoë Okoro said the café was closed – again.".encode("cp1252"),
        "c-bad-utf-8.jsonl": b'{"id": "c1", "text": "One \xff\xfe\x81 two, she said."}\n' + json.dumps({"id": "c2", "text": said}).encode() + b"\n",
        "d-nul.txt": b"Ada Okoro said\x00 the quay \x00 would reopen.\x00",
        "e-deep.jsonl": b"[" * 100_000 + b"\n" + json.dumps({"id": "e2", "text": said}).encode() + b"\n",
        "f-deep.html": b"<div>" * 100_000 + said.encode(),
        "g-deep.txt": (front + said).encode(),
        "h-twice.jsonl": "".join(json.dumps({"id": "same", "text": f"{said} {at}"}) + "\n" for at in range(2)).encode(),
        "i-empty.txt": b"",
        "j-binary.txt": bytes(range(256)) * 40,
        "k-not.parquet": b"PAR1 is all of it",
    }
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / "l-loop").symlink_to(folder, target_is_directory=True)
    (folder / "m-loop.txt").symlink_to(folder / "n-loop.txt")
    (folder / "n-loop.txt").symlink_to(folder / "m-loop.txt")


def test_files_that_are_not_what_they_seem(runs: Runs, fault: Fault) -> None:
    odd_files(runs.folder / "in")
    code, said, seconds = runs.timed("in", "--output", "run.jsonl")
    records, errors = runs.lines("run.jsonl"), runs.lines("run.errors.jsonl")
    made = {record["id"]: record for record in records}
    failed = {(Path(error["path"]).name, error["line"]): error for error in errors}
    assert code == 1 and "Traceback" not in said
    assert all(map(sound, runs.bytes("run.jsonl").splitlines()))
    assert {"a-good", "b-latin-1", "c2", "d-nul", "e2", "same"} <= made.keys()
    assert "\x00" in made["d-nul"]["text"] and made["d-nul"]["claims"]
    assert all(error["error"] and error["remedy"] for error in errors)

    def told(name: str, line: int | None, words: str) -> None:
        assert words in failed[name, line]["error"], failed.get((name, line))

    told("e-deep.jsonl", 1, "nested too deeply")
    told("h-twice.jsonl", 2, "a second article with this id")
    told("i-empty.txt", None, "empty")
    told("m-loop.txt", None, "Too many levels of symbolic links")
    told("n-loop.txt", None, "Too many levels of symbolic links")
    told("g-deep.txt", None, "front matter")
    told("k-not.parquet", None, "cannot be read")
    for what, does in (
        ("bad UTF-8", "read as what it probably is, with a warning, or an error; the lines beside it are read"),
        ("NUL in the text", "a record; offsets count it"),
        ("JSON, YAML or HTML nested 9,000 to 100,000 deep", "an error, or the text of it"),
        ("an id that occurs twice", "an error that names the first"),
        ("links in a circle", "an error; folders are not walked in circles"),
    ):
        fault(what, does, f"together {len(records)} records, {len(errors)} errors in {seconds:.1f} s")


# -- growth -------------------------------------------------------------------------------------------------------------


def test_a_megabyte_takes_at_most_twelve_times_a_tenth_of_it(runs: Runs, fault: Fault) -> None:
    text = "\n\n".join(TEXTS)
    text *= 1_000_000 // len(text) + 1
    loading = runs.timed(runs.put("none.jsonl", short_articles(1)), "--output", "none.out.jsonl")[2]
    taken = []
    for size in (100_000, 1_000_000):
        code, _, seconds = runs.timed(runs.put("in.jsonl", [{"id": "a", "text": text[:size]}]), "--output", f"{size}.jsonl")
        assert code == 0
        taken.append(seconds - loading)
    ratio = taken[1] / taken[0]
    assert ratio <= 12, taken
    fault("an article of 1 MB", "a record", f"{taken[1]:.1f} s, {ratio:.1f} times a tenth of it (loading left out)")


def test_ten_times_the_articles_take_at_most_twelve_times_the_time(runs: Runs, fault: Fault) -> None:
    loading = runs.timed(runs.put("none.jsonl", short_articles(1)), "--output", "none.out.jsonl")[2]
    small, large = (
        runs.timed(runs.put("in.jsonl", articles(number)), "--output", f"{number}.jsonl")[2] - loading for number in (18, 180)
    )
    assert large / small <= 12, (small, large)
    fault("ten times the articles", "ten times the records", f"{large / small:.1f} times the time (loading left out)")


def test_a_run_that_grew_costs_what_is_new(runs: Runs, fault: Fault) -> None:
    before, after = articles(90), articles(92)
    _, _, all_of_it = runs.timed(runs.put("in.jsonl", before), "--output", "run.jsonl")
    code, said, only_new = runs.timed(runs.put("in.jsonl", after), "--output", "run.jsonl", "--resume")
    assert code == 0 and "90 records finished before" in said
    assert only_new < all_of_it / 2
    runs.extract(runs.put("in.jsonl", after), "--output", "whole.jsonl")
    assert runs.bytes("run.jsonl") == runs.bytes("whole.jsonl")
    fault("90 articles done, two more come", "`--resume` does the two", f"{only_new:.1f} s after {all_of_it:.1f} s (loading included)")
