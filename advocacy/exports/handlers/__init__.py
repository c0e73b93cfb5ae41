"""What leaves the house: tables and calendars."""

from advocacy.exports.handlers import archive, calendars, tables

handlers = [*tables.handlers, *calendars.handlers, *archive.handlers]
