"""What lies beside a layer's own file: guides, forms, articles, lists of words, navigation."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gkdir.model.article import Article
from gkdir.model.guide import Form, Guide
from gkdir.model.reference import Phrase
from gkdir.model.synonyms import NO_WORDS, Synonyms
from gkdir.model.traditional import NO_TRADITIONAL, Traditional
from gkdir.model.ways import NO_WAYS, Ways


class LayerFiles(Struct, frozen=True, kw_only=True):
    """The files of one layer: the country's, a province's, a city's or a county's."""

    guides: Mapping[str, Guide] = field(default_factory=dict)  # by item id
    forms: Mapping[str, Form] = field(default_factory=dict)  # by name
    articles: tuple[Article, ...] = ()  # by kind, and by file name in each
    words: Synonyms = NO_WORDS  # words.yaml: synonyms for search
    traditional: Traditional = NO_TRADITIONAL  # hant.yaml
    ways: Ways = NO_WAYS  # ways.yaml: life events, audiences, questions
    wording: tuple[Phrase, ...] = ()  # wording.yaml: what must not be published
