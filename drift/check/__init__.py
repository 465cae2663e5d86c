"""Flows over given articles: check, explain, review, and what an edit of the policies gains."""
