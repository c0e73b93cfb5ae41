"""Sources that a careful reader must survive, and what it makes of each: one row per case.

    way            transport, redirects, private networks, statuses
    strangers      who answers where a feed was
    documents      bombs, entities, charsets, what is broken
    texts          dates, links, markup and code where text should be
    stories        what comes of ids and contents that change from visit to visit
    visiting       a row played through `poll`, and what is seen of it afterwards

A case is visited twice. What failed is followed by a good document with the same ETag: had that of
the failure been stored, the good one would never be seen. What was read comes again as it was.
"""
