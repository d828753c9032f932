"""The help pages: public, and only about what the portal does today."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page under /hulp/; its text is the template of the same name."""

    slug: str
    title: str

    @property
    def template(self) -> str:
        return f"help/{self.slug}.html"


PAGES = {page.slug: page for page in (HelpPage("geblokkeerd", "Uw account is geblokkeerd: wat nu?"),)}


@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = PAGES.get(slug)
    if page is None:
        raise Http404
    context = {"page": page, "help_pages": PAGES.values()}
    return render(request, page.template, context)
