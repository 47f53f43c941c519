"""The smallest Textual app: what every start and every key is compared with."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Hello(App[None]):
    """One line of text, and another for every key."""

    keys = 0

    def compose(self) -> ComposeResult:
        """Content that can be found in what is written to the terminal."""
        yield Static("hello world")

    def on_key(self, event: Key) -> None:
        """Show that the key arrived."""
        self.keys += 1
        self.query_one(Static).update(f"key {self.keys}")


if __name__ == "__main__":
    Hello().run()
