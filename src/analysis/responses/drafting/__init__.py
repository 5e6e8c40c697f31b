"""A first codebook, guessed from the answers, with what each guess rests on."""
