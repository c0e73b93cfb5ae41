"""Twenty answers to the call on herd protection: a third of the sixty that were asked."""

from advocacy.demo.answers.carnivores_german import GERMAN
from advocacy.demo.answers.carnivores_romance_slovene import ROMANCE_AND_SLOVENE
from advocacy.demo.answers.shapes import Answer

CARNIVORE_ANSWERS: tuple[Answer, ...] = tuple(
    sorted(GERMAN + ROMANCE_AND_SLOVENE, key=lambda answer: answer.municipality)
)
