"""The browsers that one's own account knows, and forgetting one; a section of one's own page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.actors import Actor
from accounts.decorators import SignedInRequest, sign_in_required
from accounts.http import see_other, way_back
from accounts.refusals import NotYourOrganisation
from blocking.queries.browsers import browser_at_hand, known_browser_named, known_browsers_of
from blocking.services import forget_browser
from desk.refusing import refuse_page

if TYPE_CHECKING:
    from accounts.models import Account
    from blocking.models import KnownBrowser


@dataclass(frozen=True, slots=True)
class Line:
    browser: KnownBrowser
    is_this_one: bool


def browser_lines(account: Account, *, by: Actor, at: datetime) -> list[Line]:
    """What `desk/my_account/sections/known_browsers.html` shows as `known_browsers`, newest first."""
    here = browser_at_hand(account, by=by, at=at)
    return [Line(browser, browser == here) for browser in known_browsers_of(account, at)]


@require_POST
@way_back("my-account")
@sign_in_required
def forget_browser_page(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Somebody else's browser is 404, and audited."""
    account = request.user
    by, at = request.actor, timezone.now()
    browser = known_browser_named(account, public_id)
    if browser is None:
        refuse_page(NotYourOrganisation(), by=by, at=at, account=account)
    forget_browser(browser, by=by, at=at)
    messages.success(request, "Deze browser is vergeten. Wie hem gebruikt, is nu een onbekende voor uw account.")
    return see_other(reverse("my-account"))
