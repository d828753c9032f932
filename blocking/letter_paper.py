"""A letter with a PIN as PDF/UA, made by WeasyPrint: an optional part, so it says what is missing.

It names the person and never the user number: the two travel apart.
"""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from accounts.models import Account

STYLE: Final = Path(__file__).resolve().parent.parent / "templates" / "blocking" / "letter" / "letter.css"
# Of accessible PDF (ISO 14289-1): tagged, with a language and a title.
VARIANT: Final = "pdf/ua-1"


def what_is_missing() -> str:
    """A sentence for Support; empty where letters can be made."""
    try:
        _weasyprint()
    except ImportError:
        return "Brieven maken kan hier niet: WeasyPrint ontbreekt. Installeer deploy/requirements/letters.txt."
    except OSError:
        return "Brieven maken kan hier niet: Pango ontbreekt. Installeer libpango-1.0-0 en libpangoft2-1.0-0."
    return ""


def pdf_of(account: Account, pin: str, at: datetime) -> bytes:
    """Fetches nothing from anywhere. Raises ImportError or OSError where something is missing."""
    weasyprint = _weasyprint()
    page = weasyprint.HTML(string=words_of(account, pin, at), url_fetcher=_nothing)
    made: bytes = page.write_pdf(stylesheets=[weasyprint.CSS(filename=str(STYLE))], pdf_variant=VARIANT)
    return made


def words_of(account: Account, pin: str, at: datetime) -> str:
    """The letter as HTML."""
    context = {
        "account": account,
        "organisation": account.organisation,
        "pin": pin,
        "written_at": localtime(at),
        "portal_url": settings.PORTAL_PUBLIC_URL,
        "support_phone": settings.PORTAL_SUPPORT_PHONE,
        "support_email": settings.PORTAL_SUPPORT_EMAIL,
        "activation_days": settings.PORTAL_ACTIVATION_DAYS,
    }
    return render_to_string("blocking/letter/letter.html", context)


def _weasyprint() -> Any:
    return import_module("weasyprint")


def _nothing(url: str, *_: Any, **__: Any) -> Any:
    raise ValueError("A letter fetches nothing.")
