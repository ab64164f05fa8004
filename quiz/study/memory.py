"""What is remembered: the log of each card, and the state that follows from it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from quiz.models import AskedQuestion, Card, Deed, Event, Review, StudyDay, User
from quiz.models.cards import LEECH_LAPSES, LEECH_STEP
from quiz.questions.marking import Answer, Marked
from quiz.scheduling import Rating, rate, retrievability, study_day
from quiz.study import ratings

STATE = ("stability", "difficulty", "day", "due", "reviews", "lapses", "suspended", "buried_until", "kinds", "taken")
"""The fields of a card that follow from its log."""


def seed(card: Card) -> str:
    """What seeds the chance in a card's intervals: its fact, so that it is the same whoever's and wherever it is."""
    return f"{card.event.key}/{card.facet}"


# --- From the log to the state ------------------------------------------------------------------


def blank(user: User, event: Event, facet: str, day: date) -> Card:
    """A card before its first entry, which is made on that study day."""
    return Card(user=user, event=event, facet=facet, due=day)


def move(card: Card, entry: Review) -> None:
    """Move a card, in memory only, by the next entry of its log; raises ValueError for one that makes no sense."""
    match entry.what:
        case Deed.RATED:
            _rate(card, entry)
        case Deed.ADDED:
            card.due, card.suspended, card.buried_until = entry.day, False, None
        case Deed.SUSPENDED:
            card.suspended = True
        case Deed.RESUMED:
            card.suspended, card.buried_until = False, None
        case Deed.BURIED:
            card.buried_until = entry.day + timedelta(days=1)
        case _:
            raise ValueError(f"review {entry.pk} does nothing known: {entry.what!r}")


def _rate(card: Card, entry: Review) -> None:
    if entry.rating is None or entry.retention is None:
        raise ValueError(f"review {entry.pk} is no rating")
    memory = rate(card.memory, Rating(entry.rating), entry.day, retention=entry.retention, seed=seed(card))
    forgotten = memory.lapses > card.lapses
    card.stability, card.difficulty, card.day, card.due = memory.stability, memory.difficulty, memory.day, memory.due
    card.reviews, card.lapses = memory.reviews, memory.lapses
    if entry.credit is not None:
        # A quiz has shown the answer already: what it missed comes tomorrow, unless it is taken up for today.
        card.due = max(card.due, memory.day + timedelta(days=1))
    if forgotten and card.lapses >= LEECH_LAPSES and (card.lapses - LEECH_LAPSES) % LEECH_STEP == 0:
        card.suspended = True
    if entry.credit is not None:
        answers, credit = card.kinds.get(entry.kind, (0, 0.0))
        card.kinds[entry.kind] = [answers + 1, credit + entry.credit]
    if entry.taken:
        card.taken[entry.taken] = card.taken.get(entry.taken, 0) + 1


def replay(card: Card, log: Iterable[Review]) -> None:
    """Bring a card, in memory only, into the state that its whole log gives; `log` stands in the order of time."""
    fresh = Card(due=card.due, event=card.event, facet=card.facet)
    for n, entry in enumerate(log):
        if n == 0:
            fresh.due = entry.day
        move(fresh, entry)
    for name in STATE:
        setattr(card, name, getattr(fresh, name))


def rebuild(cards: Sequence[Card]) -> None:
    """Bring cards, with their events, into the state that their logs give, and store it: two statements."""
    logs: dict[int, list[Review]] = defaultdict(list)
    for entry in Review.objects.standing().filter(card__in=cards):
        logs[entry.card_id].append(entry)
    for card in cards:
        replay(card, logs[card.pk])
    Card.objects.bulk_update(cards, STATE, batch_size=500)


# --- Into the log -------------------------------------------------------------------------------


def locked(user_id: int) -> User:
    """The learner, locked until the transaction ends: of what one learner does, one thing happens at a time.

    Not the key: rows that point to the learner go on being written. Raises User.DoesNotExist.
    """
    return User.objects.select_for_update(no_key=True).get(pk=user_id)


def remember(learner: User, entries: Sequence[Review], *, now: datetime) -> None:
    """Enter what happened to cards into the log, and move them: within the transaction that holds the learner's lock.

    The entries name their card, which may be a new one, and what was done; time, study day, desired retention and what
    was foreseen are filled in here. Three statements, and one more on the first time of a study day.
    """
    day = study_day(now, learner.zone)
    counted: Counter[str] = Counter()
    for entry in entries:
        entry.user, entry.at, entry.day = learner, now, day
        if entry.what == Deed.RATED:
            entry.retention = learner.desired_retention
            entry.foreseen = retrievability(entry.card.memory, day) if entry.card.memory else None
            counted.update(_counted(entry))
        move(entry.card, entry)
        entry.interval = (entry.card.due - day).days if entry.what == Deed.RATED else None
    _store([entry.card for entry in entries])
    Review.objects.bulk_create(entries)
    asked = {entry.asked_id for entry in entries if entry.asked_id}
    if counted or asked:
        StudyDay.count(learner.pk, day, **{**counted, "answers": len(asked)})


def _store(cards: Sequence[Card]) -> None:
    """Keep cards, new ones and others, in one statement; their keys are known afterwards."""
    Card.objects.bulk_create(
        cards, update_conflicts=True, unique_fields=["user", "event", "facet"], update_fields=list(STATE)
    )


def _counted(entry: Review) -> dict[str, float]:
    """What a rating adds to its study day: told by the entry alone, so that it can be taken back as it was added.

    What was rated that day already was foreseen as certain; what was recalled with a hint was not foreseen at all.
    """
    earlier = entry.foreseen is not None and entry.foreseen < 1
    found: dict[str, float] = {}
    if entry.asked is None:
        found = {"ratings": 1, "new": int(entry.foreseen is None), "seen": int(earlier)}
    if earlier and (entry.asked is None or _recalled_alone(entry.asked)):
        found |= {"foreseen": 1, "expected": entry.foreseen or 0.0, "recalled": int(entry.rating != Rating.AGAIN)}
    return found


def _recalled_alone(asked: AskedQuestion) -> bool:
    """Whether an answer was recalled, with nothing to choose from and no hint."""
    return not asked.hints and asked.question.shape in ratings.TYPED


def answered(
    learner: User, asked: AskedQuestion, given: Answer, marked: Marked, *, hardness: float, now: datetime
) -> None:
    """Enter what an answer told of each fact; facts of events that were deleted since are passed over."""
    question = asked.question
    facts = {(fact.event, fact.facet.value): fact for fact in marked.facts}
    found = cards(learner, list(facts), now)
    remember(
        learner,
        [
            Review(
                card=card,
                asked=asked,
                kind=asked.kind,
                rating=ratings.rating(
                    question, facts[fact], asked.confidence, met=card.memory is not None, hints=asked.hints
                ),
                credit=facts[fact].credit,
                hardness=hardness,
                taken=ratings.taken(question, given),
            )
            for fact, card in found.items()
        ],
        now=now,
    )


def cards(learner: User, facts: Sequence[tuple[str, str]], now: datetime) -> dict[tuple[str, str], Card]:
    """The learner's cards of facts, by event and facet, new ones for those that have none; one statement, or two."""
    wanted = learner.cards.filter(event__key__in={event for event, _ in facts}).select_related("event")
    found = {(card.event.key, card.facet): card for card in wanted}
    missing = [fact for fact in facts if fact not in found]
    events = Event.objects.in_bulk({event for event, _ in missing}, field_name="key") if missing else {}
    day = study_day(now, learner.zone)
    found |= {(key, facet): blank(learner, events[key], facet, day) for key, facet in missing if key in events}
    return {fact: found[fact] for fact in facts if fact in found}


def undone(entry: Review, now: datetime) -> None:
    """Take back one entry, within the transaction that holds the learner's lock: it stays in the log, marked."""
    entry.undone_at = now
    entry.save(update_fields=["undone_at"])
    if entry.what == Deed.RATED:
        StudyDay.count(entry.user_id, entry.day, **{name: -number for name, number in _counted(entry).items()})
    card = Card.objects.select_related("event").get(pk=entry.card_id)
    replay(card, card.log.standing())
    card.save(update_fields=STATE)
    entry.card = card
