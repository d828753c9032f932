"""What must be done before the portal of `make run` starts, in one process because each one costs a second."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.urls import NoReverseMatch, reverse

from vecozo_portal.demo.table import welcome_table
from vecozo_portal.processes.secret_files import write_secretly


class Command(BaseCommand):
    help = (
        "Migrates, collects static files, loads the demo where there is one, and tells what the welcome shows (JSON)."
    )
    requires_system_checks = "__all__"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tell", type=Path, required=True, help="the file that gets what the welcome shows")
        parser.add_argument("--only-tell", action="store_true", help="nothing changed, so prepare nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if not options["only_tell"]:
            prepare()
        write_secretly(
            options["tell"], json.dumps({"people": people(), "mail_page": mail_page(), "codes_page": codes_page()})
        )


def prepare() -> None:
    call_command("migrate", interactive=False, verbosity=1)
    if not static_files_are_current():
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    if settings.PORTAL_DEMO:
        call_command("load_demo")


def static_files_are_current() -> bool:
    """Whether nothing changed since they were collected; collecting costs a second and a half."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    collected = manifest.stat().st_mtime
    sources = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    known = json.loads(manifest.read_text())["paths"]
    return len(known) == len(set(sources)) and all(Path(path).stat().st_mtime < collected for path in sources)


def people() -> str:
    """The table of demo people; nothing where there is no demo."""
    return welcome_table() if settings.PORTAL_DEMO else ""


def mail_page() -> str | None:
    try:
        return reverse("sent-mail")
    except NoReverseMatch:
        return None


def codes_page() -> str | None:
    """Where the demo people's one-time codes are; nothing where there is no demo."""
    return reverse("demo-codes") if settings.PORTAL_DEMO else None
