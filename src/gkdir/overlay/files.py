"""The files of several layers → one layer's worth of files; guides, which are laid element by element, are not here."""

from __future__ import annotations

from collections.abc import Sequence

from gkdir.model.article import ARTICLE_KINDS, Article
from gkdir.model.layerfiles import LayerFiles


def laid_files(layers: Sequence[LayerFiles]) -> LayerFiles:
    """The files of ``layers``, from the top down, laid over each other; those of the county come first in lists."""
    whole = layers[0]
    for own in layers[1:]:
        whole = LayerFiles(
            forms={**own.forms, **{name: form for name, form in whole.forms.items() if name not in own.forms}},
            articles=_articles(own.articles, whole.articles),
            words=own.words.over(whole.words),
            traditional=own.traditional.over(whole.traditional),
            ways=own.ways.over(whole.ways),
        )
    return whole


def _articles(own: Sequence[Article], above: Sequence[Article]) -> tuple[Article, ...]:
    """The articles of both, by kind; of two with the same address, the lower layer's."""
    known = {(article.kind, article.slug) for article in own}
    every = (*own, *(article for article in above if (article.kind, article.slug) not in known))
    kinds = tuple(ARTICLE_KINDS)
    return tuple(sorted(every, key=lambda article: (kinds.index(article.kind), article.slug))) if above else tuple(own)
