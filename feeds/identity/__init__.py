"""Which entry is this, and did it really change? Pure.

comparing      keys, policies, hashes, what changed
addresses      one page under many addresses
settled        what of a text counts when two are compared
likeness       how alike two texts are
kinship        renamed, moved, translated, published again
meeting        who of the document is who of the store
recognition    asks for what is stored, and matches     (polling/matching answers from the tables)
matching       the answers, from the tables
"""
