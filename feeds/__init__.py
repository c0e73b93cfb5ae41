"""Hears: reads other people's web. Knows nothing of advocacy, of pages, of settings."""
