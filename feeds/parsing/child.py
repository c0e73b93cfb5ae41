"""The process that reads a risky document: in by standard input, its entries out, the end."""

import pickle
import resource
import sys

from feeds.parsing import parse_document

MEMORY = 1024 * 1024 * 1024


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    kind, document = pickle.load(sys.stdin.buffer)  # noqa: S301 - our own parent wrote it
    sys.stdout.buffer.write(pickle.dumps(parse_document(kind, document)))


if __name__ == "__main__":
    main()
