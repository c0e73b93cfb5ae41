"""What people call the kinds of news."""

from collections.abc import Mapping

from advocacy.errors import Message
from advocacy.news.rules import NewsKind

KINDS: Mapping[NewsKind, Message] = {
    NewsKind.NOTED: Message("Worth knowing"),
    NewsKind.GATHERING: Message("Gatherings"),
    NewsKind.PROJECT: Message("New projects"),
    NewsKind.ANSWER: Message("Answers that help others"),
}
