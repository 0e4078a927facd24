"""What a person does on a page, in the words of the person; and what a watch sees while it is done."""

from __future__ import annotations

import re
from typing import NamedTuple

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

from tests.campus.server import PASSWORD

expect.set_options(timeout=15_000)  # two cores, a browser, a server and its kernels

TELL_VIOLATIONS = """addEventListener("securitypolicyviolation", (fault) =>
  console.error(`CSP: ${fault.violatedDirective} ${fault.blockedURI} ${fault.sourceFile ?? ""}`))"""
LOCAL = ("data:", "blob:", "about:")


class Size(NamedTuple):
    width: int
    height: int
    touch: bool = False


DESKTOP = Size(1440, 900)
PHONE = Size(390, 844, touch=True)


class Watch:
    """Console errors, exceptions, policy violations and requests to elsewhere, on every page of a context."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.expected: list[str] = []

    def over(self, context: BrowserContext, base: str) -> None:
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", self._console)
        context.on("weberror", lambda fault: self.seen.append(f"exception: {fault.error}"))
        context.on("request", lambda request: self._request(request, base))

    def expect(self, *patterns: str) -> None:
        self.expected += patterns

    def problems(self) -> list[str]:
        return [one for one in self.seen if not any(re.search(pattern, one) for pattern in self.expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request, base: str) -> None:
        if not request.url.startswith((base + "/", *LOCAL)):
            self.seen.append(f"leaves the origin: {request.url}")


def signed_in(page: Page, person: str) -> None:
    """Sign in through the form, as people do."""
    page.goto("/sign-in/")
    page.locator("input[name=username]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page.locator("form.sign-out")).to_be_visible()


def spoken_in(page: Page, language: str) -> None:
    """Choose the language with the page's own button; a person keeps theirs from one visit to the next."""
    html = page.locator("html")
    if html.get_attribute("lang") != language:
        page.get_by_role("button", name={"fr": "Français", "en": "English"}[language]).click()
        expect(html).to_have_attribute("lang", language)


FOCUS = """() => { const at = document.activeElement;
  if (!at || at === document.body) return '';
  const names = [at.getAttribute('aria-label'), at.labels?.[0]?.innerText, at.textContent];
  return names.map((one) => one ?? '').join(' ').trim() }"""


def tab_to(page: Page, name: str, *, most: int = 150) -> None:
    """Press Tab until what has the focus bears ``name`` (a pattern) in its text or accessible name."""
    trail: list[str] = []
    for _ in range(most):
        text = re.sub(r"\s+", " ", page.evaluate(FOCUS))
        if re.search(name, text):
            return
        trail.append(text[:40])
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {name!r}; it went over {trail}")


class Seat:
    """The cockpit, as somebody who sits at it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    def begin(cls, page: Page, slug: str) -> Seat:
        """Take the controls of a scenario, read its brief, close it."""
        page.goto(f"/scenarios/{slug}/")
        page.locator("main .actions button").first.click()
        seat = cls(page)
        seat.ready()
        seat.close_brief()
        return seat

    def ready(self) -> None:
        """Connected, and the first frame is on the screen."""
        expect(self.page.locator("cbd-topbar .connection.live, cbd-topbar .connection.polling")).to_have_count(1)
        expect(self.page.locator("button.freeze")).to_be_enabled()

    def close_brief(self) -> None:
        self.page.locator("cbd-brief .modal-foot .primary").click()
        expect(self.page.locator("cbd-brief dialog")).to_have_count(0)

    @property
    def session(self) -> str:
        found = re.search(r"/sessions/([0-9a-f-]{36})/", self.page.url)
        assert found, self.page.url
        return found[1]

    def time(self) -> int:
        """Simulated seconds on the clock."""
        text = self.page.locator("cbd-topbar time.clock").inner_text()
        found = re.fullmatch(r"[JD]\s(\d+) · (\d\d):(\d\d):(\d\d)", text)
        assert found, text
        days, hours, minutes, seconds = map(int, found.groups())
        return ((days * 24 + hours) * 60 + minutes) * 60 + seconds

    def moves_on(self, timeout: float = 20_000) -> None:
        """The clock on the screen leaves where it stands."""
        clock = self.page.locator("cbd-topbar time.clock")
        expect(clock).not_to_have_text(clock.inner_text(), timeout=timeout)

    def running(self, runs: bool, timeout: float = 20_000) -> None:
        words = "Figer|Freeze" if runs else "Reprendre|Resume"
        expect(self.page.locator("button.freeze")).to_have_text(re.compile(words), timeout=timeout)

    def speed(self, speed: int) -> None:
        self.page.locator("cbd-topbar .speeds").get_by_role("button", name=f"×{speed}", exact=True).click()

    def freeze(self) -> None:
        self.page.locator("button.freeze").click()
        self.running(False)

    def view(self, number: int) -> None:
        self.page.keyboard.press(str(number))
        expect(self.page.locator(f".rail button:nth-of-type({number})")).to_have_attribute("aria-current", "page")

    def until(self, what: str, *, speed: int = 600, timeout: float = 60_000) -> None:
        """Run until ``alarm``, ``result`` or ``decision``, or until a time such as ``J 2 12:00``; then it is frozen."""
        places = {"alarm": 0, "result": 1, "decision": 2}
        self.page.locator("cbd-topbar button.until").click()
        dialog = self.page.locator("cbd-until dialog")
        dialog.get_by_role("button", name=f"×{speed}", exact=True).click()
        if what in places:
            dialog.locator(".choices button").nth(places[what]).click()
        else:
            dialog.locator("#until-time").fill(what)
            dialog.locator("#until-time").press("Enter")
        expect(dialog).to_have_count(0)
        self.running(True)
        self.running(False, timeout=timeout)

    def answer(self, choice: int) -> None:
        """Answer the question that is open with its ``choice``-th answer."""
        question = self.page.locator("cbd-decision dialog")
        question.locator("label").nth(choice).click()
        question.locator("button[type=submit]").click()
        expect(question).to_have_count(0)

    def faceplate(self, tag: str) -> Locator:
        """Open a tag's faceplate from the drawing."""
        self.page.locator(f"#synoptic [data-tag='{tag}']").first.click()
        return self.page.locator("cbd-faceplate section")

    def journal(self) -> Locator:
        self.view(5)
        return self.page.locator("cbd-journal section").first

    def end(self) -> None:
        """End the flight on the page that asks whether one is sure; wait for the debrief's picture."""
        self.page.goto(f"/sessions/{self.session}/debrief/")
        self.page.locator("main form .button-primary").click()
        expect(self.page.locator("cbd-scrubber .timeline")).to_be_visible(timeout=60_000)
