from __future__ import annotations

import threading

import pytest

from sayso.engines.local import Guard
from sayso.engines.reader import PageReader
from sayso.errors import Retryable


def test_a_closed_reader_says_ask_again_and_one_at_work_too() -> None:
    reader = PageReader(Guard(timeout_s=60))
    told: list[str] = []

    def ask() -> None:
        try:
            reader.answer(b'{"text": "The mayor said it rained."}')
        except Retryable as error:
            told.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    while reader._process is None and thread.is_alive():
        thread.join(0.01)
    reader.close()
    thread.join(30)
    assert len(told) == 1
    with pytest.raises(Retryable):
        reader.warm()
