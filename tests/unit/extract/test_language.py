from __future__ import annotations

import pytest

from sayso.extract.language import block_languages, detect, page_language

ENGLISH = "The minister said that the plan was not ready and that it would be put to a vote in the autumn."
GERMAN = "Der Minister sagte, dass der Plan noch nicht fertig ist und im Herbst zur Abstimmung kommt."


@pytest.mark.parametrize(
    "text, code",
    [
        (ENGLISH, "en"),
        (GERMAN, "de"),
        ("El ministro dijo que el plan no está listo y que se votará en otoño por la tarde.", "es"),
        ("Le ministre a dit que le plan n'est pas prêt et qu'il sera soumis au vote dans les mois qui viennent.", "fr"),
        ("Министр сказал, что план не готов и что его рассмотрят после выборов в стране.", "ru"),
        ("大臣は計画がまだ準備できていないと述べた。", "ja"),
        ("部长说，该计划尚未准备就绪", "zh"),
        ("Photo: Ann Lee", None),
        ("Pro 14 (M3 8C/10C) 651 Pro 16 (M2 8C/12C) 710 s z o k", None),
        ("", None),
    ],
)
def test_detect(text: str, code: str | None) -> None:
    assert detect(text) == code


def test_prose_beats_what_the_page_states() -> None:
    assert page_language("en-US", [GERMAN, "Home"]) == "de"
    assert page_language("nb-NO", ["Home"]) == "no"
    assert page_language(None, ["Home"]) is None


def test_blocks_of_the_pages_language_say_nothing() -> None:
    assert block_languages([ENGLISH, GERMAN, "Home", "한국어로 보기"], "en") == (None, "de", None, "ko")
