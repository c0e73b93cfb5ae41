from datetime import UTC, datetime, timedelta

from feeds.polling.moving import Move, moved

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
OLD, NEW = "http://example.org/feed", "https://neu.example/feed"


def test_the_same_place_with_https_counts_at_once() -> None:
    safe = "https://example.org/feed"
    assert moved(OLD, safe, seen=None, since=None, now=NOW) == Move(safe)


def test_another_place_counts_after_a_week_of_saying_the_same() -> None:
    assert moved(OLD, NEW, seen=None, since=None, now=NOW) == Move(None, NEW, NOW)
    six, seven = NOW - timedelta(days=6), NOW - timedelta(days=7)
    assert moved(OLD, NEW, seen=NEW, since=six, now=NOW) == Move(None, NEW, six)
    assert moved(OLD, NEW, seen=NEW, since=seven, now=NOW) == Move(NEW)
    assert moved(OLD, NEW, seen="https://x.example", since=seven, now=NOW) == Move(None, NEW, NOW)


def test_a_move_that_is_no_longer_told_is_forgotten() -> None:
    assert moved(OLD, None, seen=NEW, since=NOW, now=NOW) == Move()
