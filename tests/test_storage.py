"""When the database can't be written, an answer stays in its form."""

import pytest
from django.db import connection
from django.test import Client

from quiz.models import AskedQuestion
from tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)


SWITCHES = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}


def test_an_answer_that_cannot_be_stored_is_kept_in_the_form_and_counts_when_sent_again(client: Client) -> None:
    asked = make.AskedQuestionFactory(number=1, sitting__length=1)
    client.force_login(asked.sitting.user)
    path, answer = f"/quiz/{asked.sitting.token}/1/", {"token": asked.token, "choice": "0"}
    off, on = SWITCHES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(off)
        try:
            refused = client.post(path, answer)
        finally:
            cursor.execute(on)
    assert refused.status_code == 503
    assert "could not be stored just now" in refused.content.decode()
    assert "checked" in refused.content.decode()
    assert client.post(path, answer).status_code == 302
    assert AskedQuestion.objects.get().credit == 1
