from django.apps import AppConfig


class Demo(AppConfig):
    """The living province and the bench; owns no tables."""

    name = "demo"
    verbose_name = "Tỉnh mẫu"
