"""Tests; a package so that they can share what they serve and how they crawl."""
