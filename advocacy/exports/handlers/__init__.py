"""What leaves the house: tables and calendars."""

from advocacy.exports.handlers import calendars, tables

handlers = [*tables.handlers, *calendars.handlers]
