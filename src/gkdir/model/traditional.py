"""A hant.yaml as values: whether Traditional pages are wanted, and exceptions to the dictionary."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Traditional(Struct, frozen=True):
    """The content of one hant.yaml, or of several laid over each other; every mapping is Simplified → Traditional.

    ``words`` hold everywhere; ``characters`` hold in the names of this place and its organisations, where they stand
    outside ``words``. ``wanted`` is ``None`` where the file does not say.
    """

    wanted: bool | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    characters: Mapping[str, str] = field(default_factory=dict)

    def over(self, above: Traditional) -> Traditional:
        """This file laid over ``above``; its entries take precedence."""
        wanted = above.wanted if self.wanted is None else self.wanted
        return Traditional(wanted, {**above.words, **self.words}, {**above.characters, **self.characters})


NO_TRADITIONAL = Traditional()
"""The default: pages are wanted, without exceptions."""
