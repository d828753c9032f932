from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Balie"

    def ready(self) -> None:
        from desk import audit_sentences

        audit_sentences.register_sentences()
