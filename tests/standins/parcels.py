"""A shop that keeps parcels: its policy, and a sentence that may contradict it."""

from __future__ import annotations

STORAGE = """\
policy: parcels
owner: shop@larkspur.example
terms:
  - term: storage
    says: Storing a parcel at the depot costs USD 5 per week.
    value: USD 5 per week
    topics: [storing a parcel]
"""
PARCELS = f"""\
{STORAGE}  - term: pickup
    says: A parcel waits at the depot for 14 days.
    value: 14 days
    topics: [parcel waits, pick up your parcel]
"""
LETTERS = f"""\
{STORAGE}  - term: insurance
    says: Insuring a letter costs USD 3 per year.
    value: USD 3 per year
    topics: [insuring a letter]
"""
SUSPECT = "Storing a parcel at the depot costs USD 5 per day."
