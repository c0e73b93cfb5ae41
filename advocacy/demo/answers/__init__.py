"""Two matters of the demo in full: what was asked, what came back, what was made of it."""

from advocacy.demo.answers.calls import CARNIVORE_CALL, TRANSIT_CALL
from advocacy.demo.answers.carnivores import CARNIVORE_ANSWERS
from advocacy.demo.answers.forests import FOREST_ANSWERS, FOREST_CALL, FOREST_POSITION
from advocacy.demo.answers.positions import CARNIVORE_DRAFT, TRANSIT_POSITION
from advocacy.demo.answers.shapes import Answer, CallText, Passage, Position
from advocacy.demo.answers.transit import TRANSIT_ANSWERS

__all__ = [
    "CARNIVORE_ANSWERS",
    "CARNIVORE_CALL",
    "CARNIVORE_DRAFT",
    "FOREST_ANSWERS",
    "FOREST_CALL",
    "FOREST_POSITION",
    "TRANSIT_ANSWERS",
    "TRANSIT_CALL",
    "TRANSIT_POSITION",
    "Answer",
    "CallText",
    "Passage",
    "Position",
]
