from django.apps import AppConfig


class MessageboxConfig(AppConfig):
    name = "messagebox"
    verbose_name = "Berichten en e-mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from messagebox import audit_sentences, receivers

        audit_sentences.register_sentences()
        receivers.connect()
