"""The post in Support's admin: to read; a mail that was given up can be offered again by a button."""

from __future__ import annotations

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from accounts.actors import actor_of
from accounts.admin_base import ReadOnlyAdmin
from accounts.http import see_other
from accounts.refusals import Refusal
from messagebox.letters import subject_of
from messagebox.models import Delivery, Message
from messagebox.services import retry_delivery


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("subject", "organisation", "kind", "sender", "posted_at")
    list_select_related = ("organisation", "about", "posted_by")
    search_fields = ("organisation__agb_code", "organisation__name")
    fields = ("subject", "organisation", "kind", "about", "sender", "posted_at")
    ordering = ("-posted_at", "-id")

    @admin.display(description="onderwerp")
    def subject(self, message: Message) -> str:
        return subject_of(message)

    @admin.display(description="afzender")
    def sender(self, message: Message) -> str:
        return message.sender


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("template", "addressee", "state", "tries", "next_try_at", "last_error", "created_at", "sent_at")
    list_filter = ("state",)
    list_select_related = ("to_account__organisation",)
    search_fields = ("to_account__user_number", "to_account__name", "to_address")
    change_form_template = "admin/messagebox/delivery/change_form.html"
    fields = (
        "template",
        "addressee",
        "to_address",
        "message",
        "state",
        "tries",
        "next_try_at",
        "last_error",
        "created_at",
        "sent_at",
    )

    @admin.display(description="aan")
    def addressee(self, delivery: Delivery) -> str:
        return str(delivery.to_account or delivery.to_address)

    def get_urls(self) -> list[URLPattern]:
        retry = self.admin_site.admin_view(self.retry)
        return [path("<int:pk>/opnieuw/", retry, name="messagebox_delivery_retry"), *super().get_urls()]

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
