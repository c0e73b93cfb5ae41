"""How long it takes from a key until the next entry has been painted, and what a key costs (INP)."""

from dataclasses import dataclass

from playwright.sync_api import Page

WATCHING = """() => {
  window.shown = [];
  window.interactions = [];
  const title = () => document.querySelector("#entry-title")?.textContent;
  let pressed = null;
  let before = title();
  addEventListener("keydown", () => { pressed = performance.now(); before = title(); }, true);
  const look = () => {
    if (pressed === null || title() === before) return;
    const from = pressed;
    pressed = null;
    // a message after the frame: by then it is on the screen
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => shown.push(performance.now() - from);
      port2.postMessage(null);
    });
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) if (each.interactionId) interactions.push(each.duration);
  }).observe({ type: "event", durationThreshold: 16 });
}"""
NEXT = """(seen) => new Promise((done) => {
  const late = setTimeout(() => done(false), 4000);
  const look = () => {
    if (shown.length > seen) { clearTimeout(late); done(true); } else setTimeout(look, 4);
  };
  look();
})"""
TRIES = 5


@dataclass
class Showing:
    """Watches an inbox that is open in `page`; it must not be left meanwhile."""

    page: Page

    def __post_init__(self) -> None:
        self.page.evaluate(WATCHING)

    def press(self, *keys: str) -> None:
        """Until the next entry is there. A key that came before the last one was painted is
        dropped on purpose: a person presses it again.
        """
        seen = self.page.evaluate("shown.length")
        for _ in range(TRIES):
            for key in keys:
                self.page.keyboard.press(key)
            if self.page.evaluate(NEXT, seen):
                return
        raise AssertionError("no other entry came")

    def read(self, milliseconds: float) -> None:
        """As long as somebody reads an entry; a trained person takes six seconds for each."""
        self.page.wait_for_timeout(milliseconds)

    def milliseconds(self) -> list[float]:
        """Of each entry, in order of size."""
        return sorted(self.page.evaluate("shown"))

    def interactions(self) -> list[float]:
        """What each key took until the next frame, if more than 16 ms; in order of size."""
        return sorted(self.page.evaluate("interactions"))


def share(values: list[float], of: float) -> float:
    """The value that so many of the ordered `values` do not exceed; 0 when there is none."""
    return values[min(len(values) - 1, int(len(values) * of))] if values else 0.0
