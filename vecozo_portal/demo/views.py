"""What only a demo shows: the mail that people would have had."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vecozo_portal.demo.codes import codes_now, seconds_left
from vecozo_portal.demo.permission import NoDemoHere
from vecozo_portal.demo.sent_mail import SentMail, mail_of, newest_mails


@require_safe
@never_cache
def sent_mail(request: HttpRequest) -> HttpResponse:
    """Every mail of the demo, newest first."""
    mails = [asdict(mail) | {"address": _address(mail)} for mail in newest_mails(_folder())]
    return render(request, "demo/sent_mail.html", {"mails": mails})


@require_safe
@never_cache
def sent_mail_detail(request: HttpRequest, mail_id: str) -> HttpResponse:
    mail = mail_of(_folder(), mail_id)
    if mail is None:
        raise Http404
    return render(request, "demo/sent_mail_detail.html", {"mail": mail, "list_address": reverse("sent-mail")})


@require_safe
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """What the apps of the demo people show now: who tries the portal need not have them on a phone."""
    try:
        shown = list(codes_now())
    except NoDemoHere:
        raise Http404 from None
    return render(request, "demo/codes.html", {"codes": shown, "seconds": seconds_left()})


def _address(mail: SentMail) -> str:
    return reverse("sent-mail-detail", args=[mail.mail_id])


def _folder() -> Path:
    """Where the demo's mail lands; there is no such page without a demo, nor where mail is really sent."""
    if not settings.PORTAL_DEMO or settings.PORTAL_ENVIRONMENT == "production" or not settings.EMAIL_FILE_PATH:
        raise Http404
    return Path(settings.EMAIL_FILE_PATH)
