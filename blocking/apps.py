from django.apps import AppConfig


class BlockingConfig(AppConfig):
    name = "blocking"
    verbose_name = "Blokkades"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from blocking import audit_sentences, letter_standing, not_me_link, receivers, sign_in_explanation

        audit_sentences.register_sentences()
        sign_in_explanation.connect()
        letter_standing.connect()
        not_me_link.connect()
        receivers.connect()
