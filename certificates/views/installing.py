"""The page where a certificate is installed with number and PIN."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.actors import actor_of
from accounts.http import LOOK_OR_SEND
from certificates.forms import InstallForm
from certificates.refusals import KeyUsedElsewhere, NothingToInstall
from certificates.services import Handed, install_for_person, install_with_request


@never_cache
@sensitive_post_parameters("pin", "passphrase", "signing_request")
@require_http_methods(LOOK_OR_SEND)
def install_page(request: HttpRequest) -> HttpResponse:
    """The file itself is the answer to who may have it: it is handed over once, so no other page can show it."""
    if request.method != "POST":
        return _page(request, InstallForm())
    form = InstallForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    try:
        handed = _install(request, form)
    except KeyUsedElsewhere as refusal:
        form.add_error("signing_request", refusal.sentence)
        return _page(request, form, status=refusal.status)
    except NothingToInstall as refusal:
        form.add_error("user_number", refusal.sentence)
        return _page(request, form, status=refusal.status)
    return _page(request, form, is_refused=True) if handed is None else _file(form, handed)


def _install(request: HttpRequest, form: InstallForm) -> Handed | None:
    typed = {"user_number": form.cleaned_data["user_number"], "pin": form.cleaned_data["pin"]}
    by, at = actor_of(request), timezone.now()
    if form.cleaned_data["passphrase"]:
        return install_for_person(**typed, passphrase=form.cleaned_data["passphrase"], by=by, at=at)
    return install_with_request(**typed, request=form.cleaned_data["signing_request"], by=by, at=at)


def _file(form: InstallForm, handed: Handed) -> HttpResponse:
    kind, name = ("x-pkcs12", "p12") if form.cleaned_data["passphrase"] else ("x-pem-file", "pem")
    answer = HttpResponse(handed.content, content_type=f"application/{kind}")
    answer["Content-Disposition"] = f'attachment; filename="certificaat.{name}"'
    return answer


def _page(request: HttpRequest, form: InstallForm, *, is_refused: bool = False, status: int = 200) -> HttpResponse:
    context = {"form": form, "is_refused": is_refused}
    return render(request, "certificates/install.html", context, status=status)
