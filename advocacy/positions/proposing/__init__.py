"""Work on a draft together: remarks, proposed wording, answers, consent, the members' look.

somebody who may read the draft → a remark, or other words for one place of it
several on one place            → woven word by word, collisions shown (weaving.py)
the secretariat                 → accepts, modifies, does not accept, and says why
modified                        → back to its author by a link: agreed, or open again
"""
