"""The codebook is the program: PLOVER types, modes, triggers with role frames and examples, as files to edit.

One TOML file per type in `types/`; word classes such as @weapon in `classes.toml`; embedding words
(threaten to, deny that, failed to) in `operators.toml`; slips of the lemmatiser in `lemmas.toml`. The reader is
`detente.reference.codebook.read`, the checks are `...check`, the page in the documentation is `...page`.

How a frame reads (each `[[frame]]` in a type's file):

    verbs       lemmas of the trigger verb; or
    nouns       lemmas of the trigger noun, several words allowed ("rocket attack"); or
    adjectives  lemmas of a predicate or participle
    with        one of these lemmas (or @class) must depend on the trigger: its object, particle,
                complement or the object of its preposition ("open" with "fire")
    prepositions  one of these must be attached to the trigger ("fire" at/on)
    subject / object              the head lemma must be one of these (or of @class)
    not_subject / not_object      the head lemma must be none of these
    not_with    none of these lemmas may depend on the trigger ("fire" with "employee")
    actor       where the actor stands, first found wins: "subject", "object", "possessor", "by", "of",
                "from", "compound", "between" or any other preposition; [] = never named
    recipient   likewise, for whom it was done to
    modes       PLOVER modes this frame implies
    reciprocal  true where both sides act (meet, clash): all go to the actors
    needs       what must look like a political actor before the frame counts:
                "none", "either" (default), "actor", "recipient", "both"
    type        overrides the file's type for this frame (rare)
"""
