"""Tabs of one browser that tests reuse: a new one is a process, and takes a tenth of a second."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

TIMEOUT_MILLISECONDS = 120_000
"""How long to wait for a browser, even on a busy machine."""

FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { } }"


@dataclass
class Tabs:
    """Tabs to take and give back.

    A test that leaves something in a tab, such as a script or a clock, needs its own.
    """

    browser: Browser
    _contexts: dict[tuple[bool, bool], BrowserContext] = field(default_factory=dict)
    _free: dict[tuple[bool, bool], list[Page]] = field(default_factory=dict)
    _taken: list[tuple[tuple[bool, bool], Page]] = field(default_factory=list)
    _errors: list[str] = field(default_factory=list)

    def take(self, width: int = 1280, height: int = 900, *, script: bool = True, still: bool = False) -> Page:
        """A free tab, with scripts or without; ``still`` disables animations."""
        kind = script, still
        if kind not in self._contexts:
            self._contexts[kind] = self.browser.new_context(
                java_script_enabled=script, reduced_motion="reduce" if still else "no-preference"
            )
            self._contexts[kind].set_default_timeout(TIMEOUT_MILLISECONDS)
        free = self._free.setdefault(kind, [])
        tab = free.pop() if free else self._opened(self._contexts[kind])
        self._taken.append((kind, tab))
        tab.set_viewport_size({"width": width, "height": height})
        return tab

    def _opened(self, context: BrowserContext) -> Page:
        tab = context.new_page()
        tab.on("pageerror", lambda error: self._errors.append(str(error)))
        tab.on("console", lambda message: self._errors.append(message.text) if message.type == "error" else None)
        return tab

    def forgive(self, words: str) -> None:
        """Expect an error whose text contains ``words``."""
        self._errors = [error for error in self._errors if words not in error]

    def give_back(self) -> list[str]:
        """Reset all tabs that were taken; returns the errors of their scripts and policies."""
        for kind, tab in self._taken:
            tab.evaluate(FORGET)
            tab.emulate_media(media="null", color_scheme="light")
            self._free[kind].append(tab)
        errors = [*self._errors]
        self._taken.clear()
        self._errors.clear()
        return errors
