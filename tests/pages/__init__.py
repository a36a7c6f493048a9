"""Tests of the HTML pages, without a browser and in one."""
