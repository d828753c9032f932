"""`manage.py demo_queries`, or `make demo-queries`: queries a service as software does, until it is refused."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from accounts.choices import AccountKind
from vecozo_portal.demo import telling
from vecozo_portal.demo.asking import NO_RUN, Asking, NobodyAnswers
from vecozo_portal.demo.cast import CAST, Person
from vecozo_portal.demo.catalogue import COV, SERVICES
from vecozo_portal.demo.permission import NoDemoHere, listed_people

# More than any quota of the demo.
MOST_QUERIES = 600


class Command(BaseCommand):
    help = "Sends real queries through the demo's service and the gate until they are refused, beside a running portal."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--service", choices=sorted(SERVICES), default=COV, help="which one is queried")
        parser.add_argument("--user", type=_demo_person, default=None, help="whose software, by user number")
        parser.add_argument("--count", type=_count, default=MOST_QUERIES, help="how many queries at most")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            self._query(options["user"] or _software(), options["service"], options["count"])
        except (NoDemoHere, NobodyAnswers) as reason:
            raise CommandError(str(reason)) from None
        except OperationalError:
            raise CommandError(NO_RUN) from None

    def _query(self, person: Person, service: str, count: int) -> None:
        listed_people()
        asking = Asking(_service_address(), service, person.user_number)
        self.stdout.write(f"\n{telling.beginning(asking, person)}\n\n")
        for number, answer in enumerate(asking.answers(count), start=1):
            if not answer.is_allowed:
                self.stdout.write(f"{telling.refusal(number, answer)}\n\n{telling.next_steps(answer, person)}\n")
                return
            self.stdout.write(telling.progress(number, answer), ending="\n" if telling.progress(number, answer) else "")
        self.stdout.write(f"\n{telling.not_refused(count)}")


def _software() -> Person:
    return next(person for person in CAST if person.kind == AccountKind.SYSTEM)


def _service_address() -> str:
    if not settings.PORTAL_DEMO_SERVICE_URL:
        raise NobodyAnswers(NO_RUN)
    return settings.PORTAL_DEMO_SERVICE_URL


def _demo_person(text: str) -> Person:
    found = next((person for person in CAST if person.user_number == text), None)
    if found is None:
        raise ArgumentTypeError("this is nobody of the demo; `manage.py demo_people` lists the user numbers")
    return found


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise ArgumentTypeError("wants a number of 1 or more")
    return int(text)
