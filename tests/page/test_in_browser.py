"""The page in Chromium. Left out of `make test`; run by `make test-browser`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportedly.page import to_html
from reportedly.records import Record

from .making import hostile, record

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from reportedly.stages import Pipeline

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    assert chromium, "needs Debian's chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


class Watched:
    """A page with everything that happens in it: dialogs, requests, errors."""

    def __init__(self, browser: Browser, folder: Path, records: list[Record]) -> None:
        file = folder / "page.html"
        file.write_text(to_html(records), encoding="utf-8")
        self.page: Page = browser.new_page()
        self.events: list[str] = []
        self.page.on("dialog", lambda dialog: (self.events.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.events.append(f"error {error}"))
        self.page.on("console", lambda message: self.events.append(f"console {message.text}"))
        self.page.on("request", lambda request: self.events.append(f"request {request.url}") if request.url != file.as_uri() else None)
        self.page.goto(file.as_uri())


def test_nothing_of_a_hostile_article_runs(browser: Browser, pipeline: Pipeline, tmp_path: Path) -> None:
    watched = Watched(browser, tmp_path, [hostile(pipeline), record(pipeline)])
    page = watched.page
    for tab in ("speakers", "timeline", "claims"):
        page.click(f"#tab-{tab}")
    for _ in range(5):
        page.keyboard.press("j")
    page.fill("#words", "<script>")
    page.hover("#text span")
    page.wait_for_timeout(200)
    assert watched.events == []
    assert page.locator("script").count() == 2 and page.locator("img, iframe, a").count() == 0


def test_claims_filter_and_tie_to_the_text(browser: Browser, pipeline: Pipeline, tmp_path: Path) -> None:
    watched = Watched(browser, tmp_path, [record(pipeline)])
    page = watched.page
    page.select_option("#speaker", "Mara Beck")
    assert {"Mara Beck" in text for text in page.locator("#claims li").all_inner_texts()} == {True}
    page.select_option("#stance", "doubting")
    assert page.locator("#claims li").count() == 1
    page.click("#claims button")
    assert "".join(page.locator("#text .chosen").all_inner_texts()) == "Mara Beckclaimedthat the dam was safe"
    page.click("#clear")
    page.wait_for_timeout(50)
    assert page.locator("#claims li").count() > 1
    assert watched.events == []


def test_the_keyboard_is_enough(browser: Browser, pipeline: Pipeline, tmp_path: Path) -> None:
    page = Watched(browser, tmp_path, [record(pipeline, "a"), record(pipeline, "b")]).page
    page.keyboard.press("j")
    assert page.locator('#claims [aria-current="true"]').count() == 1
    page.keyboard.press("]")
    assert "b" in page.locator("#about").inner_text().split(" · ")
    page.focus("#tab-claims")
    page.keyboard.press("ArrowRight")
    assert page.locator("#speakers").is_visible() and not page.locator("#claims").is_visible()


def test_dates_tell_their_values_on_hover_and_print_keeps_the_text(browser: Browser, pipeline: Pipeline, tmp_path: Path) -> None:
    page = Watched(browser, tmp_path, [record(pipeline)]).page
    tips = page.locator("#text [title]").evaluate_all("nodes => nodes.map(node => node.title)")
    assert any("2023-05-08" in tip for tip in tips) and any("PERSON: Ada Okoro" in tip for tip in tips)
    page.emulate_media(media="print")
    assert page.locator("#text").is_visible() and not page.locator("#filters").is_visible()


def test_three_hundred_articles_load_within_three_seconds(browser: Browser, pipeline: Pipeline, tmp_path: Path) -> None:
    made = record(pipeline)
    many = [made.model_copy(update={"id": str(number)}) for number in range(300)]
    page = Watched(browser, tmp_path, many).page
    assert page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart") < 3000
    assert page.locator("#articles li").count() == 300
