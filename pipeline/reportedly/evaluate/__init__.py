"""Predictions against gold. No spaCy here.

documents   what is compared: records, or the plain forms of other gold
align       word tokens and one-to-one matching; `lists`: the word lists of the definitions
attributions, dates, contents   the measures of one article; `score` puts them together
tally       counts that add up; `bootstrap`: intervals; `signature`: what a figure was made with
report      tables, JSON, Markdown; `baseline`: what forty lines can do
items       single items found and missed; `gate`, `accept`: floors and accepted predictions
agreement   one annotator against another; `commands`: the command line
"""
