"""A shop that keeps parcels: its policy, and a sentence that may contradict it."""

from __future__ import annotations

PARCELS = """\
policy: parcels
owner: shop@larkspur.example
terms:
  - term: storage
    says: Storing a parcel at the depot costs USD 5 per week.
    value: USD 5 per week
    topics: [storing a parcel]
  - term: pickup
    says: A parcel waits at the depot for 14 days.
    value: 14 days
    topics: [parcel waits, pick up your parcel]
"""
SUSPECT = "Storing a parcel at the depot costs USD 5 per day."
