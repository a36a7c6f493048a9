"""The rule book as a specification: each rule with its examples, which the printed rule book shows too."""
