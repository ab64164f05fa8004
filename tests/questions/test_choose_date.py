"""Choose the date: the right day or span, three wrong ones, and what the question says of each."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from tests.questions.builders import chronicle, claim, event, frame

SEEDS = range(40)


def told(*claims: ClaimFact | str, others: tuple[EventFact, ...] = (), **changes: object) -> Chronicle:
    """A chronicle with room at both ends around one event that is asked about."""
    return chronicle(event("e", *claims, at="qara", **changes), *others, *frame())


def ask(story: Chronicle, seed: int = 1, key: str = "e") -> Question:
    made = make(story, "choose-date", key, seed)
    assert isinstance(made, Question), made
    return made


def reason(story: Chronicle, key: str = "e") -> str:
    made = make(story, "choose-date", key, 1)
    assert isinstance(made, Refusal), made
    return made.reason


def day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 (days have no zone)


def test_a_day_is_asked_with_four_days_in_order() -> None:
    made = ask(told("2014-01-15"))
    assert (made.kind, made.shape, made.facet, made.mode) == ("choose-date", Shape.CHOICE, Facet.DATE, Mode.PLAIN)
    assert (made.id, made.events, made.days, made.sensitive) == ("choose-date/e", ("e",), None, False)
    assert made.stem == "On which day did this happen: government forces captured Qara?"
    days = [day(option.text) for option in made.options]
    assert days == sorted(set(days))
    assert len(days) == 4
    assert [made.options[n].text for n in made.key] == ["15 January 2014"]
    assert made.key_text == "15 January 2014"
    assert made.explanation == "Government forces captured Qara (15 January 2014). Document 000 gives this."
    assert [citation.source for citation in made.citations] == ["Document 000"]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_other_days_lie_from_two_to_21_days_from_the_accepted_ones(seed: int) -> None:
    story = told("2014-01-14/2014-01-16", claim("2014-01-20", "003", stance="predicted"))
    made = ask(story, seed)
    barred = {date(2014, 1, d) for d in (13, 14, 15, 16, 17, 19, 20, 21)}
    wrong = {day(option.text) for n, option in enumerate(made.options) if n not in made.key}
    assert len(wrong) == 3
    assert wrong & barred == set()
    assert min(wrong) >= date(2014, 1, 14) - timedelta(days=21)
    assert max(wrong) <= date(2014, 1, 16) + timedelta(days=21)


def test_any_accepted_day_of_up_to_three_may_be_the_key() -> None:
    story = told("2014-01-14/2014-01-16")
    keys = {made.options[made.key[0]].text for made in (ask(story, seed) for seed in SEEDS)}
    assert keys == {"14 January 2014", "15 January 2014", "16 January 2014"}
    assert ask(story).key_text == "14–16 January 2014"


def test_the_key_takes_each_rank_about_as_often() -> None:
    story = told("2014-01-15")
    ranks = Counter(ask(story, seed).key[0] for seed in range(800))
    assert set(ranks) == {0, 1, 2, 3}
    assert all(150 <= count <= 250 for count in ranks.values()), ranks


def test_no_wrong_day_lies_before_the_first_day_of_the_chronicle() -> None:
    story = chronicle(event("e", "2014-01-15"), *frame("2014-01-14"))
    assert {ask(story, seed).key for seed in SEEDS} == {(0,)}


def test_days_on_which_something_happened_are_preferred_and_say_what() -> None:
    busy = tuple(event(f"f{n}", f"2014-01-{n:02}", kind="visit") for n in (5, 7, 9, 11, 12, 13, 18, 19, 20, 21, 22, 23))
    story = told("2014-01-15", others=busy)
    for seed in SEEDS:
        for n, option in enumerate(ask(story, seed).options):
            key = "e" if n in ask(story, seed).key else f"f{day(option.text).day}"
            assert option == Option(option.text, story.story_line(key), event=key)


def test_a_day_on_which_nothing_happened_tells_of_the_nearest() -> None:
    made = ask(told("2014-01-15"))
    wrong = {(option.note, option.event) for n, option in enumerate(made.options) if n not in made.key}
    note = (
        "The chronicle dates nothing to this day alone. The nearest: Government forces captured Qara (15 January 2014)."
    )
    assert wrong == {(note, "e")}
    assert made.options[made.key[0]].note == "Government forces captured Qara (15 January 2014)."


def test_a_day_that_two_claims_together_leave_is_told_of_and_is_the_nearest_to_others() -> None:
    both = (claim("[2014-01-18..2014-01-20]", "001"), claim("[2014-01-20..2014-01-22]", "003"))
    story = told("2014-01-15", others=(event("both", *both, clause="rebels left the {place} post", at="rima"),))
    notes = {day(o.text).day: (o.note, o.event) for seed in SEEDS for o in ask(story, seed).options}
    line = story.story_line("both")
    assert notes[20] == (line, "both")
    assert notes[21] == (f"The chronicle dates nothing to this day alone. The nearest: {line}", "both")


@pytest.mark.parametrize(("changes", "date_2"), [({}, "2014-01-{:02}"), ({"sensitive": True}, "")])
def test_a_day_of_what_is_disputed_or_sensitive_tells_of_nothing(changes: dict[str, object], date_2: str) -> None:
    busy = tuple(
        event(f"f{n}", f"2014-01-{n:02}", claim(date_2.format(n + 1), "003"), kind="visit", **changes)
        for n in range(17, 30)
    )
    made = drawn_from(chronicle(event("e", "2014-01-15", at="qara"), *busy, *frame("2014-01-14", "2014-01-28")))[0]
    note = "What is dated to this day is disputed, or told with a note on its content."
    assert {(option.note, option.event) for option in made.options[1:]} == {(note, "")}


def test_a_day_on_which_something_happened_on_a_voice_says_on_whose() -> None:
    busy = tuple(event(f"f{n}", claim(f"2014-01-{n:02}", voice="sohr"), kind="visit") for n in range(17, 32))
    made = ask(chronicle(event("e", "2014-01-15", at="qara"), *busy, *frame("2014-01-14")))
    assert all(option.note.startswith("According to SOHR") for option in made.options[1:])


# --- Days that are dealt --------------------------------------------------------------------------


def crowd(**changes: object) -> Chronicle:
    """Eight visits, three days apart, and nothing else."""
    visits = (event(f"v{n}", f"2014-01-{3 * n + 2:02}", kind="visit", at=f"town{n}", **changes) for n in range(8))
    return chronicle(*visits, *frame())


def asked_of(story: Chronicle) -> list[Question]:
    made = [make(story, "choose-date", f"v{n}", seed) for n in range(8) for seed in SEEDS]
    return [question for question in made if isinstance(question, Question)]


def test_of_the_days_in_one_set_each_is_the_key_of_one_event() -> None:
    keys: dict[tuple[str, ...], set[str]] = {}
    for made in asked_of(crowd()):
        days = tuple(option.text for option in made.options)
        keys.setdefault(days, set()).add(days[made.key[0]])
    assert keys
    assert all(found == set(days) for days, found in keys.items())


def test_a_dealt_day_tells_of_the_event_that_it_was_dealt_with() -> None:
    story = crowd()
    for made in asked_of(story):
        for option in made.options:
            assert option.note == story.story_line(option.event)
            assert story.date_words(option.event) == option.text


def test_a_dealt_killing_is_told_only_where_the_question_has_a_note_on_its_content() -> None:
    story = chronicle(
        *(event(f"v{n}", f"2014-01-{3 * n + 2:02}", kind="visit", at=f"town{n}", sensitive=n < 4) for n in range(8)),
        *frame(),
    )
    told = [
        (made.sensitive, story.events[o.event].sensitive) for made in asked_of(story) for o in made.options if o.event
    ]
    assert {sensitive for asked, sensitive in told if not asked} == {False}
    assert {sensitive for asked, sensitive in told if asked} == {False, True}


def test_pairs_are_those_of_all_sets() -> None:
    story = crowd()
    paired = {(key, other) for n in range(8) for key, other in both(story, f"v{n}")}
    drawn = {
        (made.options[made.key[0]].text, option.text)
        for made in asked_of(story)
        for option in made.options
        if option.event != made.event
    }
    assert paired == drawn


def both(story: Chronicle, key: str) -> set[tuple[str, str]]:
    """The key and the wrong option of every pair."""
    found = list(KINDS["choose-date"].pairs(story, story.events[key]))
    return {(made.options[made.key[0]].text, made.options[1 - made.key[0]].text) for made in found}


@pytest.mark.parametrize("date_text", ["2014-01-15", "2014-01", "2014-01-13/2014-01-17", "[2014-01-11..2014-01-20]"])
def test_whatever_is_drawn_alone_is_among_the_pairs(date_text: str) -> None:
    story = told(date_text)
    pairs = both(story, "e")
    for made in drawn_from(story):
        key = made.options[made.key[0]].text
        assert {(key, option.text) for option in made.options} - {(key, key)} <= pairs


# --- Spans --------------------------------------------------------------------------------------


def drawn_from(story: Chronicle) -> list[Question]:
    made = [make(story, "choose-date", "e", seed) for seed in range(200)]
    return [question for question in made if isinstance(question, Question)]


def spans(story: Chronicle) -> set[str]:
    return {option.text for made in drawn_from(story) for option in made.options}


def test_a_third_of_a_month_stands_beside_thirds_that_do_not_touch_it() -> None:
    story = told("[2014-01-11..2014-01-20]")
    made = drawn_from(story)[0]
    assert made.stem == "Between which days did this happen: government forces captured Qara?"
    assert [made.options[n].text for n in made.key] == ["11–20 January 2014"]
    assert {"1–10 January 2014", "21–31 January 2014"} & spans(story) == set()
    assert {"11–20 December 2013", "21–31 December 2013", "1–10 February 2014", "21–28 February 2014"} <= spans(story)


def test_a_month_stands_beside_months() -> None:
    story = told("2014-03")
    assert {"February 2014", "April 2014"} & spans(story) == set()
    assert {"December 2013", "January 2014", "March 2014", "May 2014", "June 2014"} <= spans(story)
    made = drawn_from(story)[0]
    assert (made.stem, made.key_text) == (
        "In which month did this happen: government forces captured Qara?",
        "In March 2014",
    )


def test_a_stretch_of_days_stands_beside_stretches_as_long() -> None:
    made = drawn_from(told("2014-01-13/2014-01-17"))
    assert {question.stem for question in made} == {"On which days did this happen: government forces captured Qara?"}
    lasted = {last - first for question in made for first, last in map(read_span, question.options)}
    assert lasted == {timedelta(days=4)}


def test_spans_touch_no_claim_and_start_within_the_chronicle() -> None:
    story = chronicle(
        event("e", "2014-01-13/2014-01-17", claim("2014-01-25", "003", stance="predicted")), *frame("2014-01-03")
    )
    wrong = {read_span(option) for made in drawn_from(story) for option in made.options if option.event != "e"}
    wrong |= {read_span(o) for made in drawn_from(story) for n, o in enumerate(made.options) if n not in made.key}
    assert min(first for first, _ in wrong) >= date(2014, 1, 3)
    barred = {date(2014, 1, n) for n in (*range(12, 19), 24, 25, 26)}
    assert [span for span in wrong if any(span[0] <= day <= span[1] for day in barred)] == []


def read_span(option: Option) -> tuple[date, date]:
    """The days of an option such as '7–11 January 2014' or '29 January – 2 February 2014'."""
    first, last = (part.strip() for part in option.text.split("–"))
    end = day(last)
    words = [*first.split(), *last.split()[len(first.split()) :]]
    return day(" ".join(words)), end


def test_a_span_tells_what_happened_in_it_else_what_happened_nearest() -> None:
    visit = event("visit", "2014-02-05", kind="visit", at="rima")
    notes = {
        (o.text, o.note, o.event)
        for made in drawn_from(told("[2014-01-11..2014-01-20]", others=(visit,)))
        for n, o in enumerate(made.options)
        if n not in made.key
    }
    line = "Government forces captured Rima (5 February 2014)."
    far = f"The chronicle dates nothing to one of these days alone. The nearest: {line}"
    assert {note for text, note, _ in notes if text == "1–10 February 2014"} == {line}
    assert {note for text, note, _ in notes if text != "1–10 February 2014"} == {far}
    assert {key for _, _, key in notes} == {"visit"}


def test_a_span_with_room_on_one_side_only_is_asked_more_seldom() -> None:
    edge = chronicle(event("e", "2014-01-13/2014-01-17"), *frame("2014-01-13"))
    assert {made.key for made in drawn_from(edge)} == {(0,)}
    assert 30 <= len(drawn_from(edge)) <= 70
    assert make(edge, "choose-date", "e", 1) == Refusal("each day is to be right equally often", by_chance=True)


# --- Wording, refusals --------------------------------------------------------------------------


def test_the_stem_says_on_whose_word_it_stands() -> None:
    made = ask(told(claim("2014-01-15", voice="sohr")))
    assert made.mode == Mode.ATTRIBUTED
    assert made.stem == "According to SOHR, on which day did this happen: government forces captured Qara?"


def test_a_sensitive_event_makes_a_sensitive_question() -> None:
    assert ask(told("2014-01-15", sensitive=True)).sensitive


def test_a_number_that_is_the_day_is_refused_and_another_one_is_not() -> None:
    clause = "government forces made 15 raids on {place}"
    assert reason(told("2014-01-15", clause=clause)) == "a number in its clause is the day asked for"
    assert ask(told("2014-01-16", clause=clause)).options


def test_a_number_does_not_matter_where_a_span_is_asked() -> None:
    assert ask(told("2014-01-13/2014-01-17", clause="government forces made 13 raids on {place}"))


@pytest.mark.parametrize(
    ("story", "why"),
    [
        (told(), "no claim dates it"),
        (told("2014-01-15", claim("2014-01-17", "003")), "its date is disputed"),
        (told("2014-01-15", others=(event("f", "2014-01-30", at="qara"),)), "its clause points to two events"),
        (told("2014-01-15", clause="government forces " + "captured " * 25), "its stem would be too long"),
        (told("2014-01-15", clause="somebody asked: why {place}?"), "its stem holds more than one question"),
        (
            chronicle(event("e", "2014-01-15"), *frame("2014-01-13", "2014-01-17")),
            "too few days lie near that no claim allows",
        ),
    ],
)
def test_what_has_no_honest_question_is_refused_with_its_reason(story: Chronicle, why: str) -> None:
    assert reason(story) == why


def test_an_event_without_dealt_days_is_asked_more_seldom_beside_others_that_have_some() -> None:
    visits = (event(f"v{n}", f"2014-01-{3 * n + 2:02}", kind="visit", at=f"town{n}") for n in range(8))
    story = chronicle(*visits, event("e", "2014-06-15", at="qara"), *frame())
    assert 100 <= len(drawn_from(story)) <= 160
    assert {one for seed in range(200) if isinstance(one := make(story, "choose-date", "e", seed), Refusal)} == {
        Refusal("each day is to be right equally often", by_chance=True)
    }
