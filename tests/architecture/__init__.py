"""Tests of the tree itself: what it holds, who imports whom, what it must never say."""
