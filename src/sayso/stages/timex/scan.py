"""The pattern that cuts text into the tokens of the time grammar: plain words first, then written formats and signs."""

from __future__ import annotations

import re

__all__ = ["TOKEN"]

TOKEN = re.compile(
    r"""
    [^\S\n]*+
    (?:
      (?P<word>[^\W\d_]++(?![\d_.'’]))
    | (?P<gap>\n\s++)
    | (?P<iso>(?<![\w.,/-])\d{4}-\d{2}-\d{2}
        (?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?\ ?(?:Z\b|[+-]\d{2}:?\d{2}\b)?)?(?![\w/-]))
    | (?P<numeric>(?<![\w.,/$-])\d{1,4}(?P<sep>[/.-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?![\w/-]|[.,]\d))
    | (?P<slash>(?:(?<![\w.,/$-])|(?<=/\d-)|(?<=/\d\d-))\d{1,2}/\d{1,2}(?![\w/]|[.,]\d|-(?!\d{1,2}/\d)))
    | (?P<clock>(?<![\w:.,$£€])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])
        |(?<![\w:.,$£€])(?:0?\d|1[0-2])\.[0-5]\d(?=\ ?[ap]\.?m\b))
    | (?P<ordinal>(?<![\w.,])\d{1,4}(?:st|nd|rd|th)(?!\w))
    | (?P<decade>(?<![\w.,$])(?:\d{3}0|['’]?\d0)['’]?s(?!\w))
    | (?P<short>(?<!\w)['’]\d\d(?!\w))
    | (?P<code>(?<!\w)(?:[QqH][1-4]|[1-4][QH]|[FCS]Y[ ]?(?:\d{4}|\d{2}))(?=\d{2,4}\b|(?!\w)))
    | (?P<number>(?<!\d)\d{1,3}(?:,\d{3}){1,6}(?!\d)(?:\.\d{1,9}(?!\d))?|\d++\.\d++(?![.\d])|\d++)
    | (?P<abbreviation>(?:[A-Za-z]\.){2,4}(?![A-Za-z])|[ap]\.m\b
        |(?i:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|thur|fri|sat|sun|nos?|c)\.(?=\s))
    | (?P<possessive>['’]s(?!\w))
    | (?P<oclock>o['’]clock)
    | (?P<letters>[^\W\d_]++)
    | (?P<other>\S)
    | (?P<line>\n)
    )
    """,
    re.VERBOSE,
)
"""Each alternative is bounded or keeps what it scans, so cutting is linear in the text."""
