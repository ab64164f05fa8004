"""What may be asked of an event: agreement of its witnesses, mode, accepted days, and refusals with their reason."""

from datetime import date

import pytest

from quiz.chronology import Precision, parse
from quiz.questions.asking import (
    Agreement,
    Asking,
    DateAsking,
    PlaceAsking,
    ask_date,
    ask_phase,
    ask_place,
    asking,
    date_agreement,
    happening,
    place_agreement,
    same_days,
)
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.question import Mode
from tests.questions.builders import claim, event

NIGHT = "2013-11-29/2013-11-30"


def dates_agree(*claims: ClaimFact) -> Agreement:
    return date_agreement(claims)


def dated(*claims: ClaimFact | str) -> DateAsking:
    """The asking of an event's date, which must be askable."""
    how = ask_date(event("e", *claims))
    assert isinstance(how, DateAsking), how
    return how


# --- Agreement on days --------------------------------------------------------------------------


def test_no_dated_claim_leaves_the_date_unknown() -> None:
    assert dates_agree(claim(), claim(source="003")) == Agreement.UNKNOWN


def test_one_family_is_one_witness_where_its_documents_agree() -> None:
    assert dates_agree(claim("2013-11-19", "000"), claim("2013-11-19", "002")) == Agreement.SINGLE


def test_two_families_with_one_day_agree() -> None:
    assert dates_agree(claim("2013-11-19", "000"), claim("2013-11-19", "003")) == Agreement.AGREED


def test_one_document_on_two_voices_counts_twice() -> None:
    assert dates_agree(claim("2013-11-19", voice="sohr"), claim("2013-11-19", voice="army")) == Agreement.AGREED


def test_documents_of_one_family_that_differ_are_in_dispute() -> None:
    assert dates_agree(claim("2013-11-19", "000"), claim("2013-11-20", "002")) == Agreement.DISPUTED


def test_a_day_within_an_uncertain_stretch_is_compatible_with_it() -> None:
    assert dates_agree(claim("2014-02-20~"), claim("2014-02-21", "003")) == Agreement.COMPATIBLE


@pytest.mark.parametrize("other", ["2013-11-16", "2013-11-16/2013-11-17", "2013-11", "[2013-11-15..2013-11-17]"])
def test_whatever_is_not_the_same_span_is_no_agreement_with_what_lasted(other: str) -> None:
    assert dates_agree(claim("2013-11-15/2013-11-17"), claim(other, "003")) == Agreement.DISPUTED


def test_the_same_span_agrees() -> None:
    assert dates_agree(claim(NIGHT), claim(NIGHT, "003")) == Agreement.AGREED


@pytest.mark.parametrize(
    "changes", [{"stance": "doubts"}, {"stance": "denies"}, {"stance": "predicted"}, {"overtaken": True}]
)
def test_claims_that_do_not_vouch_have_no_say_in_agreement(changes: dict[str, object]) -> None:
    assert dates_agree(claim("2013-11-19"), claim("2013-12-19", "003", **changes)) == Agreement.SINGLE


@pytest.mark.parametrize(
    ("texts", "common"),
    [
        (["2013-11-19"], (date(2013, 11, 19), date(2013, 11, 19))),
        (["2014-02", "[2014-02-10..2014-03-02]"], (date(2014, 2, 10), date(2014, 2, 28))),
        (["[..2014-02-28]", "[..2014-02-20]"], (None, date(2014, 2, 20))),
        ([NIGHT, NIGHT], (date(2013, 11, 29), date(2013, 11, 30))),
        ([NIGHT, "2013-11-29"], None),
        (["2013-11-19", "2013-11-20"], None),
    ],
)
def test_the_days_that_claims_share(texts: list[str], common: object) -> None:
    assert same_days(parse(text) for text in texts) == common


# --- Agreement on places ------------------------------------------------------------------------


def test_claims_without_places_of_their_own_take_those_of_the_event() -> None:
    assert place_agreement(event("e", claim(), claim(source="003"), at="qara")) == Agreement.AGREED
    assert place_agreement(event("e", claim(), claim(source="002"), at="qara")) == Agreement.SINGLE


def test_a_claim_that_says_nothing_of_the_place_is_no_witness_of_it() -> None:
    silent = claim(source="003", carries_place=False, at=["jarajir"])
    assert place_agreement(event("e", claim(), silent, at="qara")) == Agreement.SINGLE
    assert place_agreement(event("e", silent, at="qara")) == Agreement.UNKNOWN


def test_two_places_are_a_dispute_unless_one_is_common() -> None:
    assert place_agreement(event("e", claim(), claim(source="003", at=["jarajir"]), at="qara")) == Agreement.DISPUTED
    both = claim(source="003", at=["qara", "jarajir"])
    assert place_agreement(event("e", claim(), both, at="qara")) == Agreement.COMPATIBLE


def test_places_only_mentioned_are_no_place_of_the_event() -> None:
    assert place_agreement(event("e", claim(), places={"qara": "mentioned"})) == Agreement.UNKNOWN


def test_a_denial_has_no_say_where_it_was() -> None:
    assert place_agreement(event("e", claim(), claim(stance="denies", at=["jarajir"]), at="qara")) == Agreement.SINGLE


# --- Modes --------------------------------------------------------------------------------------


def lead(how: Asking | Refusal) -> tuple[Mode, str]:
    assert isinstance(how, Asking)
    return how.mode, how.lead


def test_what_a_document_says_itself_is_asked_plainly() -> None:
    assert lead(happening(event("e", claim()))) == (Mode.PLAIN, "")


def test_what_stands_on_a_voice_alone_is_asked_on_that_voice() -> None:
    assert lead(happening(event("e", claim(voice="sohr")))) == (Mode.ATTRIBUTED, "According to SOHR")


def test_what_is_reportedly_so_is_asked_on_the_word_of_the_document() -> None:
    assert lead(happening(event("e", claim(stance="reported")))) == (
        Mode.ATTRIBUTED,
        "According to reports cited in Document 000",
    )


def test_what_only_an_infobox_says_is_asked_on_the_word_of_the_document() -> None:
    assert lead(happening(event("e", claim(infobox=True)))) == (Mode.ATTRIBUTED, "According to Document 000")


def test_a_voice_beside_a_document_that_says_it_itself_leaves_it_plain() -> None:
    told = event("e", claim(source="003", voice="sohr"), claim(source="000"))
    how = happening(told)
    assert lead(how) == (Mode.PLAIN, "")
    assert isinstance(how, Asking)
    assert {one.source for one in how.claims} == {"000", "003"}


@pytest.mark.parametrize("stance", ["doubts", "denies", "unconfirmed"])
def test_what_anybody_doubts_is_not_asked_plainly(stance: str) -> None:
    told = event("e", claim(source="003"), claim(source="000", stance=stance))
    assert lead(happening(told)) == (Mode.ATTRIBUTED, "According to Document 003")


@pytest.mark.parametrize("kind", ["killing", "execution", "casualties"])
def test_the_dead_are_asked_for_with_their_source_only(kind: str) -> None:
    assert lead(happening(event("e", claim(), kind=kind))) == (Mode.ATTRIBUTED, "According to Document 000")


@pytest.mark.parametrize(
    ("clause", "sensitive", "mode"),
    [
        ("rebels killed a prisoner", True, Mode.ATTRIBUTED),
        ("an attack went on, killing a prisoner", True, Mode.ATTRIBUTED),
        ("Deaths of three soldiers were told", True, Mode.ATTRIBUTED),
        ("the death toll stood at 17", True, Mode.ATTRIBUTED),
        ("three prisoners died", True, Mode.ATTRIBUTED),
        ("three prisoners were found dead", True, Mode.ATTRIBUTED),
        ("a commander spoke of casualties", True, Mode.ATTRIBUTED),
        ("a commander spoke of losses", True, Mode.ATTRIBUTED),
        ("rebels abducted a prisoner", True, Mode.PLAIN),
        ("rebels killed the engine of a lorry", False, Mode.PLAIN),
        ("a painkiller was handed out", True, Mode.PLAIN),
    ],
)
def test_a_killing_in_any_kind_of_event_is_asked_with_its_source_only(clause: str, sensitive: bool, mode: Mode) -> None:
    assert lead(happening(event("e", claim(), kind="attack", clause=clause, sensitive=sensitive)))[0] == mode


@pytest.mark.parametrize("number", ["first", "Second", "third"])
def test_phases_are_the_documents_own_and_asked_as_theirs(number: str) -> None:
    told = event("e", claim(), kind="start", clause=f"the {number} phase of the battle was under way")
    assert lead(happening(told)) == (Mode.ATTRIBUTED, "According to Document 000")
    assert lead(happening(event("e", claim(), clause="a fourth phase was under way")))[0] == Mode.PLAIN


def test_only_the_claims_of_the_voice_named_speak_for_the_answer() -> None:
    army = claim(source="002", voice="army")
    sohr = claim(source="000", voice="sohr"), claim(source="001", voice="sohr")
    how = happening(event("e", army, *sohr))
    assert isinstance(how, Asking)
    assert (how.lead, how.claims) == ("According to SOHR", sohr)


def test_among_voices_and_documents_the_document_that_says_it_itself_is_named() -> None:
    told = event("e", claim(source="000", voice="sohr"), claim(source="002"), kind="killing")
    assert lead(happening(told)) == (Mode.ATTRIBUTED, "According to Document 002")


def test_the_mode_of_a_facet_is_that_of_the_claims_that_carry_it() -> None:
    told = event("e", claim(), claim("2013-11-19", voice="sohr"))
    assert lead(happening(told)) == (Mode.PLAIN, "")
    how = ask_date(told)
    assert isinstance(how, DateAsking)
    assert lead(how.asking) == (Mode.ATTRIBUTED, "According to SOHR")


def test_a_state_is_told_and_not_asked() -> None:
    assert happening(event("e", claim(), told_only=True)) == Refusal(
        "a state, a fear or an evaluation is told, not asked"
    )


@pytest.mark.parametrize(
    "changes", [{"stance": "predicted"}, {"stance": "doubts"}, {"stance": "denies"}, {"overtaken": True}]
)
def test_what_nobody_vouches_for_is_not_asked(changes: dict[str, object]) -> None:
    told = event("e", claim("2013-11-19", **changes), at="qara")
    refusal = Refusal("no claim vouches for it")
    assert (happening(told), ask_date(told), ask_place(told)) == (refusal, refusal, refusal)
    assert asking(told, ()) == refusal


# --- Dates --------------------------------------------------------------------------------------


def test_the_accepted_day_is_the_one_that_all_claims_share() -> None:
    how = dated(claim("2014-02-20~"), claim("2014-02-21", "003"))
    assert (how.first, how.last, how.days, how.lasted) == (date(2014, 2, 21), date(2014, 2, 21), 1, False)
    assert how.interval.precision is Precision.DAY


def test_claims_that_narrow_each_other_down_are_told_as_what_both_allow() -> None:
    how = dated(claim("[2014-02-01..2014-02-10]"), claim("[2014-02-05..2014-02-20]", "003"))
    assert (how.first, how.last) == (date(2014, 2, 5), date(2014, 2, 10))
    assert how.interval == parse("[2014-02-05..2014-02-10]")
    one = dated(claim("[2014-02-01..2014-02-10]"), claim("[2014-02-10..2014-02-20]", "003"))
    assert one.interval == parse("2014-02-10")


def test_of_two_ways_to_write_the_same_days_the_plainer_is_kept() -> None:
    assert dated(claim("[2014-02-01..2014-02-28]"), claim("2014-02", "003")).interval == parse("2014-02")


@pytest.mark.parametrize(
    ("text", "days", "lasted"),
    [
        ("2013-11-19", 1, False),
        (NIGHT, 2, True),
        ("2013-11-15/2013-11-17", 3, True),
        ("2014-02-20~", 5, False),
        ("2014-07", 31, False),
        ("2014-03-01/2014-03-31", 31, True),
    ],
)
def test_dates_of_up_to_31_days_are_asked(text: str, days: int, lasted: bool) -> None:
    how = dated(text)
    assert (how.days, how.lasted) == (days, lasted)


def refused(*claims: ClaimFact | str, **changes: object) -> str:
    how = ask_date(event("e", *claims, **changes))
    assert isinstance(how, Refusal), how
    return how.reason


@pytest.mark.parametrize(
    ("texts", "reason"),
    [
        ([], "no claim dates it"),
        ([""], "no claim dates it"),
        (["2014-03-01/2014-04-01"], "its date is known to more than 31 days only"),
        (["[2014-03-01..2014-04-01]"], "its date is known to more than 31 days only"),
        (["[..2014-02-28]"], "its date has no lower bound"),
        (["2013-11-19", "2013-11-20"], "its date is disputed"),
        (["2013-11-15/2013-11-17", "2013-11-16"], "its date is disputed"),
    ],
)
def test_a_date_that_has_no_honest_question_is_refused_with_its_reason(texts: list[str], reason: str) -> None:
    assert refused(*texts) == reason


def test_an_event_that_is_perhaps_another_has_no_settled_date() -> None:
    assert refused("2013-11-19", twins=["f"]) == "perhaps the same as another event: its date is not settled"


def test_an_event_told_only_has_no_question_of_its_date() -> None:
    assert refused("2013-11-19", told_only=True) == "a state, a fear or an evaluation is told, not asked"


def test_voices_that_contradict_each_other_are_in_dispute_though_one_alone_would_be_named() -> None:
    assert refused(claim("2013-11-19", voice="sohr"), claim("2013-11-21", voice="army")) == "its date is disputed"


def test_a_date_that_is_only_inferred_is_not_asked() -> None:
    inferred = claim("2014-02-20", inferred=True)
    assert refused(inferred) == "its date is only inferred from what stands around it"
    assert dated(inferred, claim("2014-02-20", "003")).first == date(2014, 2, 20)
    told = claim("2014-02-20", "003", stance="predicted")
    assert refused(inferred, told) == "its date is only inferred from what stands around it"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"infobox": True}, "Document 003"),
        ({"voice": "sohr"}, "SOHR"),
        ({"stance": "reported"}, "reports cited in Document 003"),
    ],
)
def test_a_day_that_only_a_box_or_a_voice_gives_is_asked_on_its_word(changes: dict[str, object], name: str) -> None:
    how = dated(claim("2014-02", "000"), claim("2014-02-20", "003", **changes))
    assert lead(how.asking) == (Mode.ATTRIBUTED, f"According to {name}")
    assert (how.first, how.last) == (date(2014, 2, 20), date(2014, 2, 20))
    assert [one.source for one in how.asking.claims] == ["003"]


def test_a_day_is_not_laid_on_a_document_that_gives_its_month_only() -> None:
    told = event("e", claim("2014-02", "000"), claim("2014-02-20", "002"), kind="killing")
    how = ask_date(told)
    assert isinstance(how, DateAsking)
    assert lead(how.asking) == (Mode.ATTRIBUTED, "According to Document 002")
    assert (how.first, how.last) == (date(2014, 2, 20), date(2014, 2, 20))


def test_documents_of_one_family_speak_together_where_they_give_the_same_day() -> None:
    told = event("e", claim("2014-02-20", "000"), claim("2014-02-20", "002"), kind="killing")
    how = ask_date(told)
    assert isinstance(how, DateAsking)
    assert (how.asking.lead, [one.source for one in how.asking.claims]) == ("According to Document 000", ["000", "002"])


def test_a_day_that_a_text_gives_itself_stays_plain_beside_wider_voices() -> None:
    how = dated(claim("2014-02-20", "000"), claim("2014-02", "003", voice="sohr"))
    assert lead(how.asking) == (Mode.PLAIN, "")


def test_a_doubted_predicted_or_overtaken_day_is_not_among_the_accepted_ones() -> None:
    how = dated("2014-02-20~", claim("2014-02-20", stance="predicted"), claim("2014-02-21", overtaken=True))
    assert (how.first, how.last) == (date(2014, 2, 18), date(2014, 2, 22))


def test_the_accepted_days_of_a_voice_are_those_of_its_own_claims() -> None:
    how = dated(claim("2014-02-20~", voice="army"), claim("2014-02-20", "003", voice="sohr"))
    assert (how.asking.lead, how.first, how.last) == ("According to ARMY", date(2014, 2, 18), date(2014, 2, 22))


# --- Places -------------------------------------------------------------------------------------


def test_the_place_in_the_slot_is_asked_with_its_role() -> None:
    how = ask_place(event("e", claim(), at="qara", places={"qara": "toward", "jarajir": "from"}))
    assert isinstance(how, PlaceAsking)
    assert (how.place, how.role, how.asking.mode) == ("qara", "toward", Mode.PLAIN)


def test_a_place_on_a_voice_alone_is_asked_on_that_voice() -> None:
    how = ask_place(event("e", claim(carries_place=False), claim(voice="sohr"), at="qara"))
    assert isinstance(how, PlaceAsking)
    assert how.asking.lead == "According to SOHR"


@pytest.mark.parametrize(
    ("claims", "at", "reason"),
    [
        ([claim()], None, "its clause has no place to ask for"),
        ([claim(), claim(source="003", at=["jarajir"])], "qara", "its place is disputed"),
        ([claim(at=["jarajir"])], "qara", "not every claim gives its place"),
        (
            [claim(at=["jarajir"]), claim(source="003", at=["qara", "jarajir"])],
            "qara",
            "not every claim gives its place",
        ),
        ([claim(carries_place=False)], "qara", "no claim vouches for it"),
    ],
)
def test_a_place_that_has_no_honest_question_is_refused_with_its_reason(
    claims: list[ClaimFact], at: str | None, reason: str
) -> None:
    assert ask_place(event("e", *claims, at=at)) == Refusal(reason)


def test_a_date_is_not_asked_with_a_place_that_is_disputed() -> None:
    told = event("e", claim("2013-11-19"), claim("2013-11-19", source="003", at=["jarajir"]), at="qara")
    assert ask_date(told) == Refusal("its place is disputed, and its clause names one")


# --- Phases -------------------------------------------------------------------------------------


def test_the_phase_of_a_disputed_day_may_be_asked() -> None:
    told = event("e", claim("2013-11-19"), claim("2013-11-25", source="003"))
    assert lead(ask_phase(told)) == (Mode.PLAIN, "")


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (event("e", claim()), "no claim dates it"),
        (event("e", claim("2013-11-19", inferred=True)), "its date is only inferred from what stands around it"),
        (event("e", "2013-11-19", told_only=True), "a state, a fear or an evaluation is told, not asked"),
        (event("e", "2013-11-19", clause="the first phase of the battle began"), "its clause names a phase"),
        (
            event("e", claim("2013-11-19"), claim("2013-11-19", source="003", at=["jarajir"]), at="qara"),
            "its place is disputed, and its clause names one",
        ),
    ],
)
def test_a_phase_that_has_no_honest_question_is_refused_with_its_reason(told: EventFact, reason: str) -> None:
    assert ask_phase(told) == Refusal(reason)
