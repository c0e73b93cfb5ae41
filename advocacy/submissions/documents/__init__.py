"""The package handed to a body: one approved text as PDF, Word file, plain text and data."""

from advocacy.submissions.documents.data import as_json
from advocacy.submissions.documents.pdf import pdf
from advocacy.submissions.documents.plain import fits, plain_text
from advocacy.submissions.documents.sourcing import cited_like, sources
from advocacy.submissions.documents.text import (
    DocumentParagraph,
    Labels,
    Source,
    SubmissionText,
)
from advocacy.submissions.documents.word import docx

__all__ = [
    "DocumentParagraph",
    "Labels",
    "Source",
    "SubmissionText",
    "as_json",
    "cited_like",
    "docx",
    "fits",
    "pdf",
    "plain_text",
    "sources",
]
