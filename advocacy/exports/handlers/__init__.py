"""What leaves the house: tables, calendars, papers."""

from advocacy.exports.handlers import archive, calendars, papers, tables

handlers = [*tables.handlers, *calendars.handlers, *archive.handlers, *papers.handlers]
