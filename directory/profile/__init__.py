"""What the profile of a partnership and the page of a report show, worked out before any template runs.

``entry`` fetches everything in a fixed number of queries; ``page`` puts the parts together, each from
the file of its name: ``people`` ``tracks`` ``course`` ``answers`` ``beside``.
"""
