"""The page of an act in Support's admin: it asks, and one press does it, by the service that does it everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts.http import see_other
from accounts.kept import first_values, kept_for
from accounts.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ActPage:
    """What an act is called, what its button says, and where one goes afterwards, or without it."""

    title: str
    button: str
    back: str
    # (text, address) of the pages above it, the first page left out.
    crumbs: tuple[tuple[str, str], ...]
    # (term, value): what the act is about.
    facts: tuple[tuple[str, str], ...] = ()
    explanation: str = ""
    # At which field a refusal is told; at none of them, above the form.
    told_at: dict[str, str] = field(default_factory=dict)


class Done(NamedTuple):
    """The sentence that confirms an act, where one goes on elsewhere than where it began."""

    sentence: str
    onward: str


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: nothing, so that it only asks, before anybody presses."""
    return request.POST if request.method == "POST" else None


def ask_or_act(
    request: HttpRequest, page: ActPage, form: Form, act: Callable[[Form], str | Done], site: AdminSite
) -> HttpResponse:
    """Ask by GET, act by POST. `act` returns what confirms it, or raises a Refusal, told at its field.

    What waited while a second factor was asked stands in the form again.
    """
    form.initial.update(first_values(kept_for(request)))
    if not form.is_valid():
        return ask(request, page, form, site)
    try:
        done = act(form)
    except Refusal as refusal:
        form.add_error(page.told_at.get(refusal.code), refusal.sentence)
        return ask(request, page, form, site, status=refusal.status)
    sentence, onward = done if isinstance(done, Done) else (done, page.back)
    messages.success(request, sentence)
    return see_other(onward)


def ask(request: HttpRequest, page: ActPage, form: Form, site: AdminSite, *, status: int = 200) -> HttpResponse:
    """The page of the act; nothing is done."""
    context = site.each_context(request) | {"title": page.title, "act": page, "form": form}
    return render(request, "admin/act.html", context, status=status)
