"""Bytes to text: byte-order mark, what the sender says, what the page says, then what the bytes are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from .guess import guess_encoding

__all__ = ["byte_offsets", "declared_encoding", "decode", "decode_as", "without_surrogates"]

DECLARED_WITHIN = 4096
"""Bytes searched for a declaration; the HTML standard asks for the first 1,024, and pages put it later."""
TOLERATED = 0.002
"""Share of wrong bytes up to which a page that says it is UTF-8 is believed."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,512}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_REPLACEMENT = "\ufffd"
_WRONG = re.compile(f"({_REPLACEMENT})")
LONGEST = 8
"""Bytes in which a character, or what is no character, has ended."""
_SURROGATE = re.compile("[\ud800-\udfff]")

_LABELS = {
    "cp1252": "ascii us-ascii iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 windows-1252 cp1252 x-cp1252",
    "utf-8": "utf-8 utf8 unicode-1-1-utf-8 x-unicode20utf8",
    "cp1250": "windows-1250 cp1250",
    "cp1251": "windows-1251 cp1251 win-1251",
    "cp1253": "windows-1253 cp1253",
    "cp1254": "windows-1254 cp1254 iso-8859-9 latin5",
    "cp1255": "windows-1255 cp1255",
    "cp1256": "windows-1256 cp1256",
    "cp1257": "windows-1257 cp1257",
    "cp1258": "windows-1258 cp1258",
    "iso8859-2": "iso-8859-2 latin2 iso8859-2",
    "iso8859-3": "iso-8859-3",
    "iso8859-4": "iso-8859-4",
    "iso8859-5": "iso-8859-5",
    "iso8859-6": "iso-8859-6",
    "iso8859-7": "iso-8859-7",
    "iso8859-8": "iso-8859-8 iso-8859-8-i",
    "iso8859-10": "iso-8859-10",
    "iso8859-13": "iso-8859-13",
    "iso8859-14": "iso-8859-14",
    "iso8859-15": "iso-8859-15 latin-9 latin9",
    "iso8859-16": "iso-8859-16",
    "cp874": "windows-874 tis-620 iso-8859-11",
    "koi8-r": "koi8-r koi8 koi",
    "koi8-u": "koi8-u koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman",
    "mac-cyrillic": "x-mac-cyrillic",
    "cp866": "ibm866 cp866",
    "gb18030": "gb2312 gbk gb18030 gb_2312-80 x-gbk chinese",
    "big5hkscs": "big5 big5-hkscs cn-big5 x-x-big5",
    "cp932": "shift_jis shift-jis sjis x-sjis windows-31j ms_kanji",
    "euc_jp": "euc-jp x-euc-jp",
    "iso2022_jp": "iso-2022-jp",
    "cp949": "euc-kr ks_c_5601-1987 ksc5601 windows-949 korean",
    "utf-16-le": "utf-16 utf-16le",
    "utf-16-be": "utf-16be",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}
_PUBLIC = {"cp1252": "windows-1252", "cp932": "shift_jis", "cp949": "euc-kr", "big5hkscs": "big5", "euc_jp": "euc-jp"}
_CODEC_OF_PUBLIC = {public: codec for codec, public in _PUBLIC.items()}


def without_surrogates(text: str) -> str:
    """`text` with every lone surrogate as U+FFFD, one for one."""
    try:
        text.encode()  # the quickest way to see that there is none
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def declared_encoding(body: bytes, media_type: str | None) -> str | None:
    """The codec that the sender or the page itself names, None where neither does or the name is unknown."""
    if media_type and (match := _CHARSET.search(media_type)) and (codec := _CODECS.get(match[1].lower())):
        return codec
    head = body[:DECLARED_WITHIN]
    for pattern in (_XML, _META):
        found = pattern.search(head)
        codec = _CODECS.get(found[1].decode("ascii").lower()) if found else None
        if codec:
            return "utf-8" if codec.startswith("utf-16") else codec  # the declaration itself was read as ASCII
    return None


def decode(body: bytes, media_type: str | None = None) -> tuple[str, str]:
    """Decode a page; never fails.

    A byte-order mark decides, then the sender's header, then the page's own declaration; but bytes
    that are valid UTF-8 beyond ASCII are UTF-8 whatever is said of them, and a page that is
    not what it says it is in many places is taken by its bytes.

    Args:
        body: the bytes as fetched.
        media_type: the sender's Content-Type, with its charset if it has one.
    Returns:
        The text without a byte-order mark, and the encoding's public name.
    """
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return without_surrogates(body[len(mark) :].decode(codec, "replace")), codec
    declared = declared_encoding(body, media_type)
    if declared == "iso2022_jp" or (declared or "").startswith("utf-16"):
        return _decoded(body, declared or "utf-8")
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if declared == "utf-8" or declared is None:
        text = body.decode("utf-8", "replace")
        wrong = text.count("\ufffd")
        beyond = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", text[:200_000]))
        if wrong <= TOLERATED * len(text) and (declared or wrong <= 0.1 * beyond):
            return text, "utf-8"
        return _decoded(body, guess_encoding(body))
    return _decoded(body, declared)


def _decoded(body: bytes, codec: str) -> tuple[str, str]:
    return without_surrogates(body.decode(codec, "replace")), _PUBLIC.get(codec, codec)


def decode_as(body: bytes, encoding: str) -> str:
    """The text that `decode` gave together with this name of an encoding.

    Raises:
        LookupError: the name is none that `decode` gives.
    """
    codec = _CODEC_OF_PUBLIC.get(encoding, encoding)
    if codec not in _LABELS:
        raise LookupError(encoding)
    mark = next((mark for mark, named in _BOMS if named == codec), b"")
    return without_surrogates(body.removeprefix(mark).decode(codec, "replace"))


def byte_offsets(body: bytes, text: str, encoding: str, points: Sequence[int]) -> dict[int, int]:
    """Where code points of a decoded page begin in its bytes.

    Args:
        body: the bytes.
        text: what `decode` made of them.
        encoding: the name it gave.
        points: places in the text, sorted.
    Returns:
        The byte of each point, as far as the text in front of it encodes to the very bytes, those apart that were
        no valid text and were replaced.
    """
    codec = _CODEC_OF_PUBLIC.get(encoding, encoding)
    mark = next((mark for mark, named in _BOMS if named == codec and body.startswith(mark)), b"")
    found, at, byte = {}, 0, len(mark)
    for point in points:
        end = _after(body, byte, text[at:point], codec)
        if end is None:
            break
        at, byte = point, end
        found[point] = byte
    return found


def _after(body: bytes, byte: int, piece: str, codec: str) -> int | None:
    """Where a piece of the text that begins at a byte ends; None where the bytes are other ones."""
    for part in _WRONG.split(piece):
        data = part.encode(codec, "replace")
        if part == _REPLACEMENT:
            byte += _wrong_at(body, byte, codec) or len(data)
        elif body[byte : byte + len(data)] == data:
            byte += len(data)
        else:
            return None
    return byte


def _wrong_at(body: bytes, byte: int, codec: str) -> int:
    """How many bytes one replacement character stands for; 0 where what is there is text."""
    try:
        body[byte : byte + LONGEST].decode(codec)
    except UnicodeDecodeError as error:
        return error.end if error.start == 0 else 0
    return 0
