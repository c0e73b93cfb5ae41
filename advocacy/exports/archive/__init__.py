"""A dossier as one ZIP: whoever opens it from a disk reads it without us.

matter     the dossier, who asks, and how much room is left
sections   sources, documents, calls, position, submission, history: pieces, one after another
packing    pieces → temporary file, and the page that lists them
"""
