"""Pages of questions: where they are asked, the queue, one thread, what helps others."""

from advocacy.advice.handlers import asking, by_link, good_answers, queue, thread

handlers = [
    *asking.handlers,
    *by_link.handlers,
    *queue.handlers,
    *good_answers.handlers,
    *thread.handlers,
]
