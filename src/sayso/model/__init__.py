"""Core types and the stage protocol; standard library only."""

from .annotation import (
    Anchor,
    Annotation,
    Attribution,
    Candidate,
    ChainStep,
    Entity,
    Event,
    EventTime,
    Finding,
    Footing,
    OwnVoice,
    Sentence,
    Timex,
    annotation_id,
)
from .article import BLOCK_KINDS, BODY_KINDS, READ_KINDS, STORY_KINDS, Article, Block, BlockKind, PageDate, Run, Value
from .page import Given, Page, Sighting, page_id
from .reading import LAYERS, Operation, Reading, error_line
from .span import Span, merged
from .stage import Context, Layers, Stage

__all__ = [
    "BLOCK_KINDS",
    "BODY_KINDS",
    "LAYERS",
    "READ_KINDS",
    "STORY_KINDS",
    "Anchor",
    "Annotation",
    "Article",
    "Attribution",
    "Block",
    "BlockKind",
    "Candidate",
    "ChainStep",
    "Context",
    "Entity",
    "Event",
    "EventTime",
    "Finding",
    "Footing",
    "Given",
    "Layers",
    "Operation",
    "OwnVoice",
    "Page",
    "PageDate",
    "Reading",
    "Run",
    "Sentence",
    "Sighting",
    "Span",
    "Stage",
    "Timex",
    "Value",
    "annotation_id",
    "error_line",
    "merged",
    "page_id",
]
