from django.apps import AppConfig


class BlockingConfig(AppConfig):
    name = "blocking"
    verbose_name = "Blokkades"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from blocking import (
            audit_sentences,
            letter_standing,
            not_me_link,
            receivers,
            sign_in_explanation,
            user_number_mail,
        )
        from blocking.services import deniable

        audit_sentences.register_sentences()
        sign_in_explanation.connect()
        letter_standing.connect()
        not_me_link.connect()
        deniable.connect()
        user_number_mail.connect()
        receivers.connect()
