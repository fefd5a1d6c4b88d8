"""Finds, fetches and reads news pages: a Scrapy project over the archive."""
