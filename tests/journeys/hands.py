"""How somebody uses a page: with a pointer, or with a keyboard alone."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Locator

MOST_STOPS = 120


class Hands(Protocol):
    def press(self, control: Locator) -> None: ...

    def choose(self, control: Locator) -> None: ...

    def pick(self, choices: Locator, label: str) -> None: ...

    def write(self, field: Locator, text: str) -> None: ...


class Pointer:
    """Clicks, as most people do."""

    def press(self, control: Locator) -> None:
        control.click()

    def choose(self, control: Locator) -> None:
        control.check()

    def pick(self, choices: Locator, label: str) -> None:
        choices.select_option(label=label)

    def write(self, field: Locator, text: str) -> None:
        field.fill(text)


class Keyboard:
    """Never touches a mouse: Tab from stop to stop, and nothing that Tab does not reach."""

    def press(self, control: Locator) -> None:
        _reach(control)
        control.page.keyboard.press("Enter")

    def choose(self, control: Locator) -> None:
        _reach(control)
        control.page.keyboard.press("Space")

    def pick(self, choices: Locator, label: str) -> None:
        """A list of choices goes to what one types while it is closed."""
        _reach(choices)
        choices.page.keyboard.type(label)

    def write(self, field: Locator, text: str) -> None:
        _reach(field)
        field.page.keyboard.press("ControlOrMeta+a")
        field.page.keyboard.type(text)


def _reach(control: Locator) -> None:
    control.wait_for(state="visible")
    for _ in range(MOST_STOPS):
        if control.evaluate("element => element === document.activeElement"):
            return
        control.page.keyboard.press("ArrowDown" if control.evaluate(_IS_BESIDE) else "Tab")
    raise AssertionError(f"The Tab key never comes to {control}.")


# The choices of one group are one stop of Tab; from there the arrows go on.
_IS_BESIDE = """choice => choice.type === "radio" && document.activeElement.name === choice.name"""
