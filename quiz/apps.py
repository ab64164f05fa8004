"""The one application of the project."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class QuizConfig(AppConfig):
    """Quizzes on the chronicle of Qalamoun."""

    name = "quiz"
    verbose_name = "Qalamoun"

    def ready(self) -> None:
        """Have the database watch over the content revision, from the first migration on."""
        from quiz.models.triggers import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self)
