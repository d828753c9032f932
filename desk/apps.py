from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = "Balie"

    def ready(self) -> None:
        from desk import audit_sentences, cases
        from messagebox.letter_additions import Addition, add_below

        audit_sentences.register_sentences()
        add_below("blocking:block_opened", Addition("desk/cases/below_message.html", cases.asking_below))
