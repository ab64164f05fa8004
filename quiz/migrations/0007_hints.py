from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("quiz", "0006_problem_reports")]
    operations = [
        migrations.AddField(
            model_name="askedquestion",
            name="hints",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="hints"),
        ),
        migrations.AddConstraint(
            model_name="askedquestion",
            constraint=models.CheckConstraint(condition=models.Q(("hints__range", (0, 4))), name="hints_are_few"),
        ),
    ]
