from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("quiz", "0004_attempts_become_reviews")]
    operations = [migrations.DeleteModel(name="Attempt")]
