"""The proof: a judge of questions that knows the claims and the places, and nothing of how questions are made.

Everything is worked out by brute force over single days and over names as they are written. Of the site's own code
it takes plain values only (facts, places, questions, intervals): neither makers nor distractors, nor the functions
that work out agreement, mode, order and accepted days. The import contract keeps it so.
"""
