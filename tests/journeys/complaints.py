"""What a browser complains of while somebody uses the portal: nothing may be left of it when a journey ends."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# A violation of the content security policy is an event of the page; this makes it a line of the console.
_TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.effectiveDirective} ${event.blockedURI}`));
"""


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """Adds every error and warning of the context's pages to the list, as they come."""

    def of_console(line: ConsoleMessage) -> None:
        if line.type in {"error", "warning"} and not _is_own_status(line):
            complaints.append(f"{line.location['url']}: {line.text}")

    def of_script(error: WebError) -> None:
        complaints.append(str(error.error))

    context.on("console", of_console)
    context.on("weberror", of_script)
    context.add_init_script(_TELL_VIOLATIONS)


def _is_own_status(line: ConsoleMessage) -> bool:
    """A page that is itself a refusal says its status to the console, which is no error of the page."""
    itself = line.page is not None and line.location["url"] == line.page.url
    return itself and re.search("responded with a status of (403|404|405|409)", line.text) is not None
