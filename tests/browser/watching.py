"""What is watched on every page that a browser test opens."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

AXE = Axe()
EVERYTHING = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")


class Watched:
    """A page whose console, requests and cookies are written down while it is used."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context, self.url = context, url
        self.host = urlsplit(url).netloc
        self.troubles: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script error: {error}"))
        self.page.on("request", self._see)
        self.page.on("response", self._read)

    def open(self, path: str, expected: int = 200) -> Page:
        self.where = path
        answer = self.page.goto(self.url + path)
        status = answer.status if answer else 0
        if status != expected:
            self.troubles.append(f"{path}: status {status}")
        return self.page

    def check(self, rules: tuple[str, ...] = EVERYTHING) -> list[str]:
        """Everything wrong so far, with this page measured and read by axe."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            self.troubles.append(f"{self.where}: {wide} px too wide")
        if rules:
            options = {"runOnly": list(rules), "resultTypes": ["violations"], "iframes": False}
            found = AXE.run(self.page, options=options).response
            self.troubles += [
                f"{self.where}: axe {one['id']}: {one['nodes'][0]['html'][:160]}"
                for one in found["violations"]
            ]
        said, self.troubles = self.troubles, []
        return said

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.troubles.append(f"{self.page.url}: console: {message.text}")

    def _see(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in {self.host, ""}:
            self.troubles.append(f"{self.page.url}: asks another host: {request.url}")

    def _read(self, response: Response) -> None:
        public = not urlsplit(response.url).path.startswith("/quan-tri")
        if public and "set-cookie" in response.headers:
            self.troubles.append(f"{response.url}: sets a cookie")
