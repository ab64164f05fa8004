"""All properties that every question and the chronicle must have, in the order of their groups.

This table states what each check says; the checks themselves, all of one form (see `verdicts`), are not told again.
"""

from quiz.questions.proving import answers, dates, feedback, here, notes, orders, places, sources, stems, wording
from quiz.questions.proving.answers import TYPED
from quiz.questions.proving.claims import FACTS
from quiz.questions.proving.dates import NO_DATE, NO_DATES_OFFERED
from quiz.questions.proving.kinds import DATE_OPTIONS, DATES, FORMS, ORDERS, PLACE_OPTIONS, PLACES, judged
from quiz.questions.proving.names import GAZETTEER
from quiz.questions.proving.orders import NO_ORDER
from quiz.questions.proving.places import NO_PLACE, NO_PLACES_OFFERED
from quiz.questions.proving.sources import NO_SOURCE
from quiz.questions.proving.verdicts import ChronicleProperty, Property, Skipped

__all__ = ["CHRONICLE_PROPERTIES", "QUESTION_PROPERTIES", "ChronicleProperty", "Property", "Skipped"]

DAYS_ASKED = DATES | {"source-date"}
CHOSEN = FORMS.keys() - {"enter-date", "type-place"}
OTHERS_OFFERED = CHOSEN - {"insert", "order", "settled"}
HERE = {"happened-here"}
NOT_HERE = "does not ask what happened at a place"

MEANING = (
    judged("Meaning", "a state, a fear or an evaluation is told, never asked", feedback.nothing_told_only),
    judged(
        "Meaning",
        "a disputed or unsettled date is not asked as settled",
        dates.not_disputed,
        DATES,
        "asks for no one day",
    ),
    judged("Meaning", "the date is one that a document gives", dates.given_by_document, DATES, NO_DATE),
    judged("Meaning", "every claim that vouches gives the place", places.agreed_place, PLACES, NO_PLACE),
    judged("Meaning", "a region, a border or an area is never the key", places.never_wide, PLACES, NO_PLACE),
    judged("Meaning", "the mode is that of stem, events and kind", feedback.mode_fits),
    judged(
        "Meaning",
        "a phase is that of the documents which divide the story",
        dates.phases_only,
        {"choose-phase"},
        "asks for no phase",
    ),
    judged(
        "Meaning",
        "a source’s date is asked only where sources differ",
        sources.differ,
        {"source-date"},
        "asks for no source’s date",
    ),
)
PLACE_GROUP = (
    judged(
        "Places", "every option is a place under its own name", places.known_places, PLACE_OPTIONS, NO_PLACES_OFFERED
    ),
    judged(
        "Places", "no option is, contains or lies in another", places.no_two_related, PLACE_OPTIONS, NO_PLACES_OFFERED
    ),
    judged(
        "Places",
        "a wrong place is excluded by what is said of the event",
        places.excluded,
        PLACE_OPTIONS,
        NO_PLACES_OFFERED,
    ),
    judged("Places", "wrong places are of the key’s kind", places.same_kind, PLACE_OPTIONS, NO_PLACES_OFFERED),
    judged("Places", "wrong places are near the key", places.nearby, PLACE_OPTIONS, NO_PLACES_OFFERED),
    judged("Places", "wrong places occur in the content", places.occurring, PLACE_OPTIONS, NO_PLACES_OFFERED),
    judged("Places", "no wrong place is named in the clause", places.not_in_clause, PLACE_OPTIONS, NO_PLACES_OFFERED),
    judged("Places", "a wrong event is excluded from the place", here.excluded_here, HERE, NOT_HERE),
)
STEM = (
    judged(
        "Stem",
        "points to exactly one event",
        stems.points_to_one,
        FORMS.keys() - PLACES - HERE,
        "tells the event around its place",
    ),
    judged("Stem", "tells the event around the question for its place", places.asks_for_place, PLACES, NO_PLACE),
    judged("Stem", "is true of one event’s place only", places.only_one_place, PLACES, NO_PLACE),
    judged("Stem", "names the place, and no option does", here.here_named, HERE, NOT_HERE),
    judged("Stem", "has no spelling of its key", places.no_spelling, PLACES, NO_PLACE),
    judged("Stem", "does not name the source it asks for", sources.not_named, {"who-reports"}, NO_SOURCE),
    judged("Stem", "has no number of its key", dates.no_number, DAYS_ASKED, NO_DATE),
    judged("Stem", "has no month or weekday of its key", dates.no_month, DAYS_ASKED | {"choose-phase"}, NO_DATE),
    judged("Stem", "gives no date but one that stands plainly", places.dated_soundly, PLACES, NO_PLACE),
    judged("Stem", "asks no finer than is known", dates.no_finer, DATES, NO_DATE),
    judged("Stem", "has a noun that fits key and options", places.noun_fits, PLACES, NO_PLACE),
    judged("Stem", "has no negation", stems.no_negation),
    judged("Stem", "has no ‘all’ or ‘none of the above’", stems.no_sum_of_options),
    judged("Stem", "has no relative date", stems.no_relative_date),
    judged("Stem", "has no loose pronoun", stems.no_loose_pronoun),
    judged("Stem", "has one question mark", stems.one_question),
    judged("Stem", "is whole, short and without traces of a template", stems.readable),
    judged("Stem", "is attributed if and only if the claims call for it", feedback.attributed_if_needed),
    judged("Stem", "names the source whose date it asks for", sources.names_its_source, {"source-date"}, NO_SOURCE),
)
OPTIONS = (
    Property("Options", "the kind is one that is judged, with its shape and facet", answers.known_kind),
    judged("Options", "exactly one is right", answers.exactly_one, CHOSEN, TYPED),
    judged(
        "Options",
        "wrong dates lie at least two days outside every claim",
        dates.outside_claims,
        {"choose-date"},
        NO_DATES_OFFERED,
    ),
    judged(
        "Options", "wrong dates lie outside all that this source says", dates.outside_source, {"source-date"}, NO_SOURCE
    ),
    judged("Options", "wrong dates lie within 21 days", dates.within_reach, DATE_OPTIONS, NO_DATES_OFFERED),
    judged(
        "Options",
        "no date is before the first day of the chronicle",
        dates.not_before_chronicle,
        DATE_OPTIONS,
        NO_DATES_OFFERED,
    ),
    judged("Options", "dates are of one granularity", dates.same_granularity, DATE_OPTIONS, NO_DATES_OFFERED),
    judged("Options", "no two are one", answers.distinct, CHOSEN, TYPED),
    judged("Options", "they are as many as the kind has", answers.count),
    judged("Options", "they are sorted", answers.in_order, CHOSEN, TYPED),
    judged("Options", "the key does not stand out by its length", answers.similar_length, CHOSEN, TYPED),
    judged("Options", "events to choose from are told plainly with their dates", here.dated_options, HERE, NOT_HERE),
    judged("Options", "each is the witness it stands for", sources.witnesses_known, {"who-reports"}, NO_SOURCE),
    judged("Options", "no wrong witness says so too", sources.silent, {"who-reports"}, NO_SOURCE),
    judged("Options", "no witness is part of another", sources.no_part_of_another, {"who-reports"}, NO_SOURCE),
)
ORDER = (
    judged("Order", "every pair is strictly in order", orders.every_pair, ORDERS, NO_ORDER),
    judged("Order", "no claim reverses a pair", orders.none_reversed, ORDERS, NO_ORDER),
    judged("Order", "no pair are steps of one fight", orders.not_steps, ORDERS, NO_ORDER),
    judged("Order", "what nothing settles is not at one place", orders.not_at_one_place, {"settled"}, NO_ORDER),
    judged("Order", "what nothing settles is told without hours", orders.no_hours, {"settled"}, NO_ORDER),
    judged(
        "Order",
        "the start is neither right nor one swap from it",
        orders.start_mixed,
        {"order"},
        "shows no order to mend",
    ),
    judged("Order", "no word gives it away", orders.no_telling, ORDERS, NO_ORDER),
    judged("Order", "no date gives it away", orders.no_date_told, ORDERS, NO_ORDER),
    judged("Order", "the options are the events asked about", orders.events_shown, ORDERS, NO_ORDER),
    judged(
        "Order", "events are attributed if and only if their claims call for it", orders.told_once, ORDERS, NO_ORDER
    ),
)
TYPED_AND_MAP = (
    judged(
        "Typed and map",
        "the accepted days are those common to all claims",
        dates.accepted_days,
        {"enter-date"},
        "no date is typed",
    ),
    judged(
        "Typed and map",
        "the accepted place is that of the event",
        here.accepted_places,
        {"type-place"},
        "no place is typed",
    ),
    judged(
        "Typed and map",
        "every spelling of the key is accepted",
        here.every_spelling,
        {"type-place"},
        "no place is typed",
    ),
    judged(
        "Typed and map",
        "no spelling of another place is accepted",
        here.no_other_spelling,
        {"type-place"},
        "no place is typed",
    ),
    judged(
        "Typed and map",
        "what is neither right nor wrong is asked back",
        here.aside,
        {"type-place"},
        "no place is typed",
    ),
    judged("Typed and map", "every pin is where its place is", here.pins_true, {"find-place"}, "shows no map"),
    judged("Typed and map", "the circle of a pin holds no other", here.pins_apart, {"find-place"}, "shows no map"),
)
FEEDBACK = (
    judged("Feedback", "gives the key", feedback.names_key),
    judged("Feedback", "says why, truly", feedback.explained),
    judged("Feedback", "has at least one citation, each with its place", feedback.cited),
    judged("Feedback", "gives all differing claims with their sources", feedback.all_claims_cited),
    judged(
        "Feedback",
        "says of each wrong option when or where it really was",
        notes.notes_given,
        OTHERS_OFFERED,
        "has no wrong options",
    ),
    judged("Feedback", "says so truly", notes.notes_true, CHOSEN, TYPED),
    judged("Feedback", "attributes in the same sentence", notes.notes_led, CHOSEN, TYPED),
    judged("Feedback", "says where a wrong event was", notes.place_noted, HERE, NOT_HERE),
)
NEUTRAL = (
    judged("Neutral wording", "has no loaded word outside attribution", wording.no_loaded_word),
    judged("Neutral wording", "has the same verbs for all sides", wording.same_verbs),
    judged("Neutral wording", "never asks or offers a figure", wording.figure_never_asked),
    judged("Neutral wording", "never asks for blame", wording.blame_never_asked),
    judged("Neutral wording", "gives casualties and blame with whose word it is", wording.with_whose_word),
    judged("Neutral wording", "has a content note exactly where one is due", wording.content_note),
    judged("Neutral wording", "tells no killing that was not announced", wording.no_killing_unannounced, CHOSEN, TYPED),
)
QUESTION_PROPERTIES: tuple[Property, ...] = (
    *MEANING,
    *PLACE_GROUP,
    *STEM,
    *OPTIONS,
    *ORDER,
    *TYPED_AND_MAP,
    *FEEDBACK,
    *NEUTRAL,
)
CHRONICLE_PROPERTIES: tuple[ChronicleProperty, ...] = (*FACTS, *GAZETTEER)
