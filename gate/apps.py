from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "gate"
    verbose_name = "Poort voor software"

    def ready(self) -> None:
        from gate import receivers

        receivers.connect()
