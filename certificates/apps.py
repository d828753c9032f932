from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "Certificaten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from certificates import audit_sentences, receivers

        audit_sentences.register_sentences()
        receivers.connect()
