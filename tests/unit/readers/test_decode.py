from __future__ import annotations

import pytest

from sayso.readers.decode import decode, without_surrogates

RUSSIAN = "Премьер-министр сообщил во вторник, что переговоры продолжаются и решение будет принято позже. " * 3
JAPANESE = "首相は火曜日、協議は続いており、決定は後で行われると述べた。これはとても重要なことです。" * 3
CHINESE = "总理在星期二说，谈判正在进行，决定将在以后作出。这是一个在国家中的大问题，他们要会来。" * 3
KOREAN = "총리는 화요일 협상이 계속되고 있으며 결정은 나중에 내려질 것이라고 말했다. " * 3


@pytest.mark.parametrize(
    "body, media_type, encoding, text",
    [
        ("\ufeffé".encode(), None, "utf-8", "é"),
        ("é".encode("utf-16"), None, "utf-16-le", "é"),
        (b"\xfe\xff\x00\xe9", None, "utf-16-be", "é"),
        (b"caf\xe9", "text/html; charset=ISO-8859-1", "windows-1252", "café"),
        (b'<meta charset="windows-1251">\xef\xf0\xe8', None, "cp1251", '<meta charset="windows-1251">при'),
        (b'<meta charset="latin1">' + "é".encode(), None, "utf-8", '<meta charset="latin1">é'),
        (
            b"<?xml version='1.0' encoding='iso-8859-2'?>\xb1",
            None,
            "iso8859-2",
            "<?xml version='1.0' encoding='iso-8859-2'?>ą",
        ),
        (b"caf\xe9 \x96 it\x92s", None, "windows-1252", "café – it’s"),
        (b"", None, "utf-8", ""),
        (b"ok \xff ok" + b" plain" * 200, "text/html; charset=utf-8", "utf-8", "ok \ufffd ok" + " plain" * 200),
        (b"a\x81b", "text/html; charset=cp1252", "windows-1252", "a\ufffdb"),
        ("é".encode(), "text/html; charset=hex", "utf-8", "é"),
        ("é".encode(), "text/html; charset=no-such", "utf-8", "é"),
        (RUSSIAN.encode("cp1251"), None, "cp1251", RUSSIAN),
        (RUSSIAN.encode("koi8-r"), None, "koi8-r", RUSSIAN),
        (JAPANESE.encode("cp932"), None, "shift_jis", JAPANESE),
        (JAPANESE.encode("euc_jp"), None, "euc-jp", JAPANESE),
        (CHINESE.encode("gb18030"), None, "gb18030", CHINESE),
        (KOREAN.encode("cp949"), None, "euc-kr", KOREAN),
        (CHINESE.encode("gb18030"), "text/html; charset=utf-8", "gb18030", CHINESE),
    ],
)
def test_decode(body: bytes, media_type: str | None, encoding: str, text: str) -> None:
    assert decode(body, media_type) == (text, encoding)


def test_surrogates_go_one_for_one() -> None:
    assert without_surrogates("a\ud800b\udfff\ud83d") == "a\ufffdb\ufffd\ufffd"
    assert without_surrogates("😀") == "😀"
