"""The package handed to a body: one approved text as PDF, Word file and plain text."""

from advocacy.submissions.documents.pdf import pdf
from advocacy.submissions.documents.plain import fits, plain_text
from advocacy.submissions.documents.text import (
    AnnexRow,
    DocumentParagraph,
    Labels,
    SubmissionText,
)
from advocacy.submissions.documents.word import docx

__all__ = [
    "AnnexRow",
    "DocumentParagraph",
    "Labels",
    "SubmissionText",
    "docx",
    "fits",
    "pdf",
    "plain_text",
]
