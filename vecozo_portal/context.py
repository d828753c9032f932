"""What every template may need to know about this deployment and about who is looking."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.http import sign_in_again
from accounts.models import Mandate
from accounts.policy import SESSION_WARNING
from accounts.proofs import shown_at
from accounts.queries import live_mandate
from accounts.sessions import ending_of, session_limits
from messagebox.queries import unread_count


def portal(request: HttpRequest) -> dict[str, object]:
    """What the deployment chose, and lazily what who is signed in has: user administration, unread messages."""
    return {
        "environment_name": settings.PORTAL_ENVIRONMENT,
        "is_demo": settings.PORTAL_DEMO,
        "support_phone": settings.PORTAL_SUPPORT_PHONE,
        "support_email": settings.PORTAL_SUPPORT_EMAIL,
        "activation_days": settings.PORTAL_ACTIVATION_DAYS,
        "failure_limit": settings.PORTAL_FAILURE_LIMIT,
        "new_password_lifts": settings.PORTAL_RESET_LIFTS_PASSWORD_BLOCK,
        "has_user_administration": SimpleLazyObject(lambda: _has_user_administration(request)),
        "owes_factor": SimpleLazyObject(lambda: _owes_factor(request)),
        "session_ending": SimpleLazyObject(lambda: _session_ending(request)),
        "unread_count": SimpleLazyObject(lambda: _unread(request)),
    }


def _mandate(request: HttpRequest) -> Mandate | None:
    """The mandate the page was asked for under, read once a request."""
    if not hasattr(request, "live_mandate"):
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        request.live_mandate = live_mandate(user, timezone.now()) if signed_in else None  # type: ignore[attr-defined,arg-type]
    return request.live_mandate  # type: ignore[attr-defined,no-any-return]


def _has_user_administration(request: HttpRequest) -> bool:
    """Has the person at the page a live mandate, of an organisation that is no PGB provider?"""
    mandate = _mandate(request)
    return mandate is not None and not mandate.organisation.is_pgb_provider


def _owes_factor(request: HttpRequest) -> bool:
    """Does every page but the few doors lead away, until a second factor is shown or linked?"""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or shown_at(request.session):
        return False
    return bool(user.is_staff) or _mandate(request) is not None


def _unread(request: HttpRequest) -> int:
    mandate = _mandate(request)
    return unread_count(mandate.organisation, request.user) if mandate else 0  # type: ignore[arg-type]


def _session_ending(request: HttpRequest) -> dict[str, object]:
    """What the warning before the end of a session says; empty for who is not signed in."""
    user = getattr(request, "user", None)
    ending = ending_of(request, timezone.now()) if user is not None and user.is_authenticated else None
    if ending is None:
        return {}
    return {
        "seconds": ending.seconds,
        "is_final": ending.is_final,
        "warn_seconds": int(SESSION_WARNING.total_seconds()),
        "limits": session_limits(),
        "sign_in_again": sign_in_again(request),
    }
