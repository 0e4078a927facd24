"""People: who they are, what they may do, how they sign in, and the language and light that they prefer."""
