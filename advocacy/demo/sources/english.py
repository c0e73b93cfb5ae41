"""A list of calls on a web page without a feed: it has to be watched."""

from advocacy.demo.sources.notices import Notice, Office

DESK = Office(
    "/open-calls",
    "Demo desk for Alpine policy: open calls",
    "en",
    (
        Notice(
            "biodiversity-plan",
            -4,
            "Draft Alpine biodiversity action plan: written comments",
            "Municipalities and observers are invited to comment on the draft action plan for "
            "nature conservation. Deadline for written comments: {+22}, 17:00 CET.",
            22,
        ),
        Notice(
            "energy-villages",
            -6,
            "Energy in mountain villages: public consultation",
            "The consultation on renewable energy in mountain municipalities is open until "
            "midnight (Brussels time) on {+34}.",
            34,
        ),
        Notice(
            "tourism-guidelines",
            -9,
            "Guidelines on visitor management in the Alps",
            "Views on the draft guidelines for sustainable tourism are welcome until "
            "{+13 american}.",
            13,
        ),
        Notice(
            "soil-webinar",
            -3,
            "Webinar on soil protection in spatial planning",
            "Registration for the webinar closes on {+10}. The recording will be put on line.",
        ),
        Notice(
            "youth-prize",
            -15,
            "Prize for the best school newspaper on glaciers",
            "Entries are accepted until {+58}. The jury meets in spring.",
        ),
    ),
)
