"""Work shared out to several processes, with the same result as one would give."""

import multiprocessing
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

S = TypeVar("S")
R = TypeVar("R")

_shared: list[tuple[Any, Callable[..., Any]]] = []
"""What a forked process finds when it begins: the subject, too large to be sent, and what is done with it."""


def spread(subject: S, done: Callable[..., R], tasks: Sequence[tuple[Any, ...]], jobs: int) -> list[R]:
    """Do something with the subject and each task, in so many processes; results in the order of the tasks.

    More than one process needs a system that can fork.
    """
    if jobs == 1:
        return [done(subject, *task) for task in tasks]
    _shared[:] = [(subject, done)]
    try:
        with multiprocessing.get_context("fork").Pool(jobs) as pool:
            return pool.map(_one, tasks, chunksize=1)
    finally:
        _shared.clear()


def _one(task: tuple[Any, ...]) -> Any:
    subject, done = _shared[0]
    return done(subject, *task)
