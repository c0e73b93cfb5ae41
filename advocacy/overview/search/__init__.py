"""One box for everything: numbers jump, words find. Each sees only what is theirs to see."""

from advocacy.overview.search.finding import search
from advocacy.overview.search.groups import SHOWN, Group, Hit
from advocacy.overview.search.jumping import jump
from advocacy.overview.search.kinds import KINDS
from advocacy.overview.search.words import LONGEST_QUERY, wordings

__all__ = ["KINDS", "LONGEST_QUERY", "SHOWN", "Group", "Hit", "jump", "search", "wordings"]
