"""What the editors' first page counts."""

from django import template

from quiz.models import ProblemReport

register = template.Library()


@register.simple_tag
def waiting_reports() -> int:
    """How many problem reports wait for a decision: one statement."""
    return ProblemReport.objects.waiting().count()
