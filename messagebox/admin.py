"""The post in Support's admin: to read; a mail that was given up can be offered again by a button."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from accounts.actors import actor_of
from accounts.admin_kit.base import ReadOnlyAdmin
from accounts.admin_kit.work import Load, Pile, Work, amount, register_work
from accounts.http import see_other, way_back
from accounts.refusals import Refusal
from messagebox.choices import DeliveryState
from messagebox.letters import kind_of, subject_of
from messagebox.models import Delivery, Message
from messagebox.queries import without_reader
from messagebox.services import record_told, retry_delivery
from messagebox.wording import one_line, values_of


class WithoutReader(admin.SimpleListFilter):
    """Where there is no contact person, Support is the one to tell what the message says."""

    title = "lezer"
    parameter_name = "lezer"
    NONE = "geen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(self.NONE, "Zonder lezer, nog niet doorgegeven")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=without_reader().values("pk")) if self.value() == self.NONE else queryset


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("subject", "organisation", "sort", "sender", "posted_at")
    list_filter = (WithoutReader,)
    change_form_template = "admin/messagebox/message/change_form.html"
    list_select_related = ("organisation", "about", "posted_by")
    search_fields = ("organisation__agb_code", "organisation__name")
    fields = ("subject", "organisation", "sort", "about", "sender", "posted_at")
    search_help_text = "Zoek op organisatie of AGB-code."
    ordering = ("-posted_at", "-id")

    def heading_of(self, thing: Message) -> str:
        return subject_of(thing)

    @admin.display(description="onderwerp")
    def subject(self, message: Message) -> str:
        return subject_of(message)

    @admin.display(description="soort", ordering="kind")
    def sort(self, message: Message) -> str:
        return kind_of(message)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["waits_for_support"] = without_reader().filter(pk=context["original"].pk).exists()
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        told = self.admin_site.admin_view(self.told)
        return [path("<int:pk>/doorgegeven/", told, name="messagebox_message_told"), *super().get_urls()]

    @way_back("admin:messagebox_message_changelist")
    @method_decorator([require_POST, csrf_protect])
    def told(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Support told the organisation itself what nobody there can read."""
        message = without_reader().filter(pk=pk).first()
        if message is None:
            raise Http404
        record_told(message, by=actor_of(request), at=timezone.now())
        messages.success(request, "Vastgelegd: de organisatie weet ervan.")
        return see_other(reverse("admin:messagebox_message_change", args=[pk]))

    @admin.display(description="afzender")
    def sender(self, message: Message) -> str:
        return message.sender


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("subject", "addressee", "state", "tries", "last_error", "created_at")
    list_filter = ("state",)
    list_select_related = ("to_account__organisation", "message__organisation")
    search_fields = ("to_account__user_number", "to_account__name", "to_address")
    search_help_text = "Zoek op naam, gebruikersnummer of e-mailadres."
    change_form_template = "admin/messagebox/delivery/change_form.html"
    fields = (
        "template",
        "addressee",
        "to_address",
        "letter",
        "state",
        "tries",
        "next_try_at",
        "last_error",
        "created_at",
        "sent_at",
    )

    def heading_of(self, thing: Delivery) -> str:
        return self.subject(thing)

    @admin.display(description="onderwerp")
    def subject(self, delivery: Delivery) -> str:
        """What stands above the mail, or would; the name of its template where that is gone."""
        values = values_of(delivery.parameters)
        agb_code = delivery.message.organisation.agb_code if delivery.message else ""
        try:
            return one_line(f"emails/{delivery.template}/subject.txt", {**values, "agb_code": agb_code})
        except TemplateDoesNotExist:
            return delivery.template

    @admin.display(description="gaat over bericht")
    def letter(self, delivery: Delivery) -> str:
        if delivery.message is None:
            return "–"
        address = reverse("admin:messagebox_message_change", args=[delivery.message.pk])
        return format_html('<a href="{}">{}</a>', address, subject_of(delivery.message))

    @admin.display(description="aan")
    def addressee(self, delivery: Delivery) -> str:
        return str(delivery.to_account or delivery.to_address)

    def get_urls(self) -> list[URLPattern]:
        retry = self.admin_site.admin_view(self.retry)
        return [path("<int:pk>/opnieuw/", retry, name="messagebox_delivery_retry"), *super().get_urls()]

    @way_back("admin:messagebox_delivery_changelist")
    @method_decorator([require_POST, csrf_protect])
    def retry(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Offer a given-up mail again, through the service that audits it."""
        delivery = Delivery.objects.select_related("to_account").filter(pk=pk).first()
        if delivery is None:
            raise Http404
        try:
            retry_delivery(delivery, by=actor_of(request), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, "De e-mail wordt opnieuw verstuurd.")
        return see_other(reverse("admin:messagebox_delivery_change", args=[pk]))


def given_up_mails() -> Load:
    count = Delivery.objects.given_up().count()
    address = reverse("admin:messagebox_delivery_changelist", query={"state__exact": DeliveryState.GIVEN_UP.value})
    return Load(Pile(count, amount(count, "opgegeven e-mail", "opgegeven e-mails"), address))


def messages_without_reader() -> Load:
    count = without_reader().count()
    address = reverse("admin:messagebox_message_changelist", query={WithoutReader.parameter_name: WithoutReader.NONE})
    return Load(Pile(count, amount(count, "bericht zonder lezer", "berichten zonder lezer"), address))


register_work(Work(rank=25, look=messages_without_reader))
register_work(Work(rank=30, look=given_up_mails))
