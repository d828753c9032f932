"""Doors as somebody might build them tomorrow, wrongly: they ask the guard and then everything falls over."""

from django.contrib.auth import authenticate
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils import timezone

from accounts.actors import actor_of
from blocking.services import change_forgotten_password


class MistakeOfTheView(Exception):
    pass


def fails_after_the_guard(request: HttpRequest) -> HttpResponse:
    authenticate(request, user_number=request.POST["user_number"], password=request.POST["password"])
    raise MistakeOfTheView


def fails_after_the_pin(request: HttpRequest) -> HttpResponse:
    change_forgotten_password(
        user_number=request.POST["user_number"],
        pin=request.POST["pin"],
        new_password="heel nieuw en lang genoeg",
        by=actor_of(request),
        at=timezone.now(),
    )
    raise MistakeOfTheView


def rolls_back_after_the_guard(request: HttpRequest) -> HttpResponse:
    authenticate(request, user_number=request.POST["user_number"], password=request.POST["password"])
    with transaction.atomic():
        transaction.set_rollback(True)
    raise MistakeOfTheView


def asks_within_a_transaction(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        authenticate(request, user_number=request.POST["user_number"], password=request.POST["password"])
    return HttpResponse()


urlpatterns = [
    path("mislukt/na-de-wacht/", fails_after_the_guard),
    path("mislukt/na-de-pincode/", fails_after_the_pin),
    path("mislukt/teruggedraaid/", rolls_back_after_the_guard),
    path("mislukt/in-een-transactie/", asks_within_a_transaction),
    path("", include("vecozo_portal.urls")),
]
