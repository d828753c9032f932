"""Removing software's account, or one of a PGB provider, and undoing that: acts on an account's page in the admin."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format

from accounts.actors import actor_of
from accounts.admin_kit.acts import ActPage, ask_or_act, posted
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.work import Load, Pile, Work, amount, register_work
from accounts.choices import AccountState, IdentityCheck
from accounts.forms import NoteField, identity_check_field, reason_for_support
from accounts.models import Account
from accounts.queries import contact_persons
from accounts.refusals import NoReasonGiven
from accounts.services import remove_at_support, undo_removal, why_not_to_remove, why_not_to_undo

LIST = "admin:accounts_account_changelist"
TEXT_MAX_LENGTH = 500
MOMENT = r"j F Y \o\m H.i \u\u\r"
OF_SOFTWARE = (
    "Software die met dit account werkt, wordt meteen overal geweigerd: declareren en controleren ligt dan stil. Vraag "
    "daarom of de organisatie dat weet. "
)
FINAL = "Na {minutes} minuten is het definitief: autorisaties, certificaten en geheimen vervallen dan voorgoed."


class RemoveForm(forms.Form):
    caller = NoteField(
        label="Wie vraagt erom?",
        help_text="Naam en rol.",
        max_length=TEXT_MAX_LENGTH,
        error_messages={
            "required": "Schrijf op wie erom vraagt.",
            "max_length": f"Hier passen hoogstens {TEXT_MAX_LENGTH} tekens.",
        },
    )
    check = identity_check_field()
    reason = reason_for_support("Waarom verwijdert u het account?")


class RemovalActs(ReadOnlyAdmin):
    """The pages of these acts, for the admin of accounts."""

    def get_urls(self) -> list[URLPattern]:
        end = self.with_recent_factor(self.end_account, "caller", "check", "reason")
        undo = self.with_recent_factor(self.put_back)
        return [
            path("<int:pk>/verwijderen/", end, name="accounts_account_remove"),
            path("<int:pk>/verwijderen/ongedaan-maken/", undo, name="accounts_account_undo_removal"),
            *super().get_urls(),
        ]

    def end_account(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = _account(pk)
        if request.method != "POST" and not may_be_removed(account, request):
            raise Http404

        def act(form: forms.Form) -> str:
            typed = form.cleaned_data
            check, by = IdentityCheck(typed["check"]), actor_of(request)
            reason = f"{typed['reason']} (gevraagd door: {typed['caller']})"
            remove_at_support(account, check=check, reason=reason, by=by, at=timezone.now())
            return f"{account.name} wordt verwijderd. De contactpersonen hebben bericht gekregen."

        form = RemoveForm(posted(request))
        return ask_or_act(request, _remove_page(account), form, act, self.admin_site)

    def put_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        account = _account(pk)
        if request.method != "POST" and not may_be_put_back(account, request):
            raise Http404

        def act(form: forms.Form) -> str:
            undo_removal(account, by=actor_of(request), at=timezone.now())
            return f"{account.name} is weer zoals het was."

        return ask_or_act(request, _undo_page(account), forms.Form(posted(request)), act, self.admin_site)


def may_be_removed(account: Account, request: HttpRequest) -> bool:
    return why_not_to_remove(account, by=actor_of(request), at=timezone.now()) is None


def may_be_put_back(account: Account, request: HttpRequest) -> bool:
    return why_not_to_undo(account, by=actor_of(request), at=timezone.now()) is None


def accounts_being_removed() -> Load:
    count = Account.objects.filter(state=AccountState.REMOVAL_PENDING).count()
    words = amount(count, "account dat wordt verwijderd", "accounts die worden verwijderd")
    return Load(Pile(count, words, reverse(LIST, query={"state__exact": AccountState.REMOVAL_PENDING.value})))


register_work(Work(rank=45, look=accounts_being_removed))


def _account(pk: int) -> Account:
    found = Account.objects.select_related("organisation").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _remove_page(account: Account) -> ActPage:
    final = FINAL.format(minutes=settings.PORTAL_REMOVAL_MINUTES)
    page = _page(account, "Account verwijderen", f"{OF_SOFTWARE if account.is_system else ''}{final}")
    page.told_at.update({NoReasonGiven.code: "reason"})
    return page


def _undo_page(account: Account) -> ActPage:
    final_at = account.removal_final_at
    until = f" Dat kan tot {date_format(timezone.localtime(final_at), MOMENT)}." if final_at else ""
    return _page(account, "Verwijderen ongedaan maken", f"Alles is daarna weer zoals het was.{until}")


def _page(account: Account, title: str, explanation: str) -> ActPage:
    own_page, organisation = reverse("admin:accounts_account_change", args=[account.pk]), account.organisation
    people = contact_persons(organisation, timezone.now()) if organisation else []
    return ActPage(
        title=f"{title}: {account.name}",
        button=title,
        back=own_page,
        crumbs=(("Accounts", reverse(LIST)), (account.name, own_page)),
        facts=(
            ("Account", account.name),
            ("Organisatie", str(organisation or "Support")),
            ("Contactpersonen", ", ".join(person.name for person in people) or "Geen"),
            ("Telefoon van de organisatie", organisation.phone if organisation else ""),
        ),
        explanation=explanation,
    )
