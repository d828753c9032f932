from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "certificates"
    verbose_name = "Certificaten"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from accounts.shown_certificates import judge_certificates
        from certificates import audit_sentences, receivers
        from certificates.services import recognising

        audit_sentences.register_sentences()
        receivers.connect()
        judge_certificates(recognising)
